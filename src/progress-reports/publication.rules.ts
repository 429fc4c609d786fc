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
  trust: { odsCode: string; name: string };
  period: string;
  targetSet: string;
  measure: string;
}

/**
 * How much is published, by period and trust, of every period that has ended: a trust of which nothing is published
 * is named as well. It is computed from what is public alone, so it says nothing of what was reported.
 * @param asked the awardees, the periods, and how many measures trusts report in all
 */
export function publishedShares(
  asked: {
    trusts: ReadonlyArray<{ odsCode: string; name: string }>;
    periods: ReadonlyArray<{ label: string; endsOn: DateOn }>;
    measures: number;
    today: DateOn;
  },
  published: readonly Published[],
): PublishedShare[] {
  return asked.periods
    .filter(({ endsOn }) => endsOn < asked.today)
    .flatMap(({ label, endsOn }) =>
      asked.trusts.map((trust) => {
        const own = published.filter((each) => each.period === label && each.trust.odsCode === trust.odsCode);
        const measures = new Set(own.map((each) => `${each.targetSet} ${each.measure.split('/').at(-1)}`));
        return { trust, period: label, endsOn, published: measures.size, measures: asked.measures };
      }),
    );
}
