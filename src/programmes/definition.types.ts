import type {
  AgreementConditions,
  AwardLineDefinition,
  AwardTotalDefinition,
  AwardTrancheDefinition,
  ControlTotals,
  EligibilityWindow,
  FollowerTerms,
  MatchRatio,
  MatchRules,
  PaymentTerms,
} from './definition-money.types.js';
import type { SurveysDefinition } from './definition-surveys.types.js';

/**
 * A programme definition as it comes out of `parseDefinition`: checked, normalised and flat, so that applying it
 * is a loop over each array. Nothing here is optional: what a file leaves out is null or an empty array.
 * Dates are `YYYY-MM-DD`; a range includes both of its ends, and a null end is open.
 */
export interface ProgrammeDefinition {
  readonly sources: readonly SourceDefinition[];
  readonly organisations: readonly OrganisationDefinition[];
  readonly successions: readonly SuccessionDefinition[];
  /** Those that the programme serves; none where nobody has said. */
  readonly strategyGoals: readonly StrategyGoalDefinition[];
  readonly programme: ProgrammeTerms;
  readonly controlTotals: ControlTotals;
  /** What each trust is awarded in all; the lines in `awards` add up to it. One per trust. */
  readonly awardTotals: readonly AwardTotalDefinition[];
  /** One per trust, financial year and kind. */
  readonly awards: readonly AwardLineDefinition[];
  /** By trust and number; none for an award that is not planned in instalments. */
  readonly awardTranches: readonly AwardTrancheDefinition[];
  readonly projects: readonly ProjectDefinition[];
  readonly milestones: readonly MilestoneDefinition[];
  readonly targetSets: readonly TargetSetDefinition[];
  readonly surveys: SurveysDefinition;
  /** In order of time, without gaps. */
  readonly periods: readonly PeriodDefinition[];
}

/** Where a fact comes from: a key of `sources`, or why it is assumed. Exactly one of the two is set. */
export type Provenance =
  | { readonly source: string; readonly assumed: null }
  | { readonly source: null; readonly assumed: string };

/** A public reference that facts point to; `key` is unique within the definition. */
export interface SourceDefinition {
  readonly key: string;
  readonly title: string;
  /** A web address, or words that let a reader find it. */
  readonly reference: string;
  /** As precise as is known: `2017`, `2017-04` or `2017-04-05`. Null: not known. */
  readonly dated: string | null;
}

export interface OrganisationDefinition {
  /** ODS code, or the code that another sector has for its bodies; upper case. Unique; never reused [ODS]. */
  readonly odsCode: string;
  readonly name: string;
  /** In order of time, no two at the same time; the last is `name`. */
  readonly names: readonly DatedName[];
  readonly roles: readonly RoleDefinition[];
  readonly region: string | null;
  readonly provenance: Provenance;
}

export interface DatedName {
  readonly name: string;
  /** First day of the name; null: from before anybody asks. */
  readonly from: string | null;
  /** Last day of the name; null: still the name. */
  readonly to: string | null;
  readonly provenance: Provenance;
}

/**
 * What an organisation is in this programme: its funder, one that is awarded money (an exemplar), one that follows
 * an awardee (a fast follower), or a body that only appears in a succession.
 */
export type OrganisationRole = 'funder' | 'awardee' | 'fast-follower' | 'related';

export interface RoleDefinition {
  readonly role: OrganisationRole;
  readonly status: 'proposed' | 'confirmed' | 'ended';
  readonly from: string | null;
  readonly to: string | null;
  /** For a follower: the awardee that it follows, never itself. Null for every other role. */
  readonly followsOds: string | null;
  readonly provenance: Provenance;
}

export type SuccessionKind = 'renamed' | 'took-over-all' | 'took-over-part';

/** `renamed` has the same organisation on both sides when its code stayed; the other kinds never do. */
export interface SuccessionDefinition {
  readonly kind: SuccessionKind;
  readonly predecessorOds: string;
  readonly successorOds: string;
  /** The first day on which the successor is responsible. */
  readonly effectiveOn: string;
  /** What was taken over; null where `kind` says it all. */
  readonly scope: string | null;
  readonly provenance: Provenance;
}

/** How many days before a piece of assurance ends its trust is told, each once. */
export interface AssuranceTerms {
  readonly noticeDays: readonly number[];
  readonly provenance: Provenance;
}

/** In how many days stages should be left, by their code. */
export interface TurnaroundTerms {
  readonly targetDays: Readonly<Record<string, number>>;
  readonly provenance: Provenance;
}

/** A goal of a strategy that spans programmes. */
export interface StrategyGoalDefinition {
  /** Kebab-case; unique among all programmes: those that name it serve the same goal. */
  readonly code: string;
  /** The name of the strategy. */
  readonly strategy: string;
  readonly title: string;
  /** The goal in words, as the source has it. */
  readonly statement: string;
  readonly provenance: Provenance;
}

