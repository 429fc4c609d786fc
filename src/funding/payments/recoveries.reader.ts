import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type RecoveryFilter, type RecoveryView, recoveries, recovery } from './recovery.queries.js';
import { RECOVERY, type RecoveryVerb } from './recovery.rules.js';

/** A recovery with what may happen to it next. */
export type ShownRecovery = RecoveryView & { next: RecoveryVerb[] };

/** Recoveries as they are shown: money that was paid and is asked back. */
@Injectable()
export class RecoveriesReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's recoveries, the first due first. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: RecoveryFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<RecoveryView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      recoveries(sql, id, this.clock.today(), filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ dueOn, id }) => [dueOn, id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownRecovery> {
    const found = await this.scope.run(actor, (sql) => recovery(sql, id, this.clock.today()));
    if (!found) throw notFound('recovery');
    return this.shown(found);
  }

  /** A recovery with what may happen to it next. */
  shown(view: RecoveryView): ShownRecovery {
    return { ...view, next: RECOVERY.open(view.state) };
  }
}
