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

/**
 * How much is published, by period and trust, of periods that have ended: a trust of which nothing is published
 * is named as well. It is computed from what is public alone, so it says nothing of what was reported.
 * @param asked the awardees, the periods, and how many measures trusts report in all
 */
export function publishedShares(
  asked: {
    trusts: ReadonlyArray<{ odsCode: string; name: string }>;
    periods: ReadonlyArray<{ label: string; endsOn: DateOn }>;
    measures: number;
  },
  published: readonly Published[],
): PublishedShare[] {
  const measured = new Map<string, Set<string>>();
  for (const { trust, period, targetSet, measure } of published) {
    const key = `${trust.odsCode} ${period}`;
    const of = measured.get(key) ?? new Set();
    measured.set(key, of.add(`${targetSet} ${measure.split('/').at(-1)}`));
  }
  return asked.periods.flatMap(({ label, endsOn }) =>
    asked.trusts.map(({ odsCode, name }) => {
      const of = measured.get(`${odsCode} ${label}`);
      return {
        trust: { odsCode, name },
        period: label,
        endsOn,
        published: of?.size ?? 0,
        measures: asked.measures,
      };
    }),
  );
}