/** The programme itself and what it is configured with. */
export interface ProgrammeTerms {
  /** Kebab-case, for addresses. Unique among programmes. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly funderOds: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** An invented programme: say so wherever it shows. */
  readonly illustrative: boolean;
  /** What readers call an awardee: `trust`, `council`. */
  readonly awardeeTerm: { readonly singular: string; readonly plural: string };
  readonly provenance: Provenance;
  readonly matchRatio: MatchRatio;
  readonly matchRules: MatchRules;
  readonly eligibility: EligibilityWindow;
  /** Null: no second approver is asked for. */
  readonly payments: PaymentTerms | null;
  /** Null: the definition says nothing of it. */
  readonly assurance: AssuranceTerms | null;
  /** Null: no stage of review, claim and assurance has a target. */
  readonly turnaround: TurnaroundTerms | null;
  /** Null: there are none. */
  readonly agreementConditions: AgreementConditions | null;
  /** Null: nothing says how much a follower may be awarded. */
  readonly followers: FollowerTerms | null;
  readonly confidenceScale: ConfidenceScale;
  readonly delayReasons: readonly CodedLabel[];
  readonly narrativeSections: readonly NarrativeSection[];
  readonly calendar: CalendarTerms;
}

/** A delivery-confidence scale. A rating is stored with `code`, and is never mapped to another scale. */
export interface ConfidenceScale {
  readonly code: string;
  readonly name: string;
  /** From best to worst; at least two. */
  readonly points: readonly CodedLabel[];
  readonly provenance: Provenance;
}

/** `code` is kebab-case and unique within its list. */
export interface CodedLabel {
  readonly code: string;
  readonly label: string;
}

/** One heading of a return's narrative. */
export interface NarrativeSection {
  readonly code: string;
  readonly title: string;
  /** What to write there. Null: the title says it. */
  readonly hint: string | null;
  /** In characters. */
  readonly maxLength: number;
}

export interface CalendarTerms {
  readonly cadence: Cadence;
  /** Days from the last day of a period to the day its returns open; at least 1. */
  readonly opensDaysAfterEnd: number;
  /** Days from the last day of a period to the day its returns are due; not before they open. */
  readonly dueDaysAfterEnd: number;
  readonly provenance: Provenance;
}

export type Cadence = 'monthly' | 'quarterly';

export interface ProjectDefinition {
  /** Kebab-case; unique within the programme. */
  readonly code: string;
  readonly trustOds: string;
  readonly name: string;
  readonly description: string;
  /** At least one, in the order of the file. */
  readonly goals: readonly GoalDefinition[];
  readonly provenance: Provenance;
}

/** `code` is kebab-case and unique within the project. */
export interface GoalDefinition {
  readonly code: string;
  readonly statement: string;
  readonly provenance: Provenance;
}

export interface MilestoneDefinition {
  /** Kebab-case; unique within the trust, across its projects. */
  readonly code: string;
  readonly projectCode: string;
  /** The project's trust. */
  readonly trustOds: string;
  readonly name: string;
  readonly kind: MilestoneKind;
  readonly baselineOn: string;
  readonly provenance: Provenance;
}

export type MilestoneKind = 'plan' | 'procurement' | 'build' | 'go-live' | 'evaluation' | 'accreditation';

/** `code` (kebab-case) and `version` (from 1) together are unique. No trend is drawn across versions. */
export interface TargetSetDefinition {
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  /** The version of the same code that this one replaces. */
  readonly supersedesVersion: number | null;
  /** The day by which the target is to be reached. */
  readonly targetOn: string;
  /** The weighted coverage that the set as a whole is to reach, as numerator and denominator. */
  readonly targetNumerator: number;
  readonly targetDenominator: number;
  /** Of the target and its date. */
  readonly provenance: Provenance;
  readonly measures: readonly MeasureDefinition[];
}

/** `share`: a part of a whole; `score`: points out of a maximum; `count`: a number of things, over 1. */
export type MeasureUnit = 'share' | 'score' | 'count';

/** A value with its parts: whole numbers, the denominator greater than 0. */
export interface Parts {
  readonly numerator: number;
  readonly denominator: number;
}

/** `direction` is that of improvement. */
export interface MeasureDefinition {
  /** Kebab-case; unique within the target set. */
  readonly code: string;
  readonly name: string;
  readonly question: string;
  readonly numeratorLabel: string;
  readonly denominatorLabel: string;
  readonly unit: MeasureUnit;
  readonly direction: 'up' | 'down';
  /** Whole, greater than 0; a share of the sum of the set's weights. */
  readonly weight: number;
  readonly level: 'trust' | 'project';
  /** The value to reach by the set's `targetOn`. */
  readonly target: Parts;
  /** Null: there is none. */
  readonly baseline: (Parts & { readonly provenance: Provenance }) | null;
  /** In order of time; never against `direction`. Not every period need have a point. */
  readonly trajectory: readonly TrajectoryPoint[];
  /** Of the trajectory; null where it is empty. */
  readonly trajectoryProvenance: Provenance | null;
  /** Of the measure itself: its name and definition. */
  readonly provenance: Provenance;
}

/** Where a measure should be at the end of a period, which is named by its label. */
export interface TrajectoryPoint extends Parts {
  readonly period: string;
}

export interface PeriodDefinition {
  /** `2017/18 Q1`, or `2017/18 M01` for a month; unique. */
  readonly label: string;
  readonly financialYear: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** Returns can be drafted from this day. */
  readonly opensOn: string;
  /** Returns are overdue after this day. */
  readonly dueOn: string;
}
