import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type Past } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type ScenarioFilter,
  type ScenarioRow,
  type ScenarioView,
  scenario,
  scenarios,
} from './scenario.queries.js';
import { yearsToCut } from './scenario.rules.js';
import type { ScenarioFacts, YearFacts } from './scenario.types.js';
import { scenarioFacts, yearFacts } from './scenario-facts.queries.js';

/** What a scenario is computed from, as it stood at an entry of the log. */
export interface FactsThen {
  programmeId: string;
  past: Past;
  facts: ScenarioFacts;
  sha256: string;
}

/** Scenarios as they are shown, and what they are computed from. */
@Injectable()
export class ScenariosReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of scenarios, the latest first. @throws Problem 400 where the cursor is not one */
  async list(
    actor: Actor,
    filter: ScenarioFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<ScenarioRow>> {
    const before = idIn(after);
    const rows = await this.scope.run(actor, (sql) => scenarios(sql, filter, limit + 1, before));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ScenarioView> {
    const found = await this.scope.run(actor, (sql) => scenario(sql, id));
    if (!found) throw notFound('scenario');
    return found;
  }

  /** The years of a programme of which something can be cut, with what their lines hold. @throws Problem 404 */
  async yearsToCut(actor: Actor, slug: string): Promise<YearFacts[]> {
    const asOn = this.clock.today();
    const years = await this.programmes.within(actor, slug, yearFacts);
    return yearsToCut({ asOn, years });
  }

  /** What a scenario of a programme would be computed from: the record as at its last entry. @throws Problem 404 */
  facts(actor: Actor, slug: string): Promise<FactsThen> {
    return this.factsAt(actor, slug, null);
  }

  /**
   * What a scenario was computed from, read once more out of the log.
   * @param instant RFC 3339; null is now
   * @throws Problem 404; 400 for an instant to come
   */
  async factsAt(actor: Actor, slug: string, instant: string | null): Promise<FactsThen> {
    const past = await this.scope.pastAt(instant);
    const { programmeId, facts } = await this.clock.asAt(past, () =>
      this.programmes.within(actor, slug, async (sql, id) => ({
        programmeId: id,
        facts: await scenarioFacts(sql, id, this.clock.today()),
      })),
    );
    return {
      programmeId,
      past,
      facts,
      sha256: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
    };
  }
}
