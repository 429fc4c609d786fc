import type { StandingPlan } from '../benefits/benefit-plan.rules.js';
import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';
import type { AgreementState } from '../funding/agreements/agreement-states.js';
import type { AgreementTerms } from '../funding/agreements/agreement-terms.js';
import type { Standing } from '../funding/agreements/agreement-terms.rules.js';
import type { TrustMilestone } from '../milestones/milestone.queries.js';
import type { LineName } from './change-content.js';

/** What can be taken from a line, in pence: nothing that is claimed, evidenced or beyond. */
export interface LineBalance extends LineName {
  awardedPence: Pence;
  lapsedPence: Pence;
  pledgedPence: Pence;
}

/** A target set that a trust is measured by, with the measures that it has. */
export interface MeasuredTargetSet {
  /** `code/v1`. */
  ref: string;
  name: string;
  targetOn: DateOn;
  /** `projectId` of a measure of a project; null for one of the trust. */
  measures: Array<{ code: string; projectId: string | null }>;
}

/** All that a change request is checked and weighed against, as it stands. */
export interface ChangeFacts {
  programme: {
    startsOn: DateOn;
    endsOn: DateOn;
    /** The codes of its list. */
    delayReasons: string[];
    /** Financial years that are closed: what was not claimed has lapsed. */
    closedYears: FinancialYear[];
  };
  state: AgreementState;
  /** Of the version in force. */
  terms: AgreementTerms;
  balances: LineBalance[];
  /** What new terms must leave as it is. */
  standing: Standing;
  milestones: TrustMilestone[];
  targetSets: MeasuredTargetSet[];
  /** Plans of the trust's benefits that are agreed and not over. */
  benefits: StandingPlan[];
}
