import type { Cadence, MeasureUnit, MilestoneKind, OrganisationRole } from './definition.types.js';
import type { AwardKind, TrancheBasis } from './definition-money.types.js';
import type { SurveysEntry } from './definition-surveys.types.js';

/**
 * A definition file as it is written, once `programmes/programme.schema.json` holds for it. The schema describes
 * each field; this is the same shape for the compiler. Rules read this, so that a fault's pointer is a place in
 * the file.
 */
export interface DefinitionFile {
  readonly programme: ProgrammeEntry;
  readonly sources: Readonly<Record<string, SourceEntry>>;
  readonly organisations: readonly OrganisationEntry[];
  readonly successions?: readonly SuccessionEntry[];
  readonly strategyGoals?: readonly StrategyGoalEntry[];
  readonly match: MatchEntry;
  readonly eligibility: EligibilityEntry;
  readonly payments?: PaymentsEntry;
  readonly assurance?: AssuranceEntry;
  readonly turnaround?: TurnaroundEntry;
  readonly agreement?: AgreementEntry;
  readonly followers?: FollowersEntry;
  readonly calendar: CalendarEntry;
  readonly confidenceScale: ScaleEntry;
  readonly delayReasons: readonly LabelEntry[];
  readonly narrativeSections: readonly SectionEntry[];
  readonly controlTotals: ControlTotalsEntry;
  readonly awards: readonly AwardEntry[];
  readonly projects: readonly ProjectEntry[];
  readonly targetSets: readonly TargetSetEntry[];
  readonly surveys?: SurveysEntry;
}

/** Exactly one of the two: a key of `sources`, or why it is assumed. */
export interface Sourced {
  readonly source?: string;
  readonly assumed?: string;
}

export interface SourceEntry {
  readonly title: string;
  readonly reference: string;
  /** YAML reads an unquoted 2017 as a number. */
  readonly dated?: string | number;
}

export interface ProgrammeEntry extends RangeEntry {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly funder: string;
  readonly illustrative: boolean;
  readonly awardee: { readonly singular: string; readonly plural: string };
}

/** Both days included. */
export interface RangeEntry extends Sourced {
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface OrganisationEntry extends Sourced {
  readonly ods: string;
  readonly name: string;
  readonly formerly?: readonly FormerNameEntry[];
  readonly region?: string;
  readonly roles: readonly RoleEntry[];
}

export interface StrategyGoalEntry extends Sourced {
  readonly code: string;
  readonly strategy: string;
  readonly title: string;
  readonly statement: string;
}

export interface FormerNameEntry extends Sourced {
  readonly name: string;
  readonly from?: string;
  readonly to: string;
}

export interface RoleEntry extends Sourced {
  readonly role: OrganisationRole;
  readonly status: 'proposed' | 'confirmed' | 'ended';
  readonly follows?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface SuccessionEntry extends Sourced {
  readonly kind: 'renamed' | 'took-over-all' | 'took-over-part';
  readonly predecessor: string;
  readonly successor: string;
  readonly effectiveOn: string;
  readonly scope?: string;
}

export interface MatchEntry {
  readonly ratio: Sourced & { readonly grantPounds: number; readonly matchPounds: number };
  readonly rules: RangeEntry & {
    readonly types: readonly LabelEntry[];
    readonly exclusions?: readonly string[];
  };
}

export interface EligibilityEntry extends RangeEntry {
  readonly categories?: readonly LabelEntry[];
}

export interface PaymentsEntry extends Sourced {
  readonly secondApproverAbovePounds: number;
}

export interface AssuranceEntry extends Sourced {
  readonly noticeDays: readonly number[];
}

export interface TurnaroundEntry extends Sourced {
  readonly targetDays: Readonly<Record<string, number>>;
}

export interface AgreementEntry extends Sourced {
  readonly conditions: readonly string[];
}

export interface FollowersEntry extends Sourced {
  readonly mostAwardPounds: number;
}

export interface CalendarEntry extends Sourced {
  readonly cadence: Cadence;
  readonly first: string;
  readonly last: string;
  readonly opensDaysAfterEnd: number;
  readonly dueDaysAfterEnd: number;
}

export interface ScaleEntry extends Sourced {
  readonly code: string;
  readonly name: string;
  readonly points: readonly LabelEntry[];
}

export interface LabelEntry {
  readonly code: string;
  readonly label: string;
}

export interface SectionEntry {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  readonly maxLength?: number;
}

export interface ControlTotalsEntry extends Sourced {
  readonly grantPounds: number;
  readonly matchPounds: number;
  readonly totalPounds: number;
}

export interface AwardEntry extends Sourced {
  readonly trust: string;
  readonly grantPounds: number;
  readonly matchPounds: number;
  readonly lines: readonly AwardLineEntry[];
  readonly tranches?: readonly TrancheEntry[];
}

export interface AwardLineEntry extends Sourced {
  readonly year: string;
  readonly kind: AwardKind;
  readonly grantPounds: number;
  readonly matchPounds: number;
}

export interface TrancheEntry extends Sourced {
  readonly number: number;
  readonly name: string;
  readonly basis: TrancheBasis;
  readonly plannedOn: string;
  readonly grantPounds: number;
  /** As `project/milestone`. */
  readonly milestones?: readonly string[];
}

export interface ProjectEntry extends Sourced {
  readonly trust: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly goals: readonly (Sourced & { readonly code: string; readonly statement: string })[];
  readonly milestones: readonly MilestoneEntry[];
}

export interface MilestoneEntry extends Sourced {
  readonly code: string;
  readonly name: string;
  readonly kind: MilestoneKind;
  readonly baselineOn: string;
}

export interface TargetSetEntry extends Sourced {
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly supersedes?: number;
  readonly targetOn: string;
  readonly target: string;
  readonly defaults?: MeasureTerms;
  readonly measures: readonly MeasureEntry[];
}

/** What a measure says of itself or takes from its set's `defaults`. Parts are written `40/100`. */
export interface MeasureTerms {
  readonly numeratorLabel?: string;
  readonly denominatorLabel?: string;
  readonly unit?: MeasureUnit;
  readonly direction?: 'up' | 'down';
  readonly weight?: number;
  readonly level?: 'trust' | 'project';
  readonly target?: string;
  readonly baseline?: Sourced & { readonly value: string };
  readonly trajectory?: Sourced & { readonly points: Readonly<Record<string, string>> };
}

export interface MeasureEntry extends MeasureTerms, Sourced {
  readonly code: string;
  readonly name: string;
  readonly question: string;
}
