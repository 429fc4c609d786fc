import type { Sourced } from '../../organisations/sourced.js';
import { THRESHOLDS } from '../../progress-reports/confidence.rules.js';
import type { PlannedShown, ScoreShown } from '../../progress-reports/programme-progress.types.js';
import type { MeasurementState } from '../../targets/measurement.rules.js';
import { type Parts, WHOLE_PPM } from '../../targets/progress.rules.js';
import type { ExpectedReach } from '../../targets/trend.rules.js';
import { count, day, points, words } from '../page/format.js';
import type { Cell, Column, Tag, TagColour } from '../page/table.js';

/** A part of a hundred, rounded down to one decimal, so that nothing reads as reached before it is; null of nothing. */
export function percentOf(parts: Parts | null | undefined): number | null {
  return parts && parts.denominator > 0
    ? Math.floor((parts.numerator * 1_000) / parts.denominator) / 10
    : null;
}

/** "1,180 of 4,000". */
export function partsWords(parts: Parts | null | undefined): string | null {
  return parts ? `${count(parts.numerator)} of ${count(parts.denominator)}` : null;
}

const weighted = (ppm: number): string => count(Math.floor(ppm / (WHOLE_PPM / 100)) / 100);

/** "2.31 of 8 weighted points": the parts of a score, which are kept as weighted parts per million, rounded down. */
export function scoreWords(score: Parts | null | undefined): string | null {
  return score ? `${weighted(score.numerator)} of ${weighted(score.denominator)} weighted points` : null;
}

/** A score, with its parts beneath. */
export function scoreCell(score: ScoreShown | PlannedShown | null | undefined): Cell {
  return { value: score?.percent ?? null, note: scoreWords(score) ?? undefined };
}

/** A column of a score, with its parts beneath. */
export function scoreColumn<Row>(
  heading: string,
  of: (row: Row) => ScoreShown | PlannedShown | null | undefined,
): Column<Row> {
  return {
    heading,
    kind: 'percent',
    cell: (row) => scoreCell(of(row)),
  };
}

/** A column of a value, with its parts beneath. */
export function partsColumn<Row>(
  heading: string,
  of: (row: Row) => Parts | null | undefined,
  more: { href?: (row: Row) => string; note?: (row: Row) => string | null } = {},
): Column<Row> {
  return {
    heading,
    kind: 'percent',
    cell: (row) => {
      const parts = of(row);
      const note = [partsWords(parts), parts && more.note?.(row)].filter(Boolean).join('; ');
      const cell: Cell = { value: percentOf(parts), note: note || undefined };
      return parts && more.href ? { ...cell, href: more.href(row) } : cell;
    },
  };
}

/** A few points behind are no sign yet; from how many on, the thresholds of delivery confidence say. */
const SLIGHT_POINTS = THRESHOLDS.trajectory.from / 10_000;

/** Where a figure stands against what was planned for then (programme manager, question 8). */
export function standingOf(figure: { planned: PlannedShown | null } | null): Tag {
  if (!figure) return { words: 'Nothing reported', colour: 'grey' };
  if (!figure.planned) return { words: 'No trajectory', colour: 'grey' };
  const { variancePoints } = figure.planned;
  if (variancePoints >= 0) return { words: 'On trajectory', colour: 'green' };
  return variancePoints > -SLIGHT_POINTS
    ? { words: 'Slightly behind', colour: 'yellow' }
    : { words: 'Behind', colour: 'red' };
}

/** "3.1 points ahead of plan"; null where there is no plan. */
export function varianceWords(planned: PlannedShown | null | undefined): string | null {
  if (!planned) return null;
  const { variancePoints } = planned;
  if (variancePoints === 0) return 'as planned';
  return `${points(Math.abs(variancePoints)).replace('+', '')} ${variancePoints > 0 ? 'ahead of' : 'behind'} plan`;
}

const OUTCOMES: Record<ExpectedReach['outcome'], string> = {
  reached: 'reached',
  'on-trend': 'in time',
  late: 'later than the target',
  'not-on-this-trend': 'not on this trend',
  'too-few-points': 'too few values for a trend',
};

/** "31 March 2020, in time": when a target will be reached if the past goes on. */
export function expectedWords({ expectedOn, outcome }: ExpectedReach): string {
  const words = OUTCOMES[outcome];
  return expectedOn ? `${day(expectedOn)}, ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Where a fact comes from, in words; `assumed` where no source gives it. */
export interface SourceWords {
  words: string;
  assumed: boolean;
}

/** "NHS England names seven trusts (2017-04)", or "Assumed: a straight line". */
export function sourceWords(sourced: object | null | undefined): SourceWords {
  const { source = null, assumed = null } = (sourced ?? {}) as Partial<Sourced>;
  if (source) {
    const { title, dated } = source;
    return { words: dated ? `${title} (${dated})` : title, assumed: false };
  }
  return { words: `Assumed: ${assumed ?? 'no source is given'}`, assumed: true };
}

const MEASUREMENT_COLOURS: Record<MeasurementState, TagColour> = {
  draft: 'white',
  'self-reported': 'grey',
  challenged: 'yellow',
  validated: 'blue',
  rejected: 'red',
  published: 'green',
  superseded: 'white',
};

/** The state of a measurement, as a tag. */
export const measurementTag = (state: MeasurementState): Tag => ({
  words: words(state),
  colour: MEASUREMENT_COLOURS[state],
});

/** The code and the version of `exemplar-aims/v1`. */
export function refParts(ref: string): { code: string; version: number } {
  const [code = '', version = ''] = ref.split('/v');
  return { code, version: Number(version) };
}

/** Where a target set is shown. */
export function targetSetPath(slug: string, ref: string): string {
  const { code, version } = refParts(ref);
  return `/programmes/${slug}/targets/${code}?version=${version}`;
}
