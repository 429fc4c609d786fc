import type { AskedPlan } from '../benefits/benefit-plan.rules.js';
import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';
import type { AgreedTranche } from '../funding/agreements/agreement-terms.js';
import type { ReprofiledMilestone } from '../milestones/reprofile.rules.js';

/** What a change request may ask for (domain.md section 10). */
export const CHANGE_KINDS = ['reprofile', 'move-money', 'carry-forward', 'vary', 'replan-benefits'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A line of an agreement by its year and kind; it need not be there yet. */
export interface LineName {
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
}

/** Money that goes from one line to another. */
export interface MoneyMove {
  source: 'grant' | 'match';
  from: LineName;
  to: LineName;
  /** Above zero. */
  amountPence: Pence;
}

/** What a version of the agreement is to say instead; null leaves it as it is. */
export interface VariedTerms {
  /** All of them. */
  tranches: AgreedTranche[] | null;
  conditions: string[] | null;
  eligibility: { startsOn: DateOn; endsOn: DateOn } | null;
}

/** What is asked for; the parts that do not belong to the kind are empty. */
export interface ChangeContent {
  /** `reprofile`: new agreed days of milestones; one that was not met goes on. */
  milestones: ReprofiledMilestone[];
  /** `move-money`; `carry-forward`, to a later year of the same kind. */
  moves: MoneyMove[];
  /** `vary`. */
  terms: VariedTerms | null;
  /** `replan-benefits`: what benefits are to bring by year, instead of what was agreed. */
  plans: AskedPlan[];
}
