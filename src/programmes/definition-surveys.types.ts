import type { Provenance } from './definition.types.js';
import type { LabelEntry, Sourced } from './definition-file.types.js';

export type SurveyQuestionKind = 'adoption' | 'barriers';
export type SurveyWaveKind = 'programme' | 'historical';

/** Surveys as a file gives them. Questions and measures are named by reference: `code/v1`, `target-set/v1/measure`. */
export interface SurveysEntry {
  readonly questions: readonly SurveyQuestionEntry[];
  readonly waves: readonly SurveyWaveEntry[];
}

export interface SurveyQuestionEntry extends Sourced {
  readonly code: string;
  readonly version: number;
  readonly kind: SurveyQuestionKind;
  readonly text: string;
  readonly base: string;
  readonly options?: readonly LabelEntry[];
  readonly measure?: string;
}

export interface SurveyWaveEntry extends Sourced {
  readonly code: string;
  readonly name: string;
  readonly kind: SurveyWaveKind;
  readonly opensOn?: string;
  readonly closesOn?: string;
  readonly held?: string;
  readonly note?: string;
  readonly questions: readonly string[];
  readonly published?: readonly SurveyFigureEntry[];
}

export interface SurveyFigureEntry extends Sourced {
  readonly question: string;
  readonly statement: string;
  readonly percentage?: number;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly base: string;
}

/** One version of a question: what it asks never changes under the answers to it. */
export interface SurveyQuestionDefinition {
  readonly code: string;
  readonly version: number;
  readonly kind: SurveyQuestionKind;
  readonly wording: string;
  readonly base: string;
  readonly options: ReadonlyArray<{ code: string; label: string }> | null;
  readonly measure: { targetSet: string; code: string } | null;
  readonly provenance: Provenance;
}

/** A wave of a survey, with what was published of a historical one. */
export interface SurveyWaveDefinition {
  readonly code: string;
  readonly name: string;
  readonly kind: SurveyWaveKind;
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  readonly held: string | null;
  readonly note: string | null;
  /** References, in the order in which they are asked. */
  readonly questions: readonly string[];
  readonly published: readonly SurveyFigureDefinition[];
  readonly provenance: Provenance;
}

/** A figure as it was published: what nobody said is null, and never reckoned from a percentage. */
export interface SurveyFigureDefinition {
  readonly question: string;
  readonly statement: string;
  readonly percentage: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly base: string;
  readonly provenance: Provenance;
}

export interface SurveysDefinition {
  readonly questions: readonly SurveyQuestionDefinition[];
  readonly waves: readonly SurveyWaveDefinition[];
}
