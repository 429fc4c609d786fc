import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';
import type { AgreedTranche } from '../funding/agreements/agreement-terms.js';

/** A line whose money changes. */
export interface LineImpact {
  financialYear: string;
  kind: 'capital' | 'revenue';
  grantBeforePence: Pence;
  grantAfterPence: Pence;
  matchBeforePence: Pence;
  matchAfterPence: Pence;
  /** Grant of the line that can still be claimed. */
  unclaimedBeforePence: Pence;
  unclaimedAfterPence: Pence;
  lapsedBeforePence: Pence;
  lapsedAfterPence: Pence;
  /** Match of the line that is promised and not evidenced. */
  pledgedBeforePence: Pence;
  pledgedAfterPence: Pence;
}

/** A milestone whose agreed day changes. */
export interface DateImpact {
  milestone: string;
  name: string;
  baselineOn: DateOn;
  beforeOn: DateOn;
  afterOn: DateOn;
  /** From the day before to the day after; negative where earlier. */
  slipDays: number;
  /** From the baseline to the day after. */
  fromBaselineDays: number;
  /** What returns expect now. */
  forecastOn: DateOn;
}

/** A tranche that opens on another day, or whose money, milestones or plan change. */
export interface GateImpact {
  number: number;
  name: string;
  /** Null where the change makes the tranche. */
  plannedBeforeOn: DateOn | null;
  plannedAfterOn: DateOn;
  /** By the agreed days: the planned day, or the last agreed day of a milestone that is still awaited. */
  opensBeforeOn: DateOn | null;
  opensAfterOn: DateOn;
  grantBeforePence: Pence;
  grantAfterPence: Pence;
  /** In words. */
  what: string[];
}

/** A target set that the changed projects are measured for, and whether their last agreed day is still in time. */
export interface TargetImpact {
  targetSet: string;
  name: string;
  targetOn: DateOn;
  latestBeforeOn: DateOn;
  latestOn: DateOn;
  late: boolean;
  /** Of the changed projects; all of the trust's where a go-live moves. */
  measures: string[];
}

/** A benefit that gets another plan. Values are whole numbers of its unit. */
export interface PlanImpact {
  /** `project/benefit`. */
  benefit: string;
  name: string;
  unit: string;
  /** By year; null where that year is not planned. */
  years: Array<{ financialYear: FinancialYear; before: number | null; after: number | null }>;
  totalBefore: number;
  totalAfter: number;
}

/** What stands and what is to stand instead; null where it stays. */
export interface TermsImpact {
  tranches: { before: AgreedTranche[]; after: AgreedTranche[] } | null;
  conditions: { before: string[]; after: string[] } | null;
  eligibility: { before: Window; after: Window } | null;
}

interface Window {
  startsOn: DateOn;
  endsOn: DateOn;
}

/** What a change would do, as it was computed before the decision. */
export interface ChangeImpact {
  money: LineImpact[];
  /** The agreement as a whole: a change moves money and makes none. */
  totals: {
    grantBeforePence: Pence;
    grantAfterPence: Pence;
    matchBeforePence: Pence;
    matchAfterPence: Pence;
  };
  dates: DateImpact[];
  gates: GateImpact[];
  targets: TargetImpact[];
  terms: TermsImpact;
  plans: PlanImpact[];
}
