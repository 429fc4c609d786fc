import type { CodedLabel, Provenance } from './definition.types.js';

/** At least `matchPence` of match for every `perGrantPence` of grant: coprime whole numbers; 1:1 is 1 and 1. */
export interface MatchRatio {
  readonly matchPence: number;
  /** Greater than 0. */
  readonly perGrantPence: number;
  readonly provenance: Provenance;
}

export interface MatchRules {
  /** What counts as match, such as cash or staff release. */
  readonly types: readonly CodedLabel[];
  /** Match counts when incurred in this window. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly exclusions: readonly string[];
  readonly provenance: Provenance;
}

/** Costs fall inside it; claims for costs outside are refused. */
export interface EligibilityWindow {
  readonly startsOn: string;
  readonly endsOn: string;
  /** What may be claimed for, such as hardware. Empty: the kind of cost is not asked for. */
  readonly categories: readonly CodedLabel[];
  readonly provenance: Provenance;
}

export interface PaymentTerms {
  /** A claim of more than this needs a second approver. Whole pence; 0: every claim does. */
  readonly secondApproverAbovePence: number;
  readonly provenance: Provenance;
}

/** What every agreement of the programme says beside its money and dates. */
export interface AgreementConditions {
  /** At least one. */
  readonly texts: readonly string[];
  readonly provenance: Provenance;
}

/** What a follower may be awarded. */
export interface FollowerTerms {
  /** Each of them at most. Whole pence. */
  readonly mostAwardPence: number;
  readonly provenance: Provenance;
}

/** What the awards must add up to; `totalPence` is grant and match together. Whole pence. */
export interface ControlTotals {
  readonly grantPence: number;
  readonly matchPence: number;
  readonly totalPence: number;
  readonly provenance: Provenance;
}

/** A trust's award in all; its lines have provenances of their own. Whole pence. */
export interface AwardTotalDefinition {
  readonly trustOds: string;
  readonly grantPence: number;
  readonly matchPence: number;
  readonly provenance: Provenance;
}

export type AwardKind = 'capital' | 'revenue';

/** Whole pence. */
export interface AwardLineDefinition {
  readonly trustOds: string;
  /** `2017/18`: 1 April 2017 to 31 March 2018. */
  readonly financialYear: string;
  readonly kind: AwardKind;
  readonly grantPence: number;
  readonly matchPence: number;
  readonly provenance: Provenance;
}

/** An instalment as it is planned; a trust's add up to its award. Whole pence. */
export interface AwardTrancheDefinition {
  readonly trustOds: string;
  /** From 1, in order of time, without gaps within the trust. */
  readonly number: number;
  readonly name: string;
  readonly basis: TrancheBasis;
  readonly plannedOn: string;
  /** Greater than 0. */
  readonly grantPence: number;
  /** As `project/milestone`: they open it. At least one of the trust's own on delivery. */
  readonly milestones: readonly string[];
  readonly provenance: Provenance;
}

/** `advance`: paid before costs arise; `delivery`: on what was delivered. */
export type TrancheBasis = 'advance' | 'delivery';
