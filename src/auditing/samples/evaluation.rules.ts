import { type Pence, sumPence } from '../../core/money.js';
import type { StratumSize } from './drawing.rules.js';
import type { Confidence } from './sample-size.rules.js';

/** An item that was looked at; `exceptionPence` is by how much its amount is too high, 0 where it is right. */
export interface Checked {
  amountPence: Pence;
  stratum: string | null;
  isException: boolean;
  exceptionPence: Pence;
}

/** How often something was seen, with an interval for how often it is in the whole. */
export interface ProportionEstimate {
  exceptions: number;
  looked: number;
  /** Bounds of the proportion, 0 to 1, rounded outwards to four places. */
  lower: number;
  upper: number;
}

/** What a monetary-unit sample says of all amounts. Whole pence, rounded up. */
export interface MonetaryEvaluation {
  method: 'monetary-unit';
  confidence: Confidence;
  /** What is wrong with the items that were drawn. */
  knownErrorPence: Pence;
  /** What that makes of the whole: the tainting of each item times the interval; of certain items, the error itself. */
  projectedErrorPence: Pence;
  /** What the error would be at most if no error had been seen: the factor for none times the interval. */
  basicPrecisionPence: Pence;
  /** What the error is at most, with this confidence (Stringer's bound). */
  upperLimitPence: Pence;
}

/** What a random or stratified sample says of how often there is an exception, and of the error. */
export interface ProportionEvaluation {
  method: 'random' | 'stratified';
  confidence: Confidence;
  knownErrorPence: Pence;
  /** The mean error of the items times the number of items, by stratum. Rounded up. */
  projectedErrorPence: Pence;
  /** One for the whole, or one for each stratum from which something was drawn. */
  estimates: Array<ProportionEstimate & { stratum: string | null }>;
}

export type Evaluation = MonetaryEvaluation | ProportionEvaluation;

const STEPS = 200;

/** Where a falling function of x crosses a value, between two bounds. */
function crossing(falling: (x: number) => number, value: number, low: number, high: number): number {
  for (let i = 0; i < STEPS; i += 1) {
    const middle = (low + high) / 2;
    if (falling(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The Poisson upper limit for so many errors: the mean at which as many or fewer are as unlikely as the confidence says
 * (AICPA, Audit Guide: Audit Sampling, appendix C has it as a table).
 */
export function poissonFactor(errors: number, confidence: number): number {
  const atMost = (mean: number): number => {
    let term = Math.exp(-mean);
    let sum = term;
    for (let k = 1; k <= errors; k += 1) {
      term *= mean / k;
      sum += term;
    }
    return sum;
  };
  return crossing(atMost, 1 - confidence / 100, 0, errors * 3 + 50);
}

/** The probability of `k` or fewer of `n` where each has probability `p`. */
function binomialAtMost(k: number, n: number, p: number): number {
  if (p <= 0 || k >= n) return 1;
  if (p >= 1) return 0;
  let log = n * Math.log1p(-p);
  let sum = Math.exp(log);
  for (let i = 1; i <= k; i += 1) {
    log += Math.log(((n - i + 1) / i) * (p / (1 - p)));
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

const down = (share: number): number => Math.max(0, Math.floor(share * 10_000) / 10_000);
const up = (share: number): number => Math.min(1, Math.ceil(share * 10_000) / 10_000);

/**
 * The interval of a proportion after Clopper and Pearson (1934): exact for draws with replacement, and wider than
 * needed for draws without, so on the safe side.
 */
export function proportionEstimate(
  exceptions: number,
  looked: number,
  confidence: Confidence,
): ProportionEstimate {
  const tail = (1 - confidence / 100) / 2;
  const lower =
    exceptions === 0 ? 0 : crossing((p) => binomialAtMost(exceptions - 1, looked, p), 1 - tail, 0, 1);
  const upper =
    exceptions === looked ? 1 : crossing((p) => binomialAtMost(exceptions, looked, p), tail, 0, 1);
  return { exceptions, looked, lower: down(lower), upper: up(upper) };
}

const errorOf = (items: readonly Checked[]): Pence =>
  sumPence(items.map(({ exceptionPence }) => exceptionPence));

/**
 * Evaluates a monetary-unit sample. Of certain items, those of an interval or more, the error is known and not
 * projected; of each other, its tainting (error by amount) stands for an interval. The upper limit adds the basic
 * precision and, largest tainting first, what each error adds to it (Stringer, 1963).
 */
export function evaluateMonetary(
  items: readonly Checked[],
  intervalPence: Pence,
  confidence: Confidence,
): MonetaryEvaluation {
  const certain = errorOf(items.filter(({ amountPence }) => amountPence >= intervalPence));
  const taintings = items
    .filter(({ amountPence, exceptionPence }) => amountPence < intervalPence && exceptionPence > 0)
    .map(({ amountPence, exceptionPence }) => exceptionPence / amountPence)
    .sort((a, b) => b - a);
  const factors = Array.from({ length: taintings.length + 1 }, (_, k) => poissonFactor(k, confidence));
  const basic = (factors[0] as number) * intervalPence;
  const projected = taintings.reduce((sum, tainting) => sum + tainting * intervalPence, 0);
  const added = taintings.reduce(
    (sum, tainting, k) =>
      sum + tainting * ((factors[k + 1] as number) - (factors[k] as number)) * intervalPence,
    0,
  );
  return {
    method: 'monetary-unit',
    confidence,
    knownErrorPence: errorOf(items),
    projectedErrorPence: certain + Math.ceil(projected),
    basicPrecisionPence: Math.ceil(basic),
    upperLimitPence: certain + Math.ceil(basic + added),
  };
}

/** Evaluates a random or stratified sample. @param strata what there is and what was drawn; one for a random sample */
export function evaluateProportions(
  method: 'random' | 'stratified',
  items: readonly Checked[],
  strata: readonly StratumSize[],
  confidence: Confidence,
): ProportionEvaluation {
  const drawnFrom = strata.filter(({ drawn }) => drawn > 0);
  const of = (name: string) =>
    method === 'random' ? items : items.filter(({ stratum }) => stratum === name);
  return {
    method,
    confidence,
    knownErrorPence: errorOf(items),
    projectedErrorPence: Math.ceil(
      drawnFrom.reduce((sum, { name, size, drawn }) => sum + (errorOf(of(name)) * size) / drawn, 0),
    ),
    estimates: drawnFrom.map(({ name }) => ({
      stratum: method === 'random' ? null : name,
      ...proportionEstimate(
        of(name).filter(({ isException }) => isException).length,
        of(name).length,
        confidence,
      ),
    })),
  };
}
