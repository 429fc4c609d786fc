import type { DateOn } from '../core/calendar.js';

/** Delivery confidence as an accepted return of a period gave it, with its scale. */
export interface Rating {
  /** The label. */
  period: string;
  endsOn: DateOn;
  scale: string;
  rating: string;
  reason: string | null;
  illustrative: boolean;
}

/** How a rating compares with the one before it. */
export type RatingChange =
  | 'worse'
  | 'better'
  | 'same'
  /** There is none before it. */
  | 'first'
  /** They are of two scales, or of one whose order is not known: never compared (domain.md section 9, rule 10). */
  | 'not-compared';

/** A trust's latest rating beside the one before it. */
export interface LatestRating {
  now: Rating;
  before: Rating | null;
  change: RatingChange;
}

/** A scale: its code, and its points from best to worst. */
export interface Scale {
  code: string;
  points: ReadonlyArray<{ code: string }>;
}

/** How a rating compares with another of the same scale. */
export function ratingChange(
  before: Pick<Rating, 'scale' | 'rating'> | null,
  now: Pick<Rating, 'scale' | 'rating'>,
  { code, points }: Scale,
): RatingChange {
  if (!before) return 'first';
  if (before.scale !== now.scale) return 'not-compared';
  if (before.rating === now.rating) return 'same';
  const place = (rating: string): number => points.findIndex((point) => point.code === rating);
  const [from, to] = [place(before.rating), place(now.rating)];
  if (now.scale !== code || from < 0 || to < 0) return 'not-compared';
  return to > from ? 'worse' : 'better';
}

/**
 * The latest of a trust's ratings beside the one before it (domain.md section 11, programme manager 5).
 * @param ratings in order of time
 * @returns null where it has none
 */
export function latestRating(ratings: readonly Rating[], scale: Scale): LatestRating | null {
  const [now, before = null] = [ratings.at(-1), ratings.at(-2)];
  return now ? { now, before, change: ratingChange(before, now, scale) } : null;
}
