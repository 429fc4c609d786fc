import type { ProgrammeView } from '../../programmes/programme.queries.js';
import type { StandingReturn, TrustRatings } from '../../progress-reports/delivery.queries.js';
import type { WorsenedPage } from '../../progress-reports/delivery.reader.js';
import {
  type LatestRating,
  latestRating,
  type Rating,
  type RatingChange,
} from '../../progress-reports/delivery.rules.js';
import { nextAddress } from '../page/address.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Cell, type Column, state, type Table, type Tag, table, text } from '../page/table.js';
import { ratingTag, type ScaleShown } from '../progress/confidence.words.js';
import { dueTag } from '../returns/return.words.js';
import { programmeTrail } from './programme.trail.js';
import { listed } from './programme.words.js';

/** Periods beside each other in the table of the past. */
const PERIODS = 8;

/** What the page of delivery confidence is made of. */
export interface ConfidenceViews {
  /** How it stands over all trusts, and a page of those where it is worse. */
  worsened: Omit<WorsenedPage, 'items'>;
  /** Of that page. */
  worse: readonly TrustRatings[];
  /** Of a page of all trusts, and its cursor; null on the last. */
  ratings: readonly TrustRatings[];
  next: string | null;
  /** Their latest returns. */
  returns: readonly StandingReturn[];
  /** Whether the reader sees one trust alone. */
  own: boolean;
  /** The cursors that this page was asked with. */
  query: ConfidenceQuery;
}

/** What the address may say: `after` goes by trusts, `worse` by those where it is worse. */
export type ConfidenceQuery = Partial<Record<'after' | 'worse', string>>;

interface Rated {
  trust: TrustRatings['trust'];
  latest: LatestRating | null;
  /** Its latest return, where one is sent and not accepted. */
  sent: StandingReturn | null;
}

const CHANGES: Record<RatingChange, Tag> = {
  worse: { words: 'Worse', colour: 'red' },
  better: { words: 'Better', colour: 'green' },
  same: { words: 'Same', colour: 'white' },
  first: { words: 'First rating', colour: 'white' },
  'not-compared': { words: 'Another scale: not compared', colour: 'grey' },
};

const NONE: Tag = { words: 'Not rated yet', colour: 'white' };

const sentStates: readonly string[] = ['submitted', 'queried', 'resubmitted'];

function ratedOf(
  ratings: readonly TrustRatings[],
  returns: readonly StandingReturn[],
  scale: ScaleShown,
): Rated[] {
  return ratings.map(({ trust, ratings: of }) => ({
    trust,
    latest: latestRating(of, scale),
    sent:
      returns.find((each) => each.trust.odsCode === trust.odsCode && sentStates.includes(each.state)) ?? null,
  }));
}

function worsenedTable(
  { worse: ratings, worsened }: ConfidenceViews,
  scale: ScaleShown,
  next: string | null,
): Table {
  const worse = ratings.flatMap(({ trust, ratings: of }) => {
    const latest = latestRating(of, scale);
    return latest?.before && latest.change === 'worse'
      ? [{ trust, now: latest.now, before: latest.before }]
      : [];
  });
  return table<(typeof worse)[number]>({
    id: 'worsened',
    caption: 'Worse than before',
    rows: worse,
    next,
    columns: [
      text('Trust', ({ trust }) => trust.name),
      state('Before', ({ before }) => ratingTag(before, scale), { note: ({ before }) => before.period }),
      state('Now', ({ now }) => ratingTag(now, scale), { note: ({ now }) => now.period }),
      text('Why', ({ now }) => now.reason ?? 'The return gives no reason.'),
    ],
    empty:
      worsened.rated > 0
        ? 'No rating is worse than the one before it.'
        : 'No return with a rating is accepted yet.',
  });
}

