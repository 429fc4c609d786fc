import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';

/** One of the two: a part of a year's money in hundredths of a per cent, or an amount. The other is null. */
export interface Cut {
  basisPoints: number | null;
  amountPence: Pence | null;
}

/** What is assumed: that this much less is paid in a financial year. */
export interface ScenarioAssumption {
  financialYear: FinancialYear;
  cut: Cut;
}

interface TrustRef {
  odsCode: string;
  name: string;
}

/** What agreements under which money may still come to pass hold in a financial year. Whole pence. */
export interface YearFacts {
  year: FinancialYear;
  /** All grant of its lines that neither lapsed nor was withdrawn. */
  allocatedPence: Pence;
  /** What of it is not drawn. */
  undrawnPence: Pence;
}

/** A tranche of which something is not drawn. */
export interface ScenarioTranche {
  id: string;
  agreement: { id: string; reference: string };
  trust: TrustRef;
  number: number;
  name: string;
  /** As its gate says: the latest forecast of its open milestones, or the planned day. */
  expectedOn: DateOn;
  /** What is not drawn; above zero. */
  remainingPence: Pence;
  /** The ids of its milestones that are open. */
  milestones: string[];
}

/** A milestone that is not met, waived or cancelled. */
export interface ScenarioMilestone {
  id: string;
  /** `project/milestone`. */
  code: string;
  name: string;
  kind: string;
  projectId: string;
  trust: TrustRef;
  forecastOn: DateOn;
}

/** A target set in force, with its measures: of the trust, or of each of its projects. */
export interface ScenarioTargetSet {
  /** `code/v1`. */
  ref: string;
  name: string;
  targetOn: DateOn;
  measures: Array<{ code: string; level: 'trust' | 'project' }>;
}

/** All that a scenario is computed from, as it stood. */
export interface ScenarioFacts {
  asOn: DateOn;
  /** In order. */
  years: YearFacts[];
  tranches: ScenarioTranche[];
  milestones: ScenarioMilestone[];
  targetSets: ScenarioTargetSet[];
}

/** What becomes of a tranche: `kept`, `moved` and `unfunded` add up to what it asked for. Whole pence. */
export interface TrancheOutcome {
  id: string;
  agreement: { id: string; reference: string };
  trust: TrustRef;
  number: number;
  name: string;
  /** The day on which it was to be paid. */
  beforeOn: DateOn;
  /** The day on which all of it is paid; null where a part of it never is. */
  afterOn: DateOn | null;
  askedPence: Pence;
  keptPence: Pence;
  movedPence: Pence;
  unfundedPence: Pence;
  /** What it gets in later years. */
  moved: Array<{ year: FinancialYear; amountPence: Pence }>;
  milestones: string[];
}

/** A milestone that moves; `afterOn` is null where what pays for it is unfunded. */
export interface MilestoneOutcome {
  id: string;
  code: string;
  name: string;
  trust: TrustRef;
  beforeOn: DateOn;
  afterOn: DateOn | null;
}

/** A target of a trust that waits for milestones which move. */
export interface TargetOutcome {
  trust: TrustRef;
  targetSet: string;
  name: string;
  targetOn: DateOn;
  /** The last day of what its measures wait for. */
  beforeOn: DateOn;
  /** Null where something that they wait for is without money. */
  afterOn: DateOn | null;
  lateBefore: boolean;
  lateAfter: boolean;
  /** The codes of the measures. */
  measures: string[];
}

/** What a financial year has, is asked for and pays. Whole pence. */
export interface YearOutcome extends YearFacts {
  askedPence: Pence;
  cutPence: Pence;
  /** What its tranches get then, with what is moved into it. */
  paidPence: Pence;
}

/** Whole pence. */
export interface ScenarioTotals {
  cutPence: Pence;
  /** Of the cut: what no tranche asks for. */
  sparePence: Pence;
  /** Of the cut: what is drawn already, so that it cannot be cut. */
  beyondPence: Pence;
  /** What the year's tranches ask for: what is kept, moved and unfunded together. */
  askedPence: Pence;
  keptPence: Pence;
  movedPence: Pence;
  unfundedPence: Pence;
}

export interface ScenarioResult {
  totals: ScenarioTotals;
  /** In order. */
  years: YearOutcome[];
  /** All that fall in the year, in the order in which they are paid. */
  tranches: TrancheOutcome[];
  milestones: MilestoneOutcome[];
  targets: TargetOutcome[];
}
