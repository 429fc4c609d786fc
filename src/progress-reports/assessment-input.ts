import type { DateOn } from '../core/calendar.js';
import type { FinancialPeriod } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';
import type { MilestoneState } from '../milestones/milestone.rules.js';
import type { MeasureUnit } from '../programmes/definition.types.js';
import type { ReturnContent, ReturnSection } from './return-content.js';
import type { AwardLine } from './return-lines.rules.js';

/** One thing that the assessment found in a return. */
export interface Finding {
  /** Stable, in kebab-case; programs match on it. */
  code: string;
  /** Blocking: the return goes back. Warning: the reviewer decides. */
  severity: 'blocking' | 'warning';
  section: ReturnSection;
  /** JSON Pointer (RFC 6901) into the return's content; empty: the whole of it. */
  place: string;
  /** What is wrong, the figures, and what to do, for the one who prepared the return. */
  message: string;
}

/** A milestone as it stands before this return. */
export interface AssessedMilestone {
  code: string;
  name: string;
  state: MilestoneState;
  baselineOn: DateOn;
  /** The last accepted forecast; null: the baseline stands. */
  forecastOn: DateOn | null;
  actualOn: DateOn | null;
  evidenceCount: number;
}

export interface AssessedMeasure {
  targetSet: string;
  code: string;
  name: string;
  unit: MeasureUnit;
  direction: 'up' | 'down';
}

/** All that the assessment of a return looks at. */
export interface AssessmentInput {
  period: FinancialPeriod;
  /** The day in London. */
  today: DateOn;
  programme: {
    startsOn: DateOn;
    endsOn: DateOn;
    /** Costs fall inside it, both days included. */
    eligibility: { from: DateOn; to: DateOn };
    matchRatio: { matchPence: Pence; perGrantPence: Pence };
    /** Codes from best to worst. */
    confidenceScale: { code: string; points: string[] };
    /** Codes. */
    delayReasons: string[];
    /** The headings of the narrative, and how many characters each may have. */
    narrativeSections: ReadonlyArray<{ code: string; title: string; maxLength: number }>;
  };
  /** The trust's award, one line for each financial year and kind. */
  awards: AwardLine[];
  milestones: AssessedMilestone[];
  measures: AssessedMeasure[];
  nextGateOn: DateOn | null;
  /** Score less planned score of this return's values, in parts per million; null or absent where there is no plan. */
  trajectoryVariancePpm?: number | null;
  content: ReturnContent;
  /** The last accepted return of the trust; null for its first. */
  previous: ReturnContent | null;
}

/** One rule: what it finds, in the order of the lines. */
export type AssessmentRule = (input: AssessmentInput) => Finding[];

/** A finding at a place of a section: `found('blocking', 'spend-falls', 'spend', '/0/note', …)`. */
export function found(
  severity: Finding['severity'],
  code: string,
  section: ReturnSection,
  within: string,
  message: string,
): Finding {
  return { code, severity, section, place: `/${section}${within}`, message };
}