const saidColumn = (scale: ScaleShown): Column<Rated> => ({
  heading: 'Sent, not accepted yet',
  kind: 'text',
  cell: ({ sent }): Cell => {
    if (!sent?.confidence) return { value: null };
    const { words, colour } = ratingTag(sent.confidence, scale);
    return {
      value: words,
      tag: colour,
      note: `${sent.period}, ${dueTag(sent).words.toLowerCase()}${sent.confidence.reason ? `: ${sent.confidence.reason}` : ''}`,
    };
  },
});

function latestTable(rated: readonly Rated[], scale: ScaleShown, slug: string, next: string | null): Table {
  return table<Rated>({
    id: 'latest',
    caption: 'Latest ratings',
    rows: rated,
    next,
    columns: [
      text('Trust', ({ trust }) => trust.name, {
        href: ({ trust }) => `/programmes/${slug}/trusts/${trust.odsCode}`,
      }),
      state('Rating', ({ latest }) => (latest ? ratingTag(latest.now, scale) : NONE), {
        note: ({ latest }) => latest?.now.period ?? null,
      }),
      {
        heading: 'Since the one before',
        kind: 'text',
        cell: ({ latest }): Cell => {
          if (!latest) return { value: null };
          const { words, colour } = CHANGES[latest.change];
          return {
            value: words,
            tag: colour,
            note: latest.before ? `against ${latest.before.period}` : undefined,
          };
        },
      },
      text('Why', ({ latest }) => latest?.now.reason ?? null),
      saidColumn(scale),
    ],
    empty: 'No trust takes part yet.',
  });
}

function historyTable(ratings: readonly TrustRatings[], scale: ScaleShown, next: string | null): Table {
  const periods = new Map(
    ratings.flatMap(({ ratings: of }) => of.map(({ period, endsOn }): [string, string] => [endsOn, period])),
  );
  const shown = [...periods].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-PERIODS);
  return table<TrustRatings>({
    id: 'history',
    caption: periods.size > PERIODS ? `Ratings of the last ${PERIODS} periods` : 'Ratings by period',
    rows: periods.size === 0 ? [] : ratings,
    next,
    columns: [
      text('Trust', ({ trust }) => trust.name),
      ...shown.map(
        ([, period]): Column<TrustRatings> => ({
          heading: period,
          kind: 'text',
          cell: ({ ratings: of }): Cell => {
            const found = of.find((rating: Rating) => rating.period === period);
            if (!found) return { value: null };
            const { words, colour } = ratingTag(found, scale);
            return { value: words, tag: colour };
          },
        }),
      ),
    ],
    empty: 'No return with a rating is accepted yet, so there is no past to show.',
  });
}

/** The page of question 5: whose delivery confidence worsened, and why. */
export function confidencePage(programme: ProgrammeView, views: ConfidenceViews): Page {
  const { worsened, ratings, returns, own, query } = views;
  const { rated: given, worse } = worsened;
  const scale = programme.terms.confidenceScale;
  const path = `/programmes/${programme.slug}/confidence`;
  const next = nextAddress(path, { worse: query.worse }, views.next);
  const nextWorse = nextAddress(path, { after: query.after }, worsened.next, 'worse');
  const scales = new Set(ratings.flatMap(({ ratings: of }) => of.map((rating) => rating.scale)));
  const { source, assumed } = scale.sourced;
  return {
    view: 'programme/confidence.njk',
    title: 'Delivery confidence: whose worsened',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      worsenedTable(views, scale, nextWorse),
      latestTable(ratedOf(ratings, returns, scale), scale, programme.slug, next),
      historyTable(ratings, scale, next),
    ],
    model: {
      programme,
      summary: own
        ? `Your trust’s rating ${worse > 0 ? 'is worse than' : 'is not worse than'} the one before it.`
        : `${worse} of ${plural(given, 'rating')} ${worse === 1 ? 'is' : 'are'} worse than the one before.`,
      rated: given > 0,
      scale: `${scale.name}: ${listed(scale.points.map(({ label }) => label))}, from best to worst.`,
      scaleFrom: source ? `${source.title}, ${source.reference}.` : `Assumed: ${assumed}.`,
      manyScales: scales.size > 1,
    },
  };
}
