import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, daysBetween, formatDate } from '../../core/calendar.js';
import { type FinancialYear, financialYear, financialYearOf } from '../../core/financial-period.js';
import type { AccountBalance } from '../ledger.queries.js';
import type { Movement } from '../ledger.rules.js';

/**
 * What keeps a financial year from being closed: it is of the programme, it is over, and it is closed once. A year ends
 * on 31 March, and what was not claimed by then does not roll over by itself (domain.md section 8).
 */
export function yearEndBlockers(end: {
  financialYear: FinancialYear;
  programme: { startsOn: DateOn; endsOn: DateOn };
  closed: boolean;
  today: DateOn;
}): Blocker[] {
  const { programme, closed, today } = end;
  const [first, last] = [financialYearOf(programme.startsOn), financialYearOf(programme.endsOn)];
  const { label, endsOn } = financialYear(end.financialYear);
  return blockers(
    (label < first || label > last) && {
      code: 'year-outside-programme',
      message: `${label} is no year of the programme, which runs from ${first} to ${last}.`,
      pointer: '/financialYear',
    },
    closed && {
      code: 'year-closed',
      message: `${label} is closed already, and a year is closed once.`,
      pointer: '/financialYear',
    },
    today <= endsOn && {
      code: 'year-not-over',
      message: `${label} ends on ${formatDate(endsOn)}. Until then what is not claimed can be claimed or carried forward.`,
      pointer: '/financialYear',
      dueOn: endsOn,
    },
  );
}

/** Days until a financial year ends; 0 on its last day and after it. */
export function daysLeft(year: FinancialYear, today: DateOn): number {
  return Math.max(0, daysBetween(today, financialYear(year).endsOn));
}

/** What lapses of an agreement when a year is closed: grant of its lines that nobody claimed. */
export function lapseMovements(balances: readonly AccountBalance[], year: FinancialYear): Movement[] {
  return balances
    .filter(
      ({ financialYear: ofYear, source, stage, balancePence }) =>
        ofYear === year && source === 'grant' && stage === 'awarded' && balancePence > 0,
    )
    .map(({ lineId, balancePence }) => ({
      lineId,
      source: 'grant',
      from: 'awarded',
      to: 'lapsed',
      amountPence: balancePence,
    }));
}
