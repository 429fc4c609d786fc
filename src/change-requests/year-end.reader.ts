import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { type FinancialYear, financialYear, financialYearOf } from '../core/financial-period.js';
import { cursorValues, isText, type PageRequest, pageOf } from '../core/paging.js';
import { type YearEndView, yearEnds } from '../funding/year-end/year-end.queries.js';
import { daysLeft } from '../funding/year-end/year-end.rules.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { yearEndLines, yearEndTotals } from './year-end-position.queries.js';
import {
  outlookOf,
  type YearEndLine,
  type YearEndOutlook,
  type YearEndTotals,
} from './year-end-position.rules.js';

/** What of a financial year's grant lapses at its end, by trust and kind. */
export interface YearEndPosition {
  financialYear: FinancialYear;
  endsOn: DateOn;
  /** From today to its last day; 0 on that day and after it. */
  daysLeft: number;
  /** Null while the year is not closed. */
  closed: YearEndView | null;
  /** Of a page of trusts, by name. */
  lines: Array<YearEndLine & YearEndOutlook>;
  /** The cursor of the next page of trusts; null on the last. */
  next: string | null;
  /** Of all of them. */
  totals: YearEndTotals;
}

/** The end of financial years as it is shown, with what change requests carry over it. */
@Injectable()
export class YearEndReader {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /**
   * @param wanted a financial year; the one of today where left out
   * @param page of trusts
   * @throws Problem 404; 400 where the cursor is not one
   */
  async position(
    actor: Actor,
    slug: string,
    wanted: FinancialYear | undefined,
    { limit, after }: PageRequest,
  ): Promise<YearEndPosition> {
    const from = cursorValues(after, [isText, isText]);
    const today = this.clock.today();
    const year = wanted ?? financialYearOf(today);
    return this.programmes.within(actor, slug, async (sql, id) => {
      const rows = await yearEndLines(sql, id, year, limit + 1, from);
      const trusts = new Map(rows.map(({ trust }) => [trust.odsCode, trust]));
      const page = pageOf([...trusts.values()], limit, ({ name, odsCode }) => [name, odsCode]);
      const shown = page.items.map(({ odsCode }) => odsCode);
      const [closed = null] = await yearEnds(sql, id, { financialYear: year, trusts: shown });
      const lines = rows
        .filter(({ trust }) => shown.includes(trust.odsCode))
        .map((row) => ({ ...row, ...outlookOf(row, closed !== null) }));
      const { endsOn } = financialYear(year);
      return {
        financialYear: year,
        endsOn,
        daysLeft: daysLeft(year, today),
        closed,
        lines,
        next: page.next,
        totals: await yearEndTotals(sql, id, year, closed !== null),
      };
    });
  }

  /** The financial years of a programme that are closed, the latest first. @throws Problem 404 */
  list(actor: Actor, slug: string): Promise<YearEndView[]> {
    return this.programmes.within(actor, slug, (sql, id) => yearEnds(sql, id));
  }
}
