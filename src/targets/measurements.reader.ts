import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { awardeePage } from '../programmes/awardee.queries.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import type { MeasurementState } from './measurement.rules.js';
import { type MeasurementContext, measurementContext } from './measurement-context.queries.js';
import { type LateMeasures, lateMeasures, measurementStates } from './measurement-gaps.queries.js';
import { type MeasurementFilter, type MeasurementView, measurement, measurements } from './target.queries.js';

/** As many trusts are looked at together for what is late: each may lack every measure of every period. */
export const LATE_TRUSTS = 10;

/** Measurements as they are shown. */
@Injectable()
export class MeasurementsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's measurements. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: MeasurementFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<MeasurementView>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      measurements(sql, id, filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** How many of a programme's measurements are in each state. @throws Problem 404 */
  states(actor: Actor, slug: string): Promise<Array<{ state: MeasurementState; count: number }>> {
    return this.programmes.within(actor, slug, measurementStates);
  }

  /**
   * What should have been reported by today and was not, of `LATE_TRUSTS` trusts at a time, by name.
   * @throws Problem 404; 400 where the cursor is not one
   */
  late(
    actor: Actor,
    slug: string,
    after: string | undefined,
  ): Promise<{ asOn: string } & Page<LateMeasures>> {
    const asOn = this.clock.today();
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { items, next } = await awardeePage(sql, id, { limit: LATE_TRUSTS, after });
      const ids = items.map((trust) => trust.id);
      return { asOn, items: await lateMeasures(sql, id, asOn, ids), next };
    });
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<MeasurementView> {
    const found = await this.scope.run(actor, (sql) => measurement(sql, id));
    if (!found) throw notFound('measurement');
    return found;
  }

  /** What surrounds a measurement. @throws Problem 404 */
  async context(actor: Actor, id: string): Promise<MeasurementContext> {
    const found = await this.scope.run(actor, (sql) => measurementContext(sql, id));
    if (!found) throw notFound('measurement');
    return found;
  }
}
