import type { ConfidenceScale } from '../../programmes/definition.types.js';
import type { ProgressReportState } from '../../progress-reports/progress-report.rules.js';
import { count, words } from '../page/format.js';
import type { TagColour } from '../page/table.js';

/** More rows than a page of a programme shows. */
export const ALL = 1_000;

/** Said below a table whose list was cut at `ALL`. */
export const cutAt = (next: string | null): string | null =>
  next === null ? null : `Only the first ${count(ALL)} are shown here. The API gives all of them.`;

const ONE_DECIMAL = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
/** A weighted part per million is a millionth of a measure's weight. */
const weightOf = (parts: number): string => ONE_DECIMAL.format(Math.floor(parts / 100_000) / 10);

/** "126.7 of 252": the parts of a score in weighted points, which stand beside its percentage. */
export function weighted({ numerator, denominator }: { numerator: number; denominator: number }): string {
  return `${weightOf(numerator)} of ${weightOf(denominator)}`;
}

/** A state in words with the colour of its tag. */
export interface Tagged {
  words: string;
  colour: TagColour;
}

/** The scale of a programme, as far as words need it. */
export type ScaleShown = Pick<ConfidenceScale, 'code' | 'name' | 'points'>;

const COLOURS: readonly TagColour[] = ['green', 'aqua-green', 'yellow', 'orange', 'red'];

/** A rating as a tag: with its scale's name where that is not the programme's own. */
export function ratingTag(given: { scale: string; rating: string }, { code, points }: ScaleShown): Tagged {
  const place = points.findIndex((point) => point.code === given.rating);
  if (given.scale !== code || place < 0)
    return { words: `${words(given.rating)} (${given.scale})`, colour: 'grey' };
  const last = COLOURS.length - 1;
  const colour = COLOURS[points.length > 1 ? Math.round((place * last) / (points.length - 1)) : 0];
  return { words: points[place]?.label ?? words(given.rating), colour: colour ?? 'grey' };
}

const RETURN_COLOURS: Record<ProgressReportState, TagColour> = {
  'not-due': 'white',
  open: 'white',
  draft: 'grey',
  'trust-certified': 'grey',
  submitted: 'blue',
  queried: 'orange',
  resubmitted: 'blue',
  accepted: 'green',
  locked: 'green',
};

/** The state of a return as a tag; overdue goes before all. */
export function returnTag({ state, overdue }: { state: ProgressReportState; overdue: boolean }): Tagged {
  return overdue
    ? { words: 'Overdue', colour: 'red' }
    : { words: words(state), colour: RETURN_COLOURS[state] };
}

/** "A, B and C". */
export function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  if (last === undefined) return '';
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** "is" or "are". */
export const be = (number: number): string => (number === 1 ? 'is' : 'are');
