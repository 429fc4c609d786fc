import { addDays, type DateOn, isDateOn } from './calendar.js';

/** A financial year by its label, "2017/18": 1 April to 31 March (domain.md section 8). */
export type FinancialYear = string;

/** A stretch of a financial year: its label, first and last day. */
export interface FinancialPeriod {
  label: string;
  startsOn: DateOn;
  endsOn: DateOn;
}

const YEAR = /^(\d{4})\/(\d{2})$/;

/** Whether a text is a financial year's label: "2017/18", and not "2017/19". */
export function isFinancialYear(text: unknown): text is FinancialYear {
  const match = typeof text === 'string' ? YEAR.exec(text) : null;
  return match !== null && (Number(match[1]) + 1) % 100 === Number(match[2]) && isDateOn(`${match[1]}-04-01`);
}

/** The financial year that a day falls in: "2017/18" for 1 April 2017 to 31 March 2018. */
export function financialYearOf(on: DateOn): FinancialYear {
  if (!isDateOn(on)) throw new RangeError(`${on} is not a day, YYYY-MM-DD`);
  const year = Number(on.slice(0, 4)) - (on.slice(5) < '04-01' ? 1 : 0);
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
}

/** A financial year's first and last day. @throws RangeError where the label is not one */
export function financialYear(label: FinancialYear): FinancialPeriod {
  if (!isFinancialYear(label)) throw new RangeError(`${label} is not a financial year, such as 2017/18`);
  const year = Number(label.slice(0, 4));
  return { label, startsOn: `${year}-04-01`, endsOn: `${year + 1}-03-31` };
}

/** The financial years from that of one day to that of another, the first first. @throws RangeError where one is no day */
export function financialYearsFrom(startsOn: DateOn, endsOn: DateOn): FinancialYear[] {
  const last = financialYearOf(endsOn);
  const years: FinancialYear[] = [];
  for (
    let on = startsOn;
    financialYearOf(on) <= last;
    on = addDays(financialYear(financialYearOf(on)).endsOn, 1)
  )
    years.push(financialYearOf(on));
  return years;
}

function months(label: string, startsOn: DateOn, count: number): FinancialPeriod {
  const index = Number(startsOn.slice(5, 7)) - 1 + count;
  const year = Number(startsOn.slice(0, 4)) + Math.floor(index / 12);
  const next = `${year}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  return { label, startsOn, endsOn: addDays(next, -1) };
}

/** Quarter 1 (April to June) to 4 (January to March) of a financial year: "2017/18 Q1". */
export function quarter(year: FinancialYear, number: 1 | 2 | 3 | 4): FinancialPeriod {
  const first = Number(financialYear(year).startsOn.slice(0, 4)) + (number === 4 ? 1 : 0);
  const month = ((number - 1) * 3 + 3) % 12;
  return months(`${year} Q${number}`, `${first}-${String(month + 1).padStart(2, '0')}-01`, 3);
}

/** Month 1 (April) to 12 (March) of a financial year: "2017/18 M01". */
export function financialMonth(year: FinancialYear, number: number): FinancialPeriod {
  if (!Number.isInteger(number) || number < 1 || number > 12) throw new RangeError('Months are 1 to 12');
  const first = Number(financialYear(year).startsOn.slice(0, 4)) + (number > 9 ? 1 : 0);
  const month = (number + 2) % 12;
  return months(
    `${year} M${String(number).padStart(2, '0')}`,
    `${first}-${String(month + 1).padStart(2, '0')}-01`,
    1,
  );
}

/** The quarter that a day falls in. */
export function quarterOf(on: DateOn): FinancialPeriod {
  const year = financialYearOf(on);
  const number = (Math.floor(((Number(on.slice(5, 7)) + 8) % 12) / 3) + 1) as 1 | 2 | 3 | 4;
  return quarter(year, number);
}
