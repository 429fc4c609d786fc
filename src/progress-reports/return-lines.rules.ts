import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';
import type { MeasurementLine, ReturnContent, SpendLine } from './return-content.js';

/** One line of the award: whole pence, for a financial year and a kind. */
export interface AwardLine {
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
  grantPence: Pence;
  matchPence: Pence;
}

/** A return that says nothing. */
export const EMPTY_CONTENT: ReturnContent = {
  milestones: [],
  spend: [],
  measurements: [],
  risks: [],
  narrative: [],
  confidence: null,
};

/** Whether nothing was written: null, or only white space. */
export function isBlank(text: string | null | undefined): boolean {
  return !text?.trim();
}

/** "2017/18 capital grant": a spend line in a sentence, and what makes it the same line from return to return. */
export function spendName(line: Pick<SpendLine, 'financialYear' | 'kind' | 'source'>): string {
  return `${line.financialYear} ${line.kind} ${line.source}`;
}

/** What makes a measurement line the same line from return to return. */
export function measureKey(line: { targetSet: string; measure: string }): string {
  return `${line.targetSet} ${line.measure}`;
}

/** The award's line for a spend line's year and kind. */
export function awardOf<Award extends Pick<AwardLine, 'financialYear' | 'kind'>>(
  awards: readonly Award[],
  line: Pick<SpendLine, 'financialYear' | 'kind'>,
): Award | undefined {
  return awards.find((award) => award.financialYear === line.financialYear && award.kind === line.kind);
}

/**
 * Whether a line says that a measure was not measured this time: 0 of 0, with a note that says why. Such a line
 * completes the return and is no measurement: nothing is recorded from it.
 */
export function isNotMeasured(line: MeasurementLine): boolean {
  return line.numerator === 0 && line.denominator === 0 && !isBlank(line.note);
}
