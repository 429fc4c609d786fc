import type { Publication } from '../../progress-reports/publication.reader.js';
import type { TargetSetView } from '../../targets/target.queries.js';
import { barsChart } from '../charts/bars.chart.js';
import type { Chart } from '../charts/chart.js';
import { asked } from '../page/address.js';
import { filterField } from '../page/filter.js';
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

/** What asks for the values of all periods. */
const ALL_PERIODS = 'all';

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

function awardsChart({ awards }: Publication): Chart[] {
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
function missingWords({ shares }: Publication): string[] {
  const periods = [...new Set(shares.map(({ period }) => period))];
  const of = (period: string) => shares.filter((each) => each.period === period);
  const nothing = periods.filter((period) => of(period).every(({ published }) => published === 0));
  const some = periods.filter((period) => !nothing.includes(period));
  const published = some.flatMap(of).reduce((sum, each) => sum + each.published, 0);
  const measures = some.flatMap(of).reduce((sum, each) => sum + each.measures, 0);
  return [
    ...(nothing.length > 0 ? [`Nothing is published yet of ${listed(nothing)}.`] : []),
    ...(published < measures
      ? [
          `Of ${listed(some)}, ${plural(published, 'value')} of ${measures} are published. The others were not reported, not validated, or are not public yet.`,
        ]
      : []),
  ];
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

function filtersOf({ measurements }: Publication, trust: string | null, period: string) {
  const trusts = new Map(measurements.map((each) => [each.trust.odsCode, each.trust.name]));
  const periods = [...new Set(measurements.map((each) => each.period))].reverse();
  return [
    filterField(
      'trust',
      'Trust',
      trust,
      [...trusts].map(([value, name]) => ({ value, text: name })),
    ),
    {
      name: 'period',
      label: 'Period',
      value: period,
      items: [
        ...periods.map((label) => ({ value: label, text: label })),
        { value: ALL_PERIODS, text: 'All periods' },
      ],
    },
  ];
}

/** What is public of a programme; nothing else is on it. */
export function publishedPage(publication: Publication, query: { trust?: string; period?: string }): Page {
  const { programme, sourced, measurements, targetSets } = publication;
  const latest = measurements.at(-1)?.period ?? '';
  const period = asked(query.period) ?? latest;
  const trust = asked(query.trust);
  const shown = period === ALL_PERIODS ? latest : period;
  const sets = targetSets.filter(({ ref }) =>
    measurements.some((each) => each.targetSet === ref && each.period === shown),
  );
  const sums = sets.map((set) => ({ set, rows: addedUp(set, measurements, shown) }));
  return {
    view: 'progress/published.njk',
    title: programme.name,
    caption: 'Published progress',
    trail: [{ text: 'Published progress', href: '/progress' }],
    tables: [
      awardsTable(publication),
      ...sums.map(({ set, rows }) => sumsTable(idOf(set), set, rows, shown)),
      measurementsTable(
        measurements.filter(
          (each) =>
            (period === ALL_PERIODS || each.period === period) &&
            (trust === null || each.trust.odsCode === trust),
        ),
      ),
      sharesTable(publication.shares),
    ],
    charts: [...awardsChart(publication), ...sums.map(({ set, rows }) => sumsChart(set, rows, shown))],
    model: {
      programme,
      source: sourceWords(sourced.sourced),
      totalsSource: sourceWords(sourced.controlTotals.sourced),
      path: `/progress/${programme.slug}`,
      period: shown,
      listed: trust !== null,
      illustrative: measurements.some((each) => each.illustrative),
      missing: missingWords(publication),
      sections: sets.map((set) => ({
        id: idOf(set),
        name: set.name,
        version: refParts(set.ref).version,
        superseded: !set.current,
        description: set.description,
        target: percent(percentOf(set.target)),
        targetOn: set.targetOn,
        source: sourceWords(set.sourced),
      })),
      filters: filtersOf(publication, trust, period),
    },
  };
}
