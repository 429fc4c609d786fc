import type { ConfidenceScale } from '../../programmes/definition.types.js';
import type { ConfidenceShown } from '../../progress-reports/programme-progress.types.js';
import { words } from '../page/format.js';
import { type Column, state, type TagColour } from '../page/table.js';

type Scale = Pick<ConfidenceScale, 'code' | 'name' | 'points'>;

/** From best to worst. */
const COLOURS: readonly TagColour[] = ['green', 'aqua-green', 'yellow', 'orange', 'red'];

/**
 * A rating in the words of its own scale: one of another scale is never mapped to this one (domain.md section 9,
 * rule 10), so it is shown as it was stored, without a colour.
 */
export function ratingOf(
  { scale, rating }: Pick<ConfidenceShown, 'scale' | 'rating'>,
  current: Scale,
): { words: string; colour: TagColour; scale: string } {
  const index = scale === current.code ? current.points.findIndex(({ code }) => code === rating) : -1;
  if (index === -1)
    return { words: words(rating), colour: 'white', scale: scale === current.code ? current.name : scale };
  const last = current.points.length - 1;
  const colour = COLOURS[last === 0 ? 0 : Math.round((index * (COLOURS.length - 1)) / last)] ?? 'white';
  return { words: current.points[index]?.label ?? words(rating), colour, scale: current.name };
}

/** A column of ratings. */
export function ratingColumn<Row>(
  heading: string,
  of: (row: Row) => Pick<ConfidenceShown, 'scale' | 'rating'> | null,
  current: Scale,
): Column<Row> {
  return state(heading, (row) => {
    const rating = of(row);
    return rating ? ratingOf(rating, current) : { words: 'Not said yet', colour: 'white' };
  });
}
