import { addDays, type DateOn, daysBetween, formatDate } from '../core/calendar.js';

/** A value of a target set at a date, in parts per million from 0 to 1,000,000. */
export interface TrendPoint {
  on: DateOn;
  ppm: number;
  /** The version of the target set that it was measured with. */
  version: number;
}

export type TrendOutcome = 'reached' | 'on-trend' | 'late' | 'not-on-this-trend' | 'too-few-points';

/** When a target will be reached if the past goes on, with how it was computed and how sure that is. */
export interface ExpectedReach {
  method: 'least-squares-line';
  confidenceLevel: 0.8;
  /** How many points the line was drawn through. */
  points: number;
  /** The version of the target set that the last point is of, the only one used; null where there is no point. */
  version: number | null;
  /** Points of other versions, left out. */
  leftOut: number;
  /** The slope, rounded to whole parts per million a year of 365.25 days; null where there is no line. */
  perYearPpm: number | null;
  /** Reached: the day from which the values have stood at the target. Otherwise: where the line reaches it. */
  expectedOn: DateOn | null;
  /** Where the upper end of the 80% band reaches the target. */
  earliestOn: DateOn | null;
  /** Where the lower end of the band reaches it; null: the slope is not certain enough to name a day. */
  latestOn: DateOn | null;
  outcome: TrendOutcome;
  /** All of this in plain words. */
  words: string;
}

/** The fewest points that a line is drawn through, and the most: older ones say little of the present pace. */
const FEWEST_POINTS = 3;
const MOST_POINTS = 8;

/** Later days than this are not named: a trend says nothing of them. */
const LAST_DAY: DateOn = '2199-12-31';

const LEVEL = 0.8 as const;

/**
 * Student's t, two-sided 80% (upper tail 0.10), for 1 to 6 degrees of freedom: 3 to 8 points. Source: NIST/SEMATECH
 * e-Handbook of Statistical Methods, section 1.3.6.7.2, critical values of the Student's t distribution.
 */
const T_80 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44];

interface Line {
  /** Parts per million a day. */
  slope: number;
  at(day: number): number;
  /** Half the width of the prediction band at a day. */
  halfBand(day: number): number;
}

/** Least squares and its band by the textbook formulas (Draper and Smith, Applied Regression Analysis, chapter 1). */
function leastSquares(points: ReadonlyArray<{ day: number; ppm: number }>): Line | null {
  const n = points.length;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const [sumX, sumY] = [sum(points.map(({ day }) => day)), sum(points.map(({ ppm }) => ppm))];
  // n²-fold sums of squares, in whole numbers, so that a flat line has a slope of exactly zero.
  const spread = n * sum(points.map(({ day }) => day * day)) - sumX * sumX;
  if (spread === 0) return null;
  const slope = (n * sum(points.map(({ day, ppm }) => day * ppm)) - sumX * sumY) / spread;
  const [meanX, meanY, sxx] = [sumX / n, sumY / n, spread / n];
  const at = (day: number) => meanY + slope * (day - meanX);
  const squares = sum(points.map(({ day, ppm }) => (ppm - at(day)) ** 2));
  const scaled = (T_80[n - 3] ?? Number.NaN) * Math.sqrt(squares / (n - 2));
  return {
    slope,
    at,
    halfBand: (day) => scaled * Math.sqrt(1 + 1 / n + (day - meanX) ** 2 / sxx),
  };
}

/**
 * The first day after `from` on which a value is at the target and stays so until `last`; null where there is none.
 * The value rises, or (a lower band) rises and falls again: either way the days at the target are one stretch.
 */
