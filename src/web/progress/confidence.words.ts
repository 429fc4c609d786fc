import type { ConfidenceScale } from '../../programmes/definition.types.js';
import type { ConfidenceShown } from '../../progress-reports/programme-progress.types.js';
import { words } from '../page/format.js';
import { type Column, state, type Tag, type TagColour } from '../page/table.js';

/** The scale of a programme, as far as words need it. */
export type ScaleShown = Pick<ConfidenceScale, 'code' | 'name' | 'points'>;

type Given = Pick<ConfidenceShown, 'scale' | 'rating'>;

/** From best to worst. */
const COLOURS: readonly TagColour[] = ['green', 'aqua-green', 'yellow', 'orange', 'red'];

/**
 * A rating as a tag, in the words of its own scale: one of another scale is never mapped to this one (domain.md
 * section 9, rule 10), so it is shown as it was stored, without a colour of its own and with the code of its scale.
 */
export function ratingTag({ scale, rating }: Given, { code, points }: ScaleShown): Tag {
  const place = scale === code ? points.findIndex((point) => point.code === rating) : -1;
  if (place < 0) return { words: `${words(rating)} (${scale})`, colour: 'grey' };
  const last = COLOURS.length - 1;
  const colour = COLOURS[points.length > 1 ? Math.round((place * last) / (points.length - 1)) : 0];
  return { words: points[place]?.label ?? words(rating), colour: colour ?? 'grey' };
}

/** The name of a rating's scale; its code where it is not the programme's. */
export const scaleWords = ({ scale }: Given, { code, name }: ScaleShown): string =>
  scale === code ? name : scale;

/** A column of ratings. */
export function ratingColumn<Row>(
  heading: string,
  of: (row: Row) => Given | null,
  current: ScaleShown,
): Column<Row> {
  return state(heading, (row) => {
    const rating = of(row);
    return rating ? ratingTag(rating, current) : { words: 'Not said yet', colour: 'white' };
  });
}
