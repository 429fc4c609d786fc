import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorOf, cursorValues, isId, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { programmeMoney } from './money.queries.js';
import type { MoneyFilter } from './money-sums.queries.js';
import {
  type OverdueAction,
  type OverdueSum,
  overdueActions,
  overdueSums,
} from './overdue-actions.queries.js';

/** A page of what is overdue on a day, with the sums of all of it. */
export type OverdueActions = Page<OverdueAction> & { asOn: string; sums: OverdueSum[] };

/** Where a programme's money stands, and what is overdue, as it is shown. */
@Injectable()
export class MoneyReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /**
   * A programme's money, a page of trusts at a time; all other figures are of all that is asked for.
   * @returns `json`: the text of a `ProgrammeMoneyView`
   * @throws Problem 404; 400 where the cursor is not one
   */
  async programme(
    actor: Actor,
    slug: string,
    filter: MoneyFilter,
    { limit, after }: PageRequest,
  ): Promise<{ json: string; next: string | null }> {
    const from = cursorValues(after, [isText, isText]);
    const found = await this.scope.run(actor, (sql) => programmeMoney(sql, slug, filter, limit, from));
    if (!found) throw notFound('programme');
    return { json: found.json, next: found.next && cursorOf(found.next) };
  }

  /** Recoveries, findings and recommendations that are overdue. @throws Problem 404; 400 where the cursor is not one */
  async overdueActions(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<OverdueActions> {
    const from = cursorValues(after, [isDateOn, isId]);
    const asOn = this.clock.today();
    return this.programmes.within(actor, slug, async (sql, id) => {
      const rows = await overdueActions(sql, id, asOn, limit + 1, from);
      const sums = await overdueSums(sql, id, asOn);
      return { asOn, sums, ...pageOf(rows, limit, (row) => [row.dueOn, row.id]) };
    });
  }
}
