import { type DateOn, daysBetween } from '../core/calendar.js';

/** One million parts: a coverage of 1. */
export const WHOLE_PPM = 1_000_000;

/** A value with its parts: whole numbers, the denominator above 0. */
export interface Parts {
  numerator: number;
  denominator: number;
}

/** The direction of improvement. */
export type Direction = 'up' | 'down';

/** A measure as it counts in a score. */
export interface WeightedMeasure {
  /** Whole, above 0. */
  weight: number;
  direction: Direction;
  /** Null: not reported. */
  measurement: Parts | null;
}

/** A planned value at a date. */
export interface TrajectoryValue extends Parts {
  on: DateOn;
}

export interface PlannedMeasure {
  weight: number;
  direction: Direction;
  /** In any order; the baseline, where there is one, is its first point. Empty: there is no plan. */
  trajectory: readonly TrajectoryValue[];
}

/**
 * A weighted coverage with its parts, and how much of it was reported. Numerator and denominator are in
 * weight × parts per million; the score is their ratio, and its denominator is 0 where there is no measure at all.
 */
export interface Score {
  numerator: number;
  denominator: number;
  measuresReported: number;
  measuresTotal: number;
  /** The sum of the weights of what was reported. */
  weightReported: number;
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe whole number`);
  return value;
}

/**
 * How far a measure is covered, in whole parts per million from 0 to 1,000,000: n/d where more is better, 1 − n/d
 * where less is. Rounded down, once and here only, so that nothing is rounded up to reached; a count beyond its
 * denominator is clipped to 1,000,000.
 * @throws RangeError where a part is not a whole number or the denominator is not above 0
 */
export function coveragePpm(value: Parts & { direction: Direction }): number {
  const denominator = BigInt(safe(value.denominator));
  if (denominator <= 0n) throw new RangeError('A denominator is above 0');
  const numerator = BigInt(safe(value.numerator));
  const covered = value.direction === 'up' ? numerator : denominator - numerator;
  const ppm = Number((covered * BigInt(WHOLE_PPM)) / denominator);
  return Math.min(Math.max(ppm, 0), WHOLE_PPM);
}

/** The score of no measure: what `rollUp` starts from. */
export const NO_SCORE: Score = {
  numerator: 0,
  denominator: 0,
  measuresReported: 0,
  measuresTotal: 0,
  weightReported: 0,
};

function scoreOfOne(weight: number, ppm: number | null): Score {
  if (!Number.isSafeInteger(weight) || weight <= 0)
    throw new RangeError('A weight is a whole number above 0');
  return {
    numerator: ppm === null ? 0 : safe(weight * ppm),
    denominator: safe(weight * WHOLE_PPM),
    measuresReported: ppm === null ? 0 : 1,
    measuresTotal: 1,
    weightReported: ppm === null ? 0 : weight,
  };
}

/**
 * The weighted coverage of measures (shared design, "Progress"): Σ weight × coverage over Σ weight. A measure that
 * was not reported counts in full in the denominator and earns nothing, so that leaving out a bad one never helps.
 */
export function scoreOf(measures: readonly WeightedMeasure[]): Score {
  return rollUp(
    measures.map(({ weight, direction, measurement }) =>
      scoreOfOne(weight, measurement && coveragePpm({ ...measurement, direction })),
    ),
  );
}

/** Scores added up, part by part: trusts to a programme. The order, and rolling up in steps, make no difference. */
export function rollUp(scores: readonly Score[]): Score {
  return scores.reduce(
    (sum, score) => ({
      numerator: safe(sum.numerator + score.numerator),
      denominator: safe(sum.denominator + score.denominator),
      measuresReported: sum.measuresReported + score.measuresReported,
      measuresTotal: sum.measuresTotal + score.measuresTotal,
      weightReported: sum.weightReported + score.weightReported,
    }),
    NO_SCORE,
  );
}

/** A score in whole parts per million, rounded down; null where its denominator is 0. */
export function scorePpm(score: Parts): number | null {
  if (score.denominator === 0) return null;
  return Number((BigInt(score.numerator) * BigInt(WHOLE_PPM)) / BigInt(safe(score.denominator)));
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** In lowest terms; beyond safe integers both parts are scaled down, the value never up. */
function toParts(numerator: bigint, denominator: bigint): Parts {
  const common = gcd(numerator, denominator);
  const [n, d] = [numerator / common, denominator / common];
  const scale = (n > d ? n : d) / BigInt(Number.MAX_SAFE_INTEGER) + 1n;
  return { numerator: Number(n / scale), denominator: Number((d + scale - 1n) / scale) };
}

/**
 * The planned value at a date: on the straight line between the two points around it, as an exact fraction in
 * lowest terms. Before the first point (the baseline) it is the first, after the last it is the last. Null where
 * there is no point.
 */
export function trajectoryAt(points: readonly TrajectoryValue[], on: DateOn): Parts | null {
  const inOrder = [...points].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const before = inOrder.filter((point) => point.on <= on).at(-1) ?? inOrder[0];
  if (!before) return null;
  const after = inOrder.find((point) => point.on > on);
  if (!after || on <= before.on) return { numerator: before.numerator, denominator: before.denominator };
  const span = BigInt(daysBetween(before.on, after.on));
  const gone = BigInt(daysBetween(before.on, on));
  const [n0, d0, n1, d1] = [before.numerator, before.denominator, after.numerator, after.denominator].map(
    (part) => BigInt(safe(part)),
  ) as [bigint, bigint, bigint, bigint];
  return toParts(n0 * d1 * (span - gone) + n1 * d0 * gone, d0 * d1 * span);
}

/**
 * The score that the plan foresees at a date. Measures without a trajectory are left out of both parts: there is
 * nothing to hold them against. `measuresReported` and `weightReported` count those that have one.
 */
export function trajectoryScore(measures: readonly PlannedMeasure[], on: DateOn): Score {
  const scores = measures.map(({ weight, direction, trajectory }) => {
    const planned = trajectoryAt(trajectory, on);
    return planned
      ? scoreOfOne(weight, coveragePpm({ ...planned, direction }))
      : { ...NO_SCORE, measuresTotal: 1 };
  });
  return rollUp(scores);
}

/**
 * How far a score is above (positive) or below the planned one: the difference of the two ratios in whole parts per
 * million, rounded down. Null where either has no measure. Both must be of the same measures: `againstTrajectory`.
 */
export function variancePpm(score: Parts, planned: Parts): number | null {
  if (score.denominator === 0 || planned.denominator === 0) return null;
  const [sn, sd] = [BigInt(score.numerator), BigInt(score.denominator)];
  const [pn, pd] = [BigInt(planned.numerator), BigInt(planned.denominator)];
  const [above, parts] = [(sn * pd - pn * sd) * BigInt(WHOLE_PPM), sd * pd];
  // Division of whole numbers rounds towards zero, which below zero is up.
  return Number(above / parts) - (above < 0n && above % parts !== 0n ? 1 : 0);
}

/** Score, planned score and variance at a date, like with like: of the measures that have a trajectory only. */
export function againstTrajectory(
  measures: ReadonlyArray<WeightedMeasure & PlannedMeasure>,
  on: DateOn,
): { score: Score; planned: Score; variancePpm: number | null } {
  const comparable = measures.filter((measure) => measure.trajectory.length > 0);
  const score = scoreOf(comparable);
  const planned = trajectoryScore(comparable, on);
  return { score, planned, variancePpm: variancePpm(score, planned) };
}
