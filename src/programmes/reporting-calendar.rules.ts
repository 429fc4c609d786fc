import { addDays } from '../core/calendar.js';
import {
  type FinancialPeriod,
  type FinancialYear,
  financialMonth,
  isFinancialYear,
  quarter,
} from '../core/financial-period.js';
import type { Cadence, PeriodDefinition } from './definition.types.js';

/** A reporting calendar in brief: every period from the first to the last, by label. */
export interface CalendarSpan {
  readonly cadence: Cadence;
  readonly first: string;
  readonly last: string;
  readonly opensDaysAfterEnd: number;
  readonly dueDaysAfterEnd: number;
}

const LABELS: Record<Cadence, RegExp> = {
  quarterly: /^(\d{4}\/\d{2}) Q([1-4])$/,
  monthly: /^(\d{4}\/\d{2}) M(0[1-9]|1[0-2])$/,
};

/** Days are read to the year 2199; a calendar ends well before. */
const LAST_YEAR = '2190/91';

/** A period by its label, or null where the label is none of this cadence: `2017/18 Q1`, `2017/18 M01`. */
export function periodOf(label: string, cadence: Cadence): FinancialPeriod | null {
  const match = LABELS[cadence].exec(label);
  if (!match || !isFinancialYear(match[1]) || match[1] > LAST_YEAR) return null;
  return nth(match[1], cadence, Number(match[2]));
}

function nth(year: FinancialYear, cadence: Cadence, number: number): FinancialPeriod {
  return cadence === 'quarterly' ? quarter(year, number as 1 | 2 | 3 | 4) : financialMonth(year, number);
}

/**
 * Every period from the first to the last, in order, with the days on which its returns open and are due. Empty
 * where a label is not one of the cadence, or the last is before the first: the rules say so to the reader.
 */
export function calendarPeriods(span: CalendarSpan): PeriodDefinition[] {
  const first = periodOf(span.first, span.cadence);
  const last = periodOf(span.last, span.cadence);
  if (!first || !last) return [];
  const perYear = span.cadence === 'quarterly' ? 4 : 12;
  const periods: PeriodDefinition[] = [];
  for (let year = Number(first.label.slice(0, 4)); year <= Number(last.label.slice(0, 4)); year += 1) {
    const financialYear = `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
    for (let number = 1; number <= perYear; number += 1) {
      const period = nth(financialYear, span.cadence, number);
      if (period.startsOn < first.startsOn || period.startsOn > last.startsOn) continue;
      periods.push({
        ...period,
        financialYear,
        opensOn: addDays(period.endsOn, span.opensDaysAfterEnd),
        dueOn: addDays(period.endsOn, span.dueDaysAfterEnd),
      });
    }
  }
  return periods;
}
