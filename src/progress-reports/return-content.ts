import type { DateOn } from '../core/calendar.js';
import type { FinancialYear } from '../core/financial-period.js';
import type { Pence } from '../core/money.js';

/** What a return says of one milestone. */
export interface MilestoneLine {
  milestone: string;
  forecastOn: DateOn | null;
  actualOn: DateOn | null;
  /** What the trust claims in this return: nothing new, that work began, or that the milestone is met. */
  claim: 'none' | 'started' | 'met';
  /** A code of the programme's list; wanted when a date moves. */
  delayReason: string | null;
  note: string | null;
}

/** Spend on one line of the award: both figures are cumulative for the line, in pence. */
export interface SpendLine {
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
  source: 'grant' | 'match';
  spentToDatePence: Pence;
  /** What the line is forecast to come to when its year is over, spend to date included. */
  forecastPence: Pence;
  note: string | null;
}

/** One measure as the trust reports it; never a percentage without its parts. */
export interface MeasurementLine {
  targetSet: string;
  measure: string;
  numerator: number;
  denominator: number;
  note: string | null;
}

export interface RiskLine {
  title: string;
  /** 1 (rare) to 5 (almost certain); 0 while a draft does not say yet. */
  likelihood: number;
  /** 1 (negligible) to 5 (severe); 0 while a draft does not say yet. */
  impact: number;
  mitigation: string;
  owner: string;
}

export interface NarrativeSection {
  section: string;
  text: string;
}

/** Delivery confidence, always with the scale that it was given on (domain.md section 9, rule 10). */
export interface ConfidenceRating {
  scale: string;
  rating: string;
  reason: string | null;
}

/** All that a return says. Drafts start as a copy of the last accepted one. */
export interface ReturnContent {
  milestones: MilestoneLine[];
  spend: SpendLine[];
  measurements: MeasurementLine[];
  risks: RiskLine[];
  narrative: NarrativeSection[];
  confidence: ConfidenceRating | null;
}

/** The sections of a return, in the order in which it is filled in. */
export const RETURN_SECTIONS = [
  'milestones',
  'spend',
  'measurements',
  'risks',
  'narrative',
  'confidence',
] as const;
export type ReturnSection = (typeof RETURN_SECTIONS)[number];