function firstDay(value: (day: number) => number, target: number, from: number, last: number): number | null {
  // A millionth of a part per million, against the noise of floating point.
  const reached = (day: number) => value(day) >= target - 1e-6;
  let [low, high] = [from + 1, last];
  if (low > high || !reached(high)) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const percent = (ppm: number) => `${(ppm / 10_000).toFixed(1)}%`;

function leftOutWords(leftOut: number): string {
  if (leftOut === 0) return '';
  return leftOut === 1
    ? ' One value of an earlier version of the targets is left out: versions are not compared.'
    : ` ${leftOut} values of earlier versions of the targets are left out: versions are not compared.`;
}

function rangeWords(earliest: DateOn | null, latest: DateOn | null): string {
  if (earliest && latest)
    return ` With 80% confidence it is between ${formatDate(earliest)} and ${formatDate(latest)}.`;
  return earliest
    ? ` With 80% confidence it is not before ${formatDate(earliest)}; the values vary too much to name a latest day.`
    : '';
}

interface Asked {
  targetPpm: number;
  targetOn: DateOn;
}

type Told = Pick<
  ExpectedReach,
  'perYearPpm' | 'expectedOn' | 'earliestOn' | 'latestOn' | 'outcome' | 'words'
>;

function told(outcome: TrendOutcome, words: string, more: Partial<Told> = {}): Told {
  return { perYearPpm: null, expectedOn: null, earliestOn: null, latestOn: null, outcome, words, ...more };
}

function whenReached(all: readonly TrendPoint[], last: TrendPoint, { targetPpm }: Asked): Told {
  const lastBelow = all.findLastIndex((point) => point.ppm < targetPpm);
  const since = (all[lastBelow + 1] ?? last).on;
  const words = `The target of ${percent(targetPpm)} is reached, and has been since the value of ${formatDate(since)}.`;
  return told('reached', words, { expectedOn: since, earliestOn: since, latestOn: since });
}

function whenOnTrend(used: readonly TrendPoint[], first: DateOn, line: Line, asked: Asked): Told {
  const from = daysBetween(first, used.at(-1)?.on ?? first);
  const last = daysBetween(first, LAST_DAY);
  const day = (found: number | null) => (found === null ? null : addDays(first, found));
  const reaches = (value: (x: number) => number) => day(firstDay(value, asked.targetPpm, from, last));
  const expectedOn = reaches(line.at);
  const earliestOn = reaches((x) => line.at(x) + line.halfBand(x));
  const latestOn = reaches((x) => line.at(x) - line.halfBand(x));
  const perYearPpm = Math.round(line.slope * 365.25);
  const outcome = expectedOn !== null && expectedOn <= asked.targetOn ? 'on-trend' : 'late';
  const drawn = `A straight line through the last ${used.length} values (least squares) rises by ${percent(perYearPpm)} of the whole a year`;
  const when = expectedOn
    ? ` and reaches the target of ${percent(asked.targetPpm)} on about ${formatDate(expectedOn)}, ${outcome === 'late' ? 'after' : 'in time for'} ${formatDate(asked.targetOn)}.`
    : ` and does not reach the target of ${percent(asked.targetPpm)} before the year 2200.`;
  const words = drawn + when + rangeWords(earliestOn, latestOn);
  return told(outcome, words, { perYearPpm, expectedOn, earliestOn, latestOn });
}

/**
 * When a target will be reached if the past goes on: a straight line by ordinary least squares through the last
 * points (3 to 8) of the version of the target set that the last is of, with the 80% prediction band from the
 * residual standard error by Student's t with n − 2 degrees of freedom. It is a continuation, not a forecast of what
 * anybody plans, and successive values of one trust are not independent, so that the true uncertainty is rather more
 * than is said.
 * There is no trend across versions (domain.md section 9, rule 9).
 * @param asked.points in any order, one for each date
 * @param asked.targetPpm 0 to 1,000,000
 */
export function expectedReach(asked: Asked & { points: readonly TrendPoint[] }): ExpectedReach {
  const inOrder = [...asked.points].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const version = inOrder.at(-1)?.version ?? null;
  const all = inOrder.filter((point) => point.version === version);
  const used = all.slice(-MOST_POINTS);
  const leftOut = asked.points.length - all.length;
  const found = outcomeOf(all, used, asked);
  const shared = { method: 'least-squares-line', confidenceLevel: LEVEL, points: used.length } as const;
  return { ...shared, version, leftOut, ...found, words: found.words + leftOutWords(leftOut) };
}

function outcomeOf(all: readonly TrendPoint[], used: readonly TrendPoint[], asked: Asked): Told {
  const [first, last] = [used[0], used.at(-1)];
  if (last && last.ppm >= asked.targetPpm) return whenReached(all, last, asked);
  const line =
    first && used.length >= FEWEST_POINTS
      ? leastSquares(used.map(({ on, ppm }) => ({ day: daysBetween(first.on, on), ppm })))
      : null;
  if (!first || !line)
    return told(
      'too-few-points',
      `A trend needs values at ${FEWEST_POINTS} or more dates; there ${used.length === 1 ? 'is' : 'are'} ${used.length}. No date is expected yet.`,
    );
  if (line.slope <= 0)
    return told(
      'not-on-this-trend',
      `A straight line through the last ${used.length} values (least squares) does not rise, so the target of ${percent(asked.targetPpm)} is not reached on this trend.`,
      { perYearPpm: Math.round(line.slope * 365.25) },
    );
  return whenOnTrend(used, first.on, line, asked);
}
