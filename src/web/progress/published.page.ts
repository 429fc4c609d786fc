import {
  ALL_PERIODS,
  type PublicationPage,
  type PublicationQuery,
} from '../../progress-reports/publication.reader.js';
import type { TargetSetView } from '../../targets/target.queries.js';
import { barsChart } from '../charts/bars.chart.js';
import type { Chart } from '../charts/chart.js';
import { asked, nextAddress } from '../page/address.js';
import { trustFields } from '../page/filter.js';
import { percent, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { percentOf, refParts, sourceWords } from './figures.js';
import {
  type AddedUp,
  addedUp,
  awardsTable,
  measurementsTable,
  sharesTable,
  sumsTable,
} from './published.tables.js';

/** What the address of the page may say; `after` goes by trusts, `values` by values. */
export type PublishedQuery = Partial<Record<'trust' | 'period' | 'after' | 'values', string>>;

/** What is asked to be seen. */
export function publicationAsked({ trust, period, after, values }: PublishedQuery): PublicationQuery {
  return {
    ...{ trust: asked(trust), period: asked(period) },
    ...{ trusts: asked(after) ?? undefined, values: asked(values) ?? undefined },
  };
}

const idOf = ({ ref }: TargetSetView): string => `set-${ref.replace('/', '-')}`;

const known = (values: Record<string, number | null>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter((pair): pair is [string, number] => pair[1] !== null));

function sumsChart(set: TargetSetView, rows: readonly AddedUp[], period: string): Chart {
  return barsChart({
    id: `chart-${idOf(set)}`,
    title: `${set.name}: baseline, and what is published of ${period}`,
    unit: 'percent',
    series: [
      { key: 'baseline', name: 'Baseline', fill: 'outline' },
      { key: 'published', name: `Published, ${period}`, fill: 'solid' },
    ],
    categories: rows.map(({ measure, value }) => ({
      label: measure.name,
      values: known({ baseline: percentOf(measure.baseline), published: percentOf(value) }),
    })),
  });
}

function awardsChart({ awards }: PublicationPage): Chart[] {
  // Where all are the same, a picture says nothing.
  const amounts = new Set(awards.map(({ grantPence, matchPence }) => `${grantPence} ${matchPence}`));
  if (amounts.size < 2) return [];
  return [
    barsChart({
      id: 'money',
      title: 'Grant awarded and match by each trust',
      unit: 'money',
      series: [
        { key: 'grant', name: 'Grant', fill: 'solid' },
        { key: 'match', name: 'Match', fill: 'hatched' },
      ],
      categories: awards.map(({ trust, grantPence, matchPence }) => ({
        label: trust.name,
        values: { grant: grantPence, match: matchPence },
      })),
    }),
  ];
}

/** What of the periods that have ended is not public, in words. */
function missingWords({ counts }: PublicationPage): string[] {
  const nothing = counts.filter(({ published }) => published === 0).map(({ period }) => period);
  const some = counts.filter(({ published }) => published > 0);
  const published = some.reduce((sum, each) => sum + each.published, 0);
  const measures = some.reduce((sum, each) => sum + each.measures, 0);
  return [
    ...(nothing.length > 0 ? [`Nothing is published yet of ${listed(nothing)}.`] : []),
    ...(published < measures
      ? [
          `Of ${listed(some.map(({ period }) => period))}, ${plural(published, 'value')} of ${measures} are published. The others were not reported, not validated, or are not public yet.`,
        ]
      : []),
  ];
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

function filtersOf({ periods, choices }: PublicationPage, trust: string | null, period: string) {
  return [
    ...trustFields(choices, trust),
    {
      name: 'period',
      label: 'Period',
      value: period,
      items: [
        ...[...periods].reverse().map((label) => ({ value: label, text: label })),
        { value: ALL_PERIODS, text: 'All periods' },
      ],
    },
  ];
}

/** The tables of a publication, and the addresses that they go on at. */
function tablesOf(publication: PublicationPage, { trust, period, trusts, values }: PublicationQuery) {
  const path = `/progress/${publication.programme.slug}`;
  const said = { trust, period };
  const nextTrusts = nextAddress(path, { ...said, values: values ?? null }, publication.nextTrusts);
  const { items, next } = publication.values;
  // What is left of these trusts' values, and then those of the next ones.
  const rest = nextAddress(path, { ...said, after: trusts ?? null }, next, 'values');
  const nextValues = rest ?? (trust === null ? nextAddress(path, said, publication.nextTrusts) : null);
  return {
    awards: awardsTable(publication, nextTrusts),
    measurements: measurementsTable(items, nextValues),
    shares: sharesTable(publication.shares, nextTrusts),
  };
}

/** What is public of a programme; nothing else is on it. */
export function publishedPage(publication: PublicationPage, query: PublicationQuery): Page {
  const { programme, sourced, sums: found, targetSets, period: shown } = publication;
  const { trust } = query;
  const sums = targetSets
    .map((set) => ({ set, rows: addedUp(set, found) }))
    .filter(({ rows }) => rows.some(({ value }) => value !== null));
  const { awards, measurements, shares } = tablesOf(publication, query);
  return {
    view: 'progress/published.njk',
    title: programme.name,
    caption: 'Published progress',
    trail: [{ text: 'Published progress', href: '/progress' }],
    tables: [
      awards,
      ...sums.map(({ set, rows }) => sumsTable(idOf(set), set, rows, shown)),
      measurements,
      shares,
    ],
    charts: [...awardsChart(publication), ...sums.map(({ set, rows }) => sumsChart(set, rows, shown))],
    model: {
      programme,
      source: sourceWords(sourced.sourced),
      totalsSource: sourceWords(sourced.controlTotals.sourced),
      path: `/progress/${programme.slug}`,
      period: shown,
      listed: trust !== null || query.values !== undefined,
      listedTrusts: query.trusts !== undefined,
      illustrative: publication.illustrative,
      missing: missingWords(publication),
      sections: sums.map(({ set }) => ({
        id: idOf(set),
        name: set.name,
        version: refParts(set.ref).version,
        superseded: !set.current,
        description: set.description,
        target: percent(percentOf(set.target)),
        targetOn: set.targetOn,
        source: sourceWords(set.sourced),
      })),
      filters: filtersOf(publication, trust, query.period ?? shown),
    },
  };
}
