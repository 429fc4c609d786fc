import type { DateOn } from '../../core/calendar.js';
import type { Pence } from '../../core/money.js';
import type { Allocation, Drawable, StratumSize } from './drawing.rules.js';
import type { Evaluation } from './evaluation.rules.js';
import type { Confidence } from './sample-size.rules.js';

/** What may be sampled. */
export const POPULATIONS = ['payments', 'claim-lines', 'postings', 'match-contributions'] as const;
export type Population = (typeof POPULATIONS)[number];

/** How. */
export const METHODS = ['random', 'monetary-unit', 'stratified'] as const;
export type Method = (typeof METHODS)[number];

/** By what a population is stratified. */
export const STRATIFICATIONS = ['trust', 'amount', 'year'] as const;
export type Stratification = (typeof STRATIFICATIONS)[number];

export const RESULTS = ['no-exception', 'exception'] as const;
export type Result = (typeof RESULTS)[number];

/** What a population is narrowed to; null: not at all. */
export interface Narrowed {
  /** By ODS code. */
  trust: string | null;
  financialYear: string | null;
  kind: 'capital' | 'revenue' | null;
  /** Days, both included. */
  from: DateOn | null;
  to: DateOn | null;
}

/** One item of a population. */
export interface PopulationItem extends Drawable {
  reference: string;
  trustOds: string;
  financialYear: string;
  /** What stands behind it, and has a page or a history. */
  aboutTable: string;
  aboutId: string;
}

/** All that the drawing needs beside population and seed; what a method does not use is null. */
export interface Parameters {
  confidence: Confidence;
  /** How many were asked for. */
  size: number | null;
  /** Of a size that was computed for a proportion. */
  expectedPercent: number | null;
  precisionPercent: number | null;
  /** Of a monetary-unit sample. */
  tolerablePence: Pence | null;
  intervalPence: Pence | null;
  /** Of a stratified one. */
  stratifyBy: Stratification | null;
  bandsPence: Pence[] | null;
  allocation: Allocation | null;
  sizes: Array<{ stratum: string; size: number }> | null;
}

/** What somebody asks to be drawn. */
export interface SampleRequest extends Omit<Parameters, 'intervalPence'> {
  population: Population;
  method: Method;
  /** Why it is drawn. */
  purpose: string;
  /** Null: the server makes one, and shows it. */
  seed: string | null;
  /** The entry of the log that the population is as at; null: now. */
  asAtNumber: number | null;
  narrowed: Narrowed;
}

interface PersonRef {
  id: string;
  name: string;
}

export interface SampleView {
  id: string;
  reference: string;
  programme: string;
  purpose: string;
  population: Population;
  narrowed: Narrowed;
  method: Method;
  parameters: Parameters;
  seed: string;
  asAtNumber: number;
  asAt: string;
  populationSize: number;
  populationPence: Pence;
  populationSha256: string;
  strata: StratumSize[];
  items: number;
  /** How many of them were looked at, and how many are exceptions. */
  checked: number;
  exceptions: number;
  drawnBy: PersonRef;
  drawnAt: string;
  illustrative: boolean;
}

export interface SampleItemView {
  id: string;
  position: number;
  subjectId: string;
  reference: string;
  trustOds: string;
  about: { table: string; id: string };
  amountPence: Pence;
  stratum: string | null;
  hits: number;
  certain: boolean;
  result: Result | null;
  exceptionPence: Pence | null;
  words: string | null;
  checkedBy: PersonRef | null;
  checkedAt: string | null;
  revision: number;
}

/** A sample with its items; `evaluation` is null until all of them were looked at. */
export type SampleWithItems = Omit<SampleView, 'items'> & {
  items: SampleItemView[];
  evaluation: Evaluation | null;
};

/** A sample drawn again, and whether it is the same. */
export interface Reproduction {
  same: boolean;
  /** The population as at the same entry of the log. */
  population: { size: number; pence: Pence; sha256: string; same: boolean };
  /** In the order in which they were drawn. */
  drawn: Array<{ position: number; subjectId: string; reference: string; hits: number; same: boolean }>;
}
