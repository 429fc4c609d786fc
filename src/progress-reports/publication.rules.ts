import type { DateOn } from '../core/calendar.js';

/** How much of what a trust was to measure for a period is published. */
export interface PublishedShare {
  trust: { odsCode: string; name: string };
  period: string;
  endsOn: DateOn;
  /** Measures with a published value, of all measures that trusts report. */
  published: number;
  measures: number;
}

interface Published {
  trust: { odsCode: string };
  period: string;
  targetSet: string;
  measure: string;
}

/** The awardees, the periods, and how many measures trusts report in all. */
interface Asked<Trust> {
  trusts: readonly Trust[];
  periods: ReadonlyArray<{ label: string; endsOn: DateOn }>;
  measures: number;
}

/**
 * How much is published, by period and trust, of periods that have ended: a trust of which nothing is published
 * is named as well. It is computed from what is public alone, so it says nothing of what was reported.
 */
export function publishedShares(
  asked: Asked<{ odsCode: string; name: string }>,
  published: readonly Published[],
): PublishedShare[] {
  const measured = new Map<string, Set<string>>();
  for (const { trust, period, targetSet, measure } of published) {
    const key = `${trust.odsCode} ${period}`;
    const of = measured.get(key) ?? new Set();
    measured.set(key, of.add(`${targetSet} ${measure.split('/').at(-1)}`));
  }
  return sharesOf(asked, ({ odsCode }, period) => measured.get(`${odsCode} ${period}`)?.size ?? 0);
}

/** The same, where it is known of each trust and period how many measures have a published value. */
export function sharesOf<Trust extends { odsCode: string; name: string }>(
  { trusts, periods, measures }: Asked<Trust>,
  published: (trust: Trust, period: string) => number,
): PublishedShare[] {
  return periods.flatMap(({ label, endsOn }) =>
    trusts.map((trust) => ({
      trust: { odsCode: trust.odsCode, name: trust.name },
      period: label,
      endsOn,
      published: published(trust, label),
      measures,
    })),
  );
}
