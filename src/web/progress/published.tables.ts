import { eachPage, type InPages } from '../../core/paging.js';
import type { PublicationPage } from '../../progress-reports/publication.reader.js';
import type { PublishedShare } from '../../progress-reports/publication.rules.js';
import type { Parts } from '../../targets/progress.rules.js';
import type { PublishedMeasurement, PublishedSum } from '../../targets/published.queries.js';
import type { MeasureView, TargetSetView } from '../../targets/target.queries.js';
import { plural } from '../page/format.js';
import { money, number, percentage, type Table, table, text } from '../page/table.js';
import { tablePieces } from '../page/table-file.js';
import { partsColumn, percentOf, sourceWords } from './figures.js';

/** What each trust was awarded, and where that is known from. */
export function awardsTable({ awards, programme }: PublicationPage, next: string | null): Table {
  const { grantPence, matchPence } = programme.controlTotals;
  return table<PublicationPage['awards'][number]>({
    id: 'awards',
    caption: 'Money awarded, by trust',
    rows: awards,
    next,
    columns: [
      text('Trust', (row) => row.trust.name, { note: (row) => row.trust.odsCode }),
      money('Grant', (row) => row.grantPence),
      money('Match by the trust', (row) => row.matchPence),
      text('Source', (row) => sourceWords(row.sourced).words),
    ],
    foot: [{ value: 'In all' }, { value: grantPence }, { value: matchPence }, { value: '' }],
    empty: 'The programme has awarded nothing.',
  });
}

/** A measure with the published values of a period, added up over the trusts that have one, part by part. */
export interface AddedUp {
  measure: MeasureView;
  /** Null where nothing of it is published. */
  value: (Parts & { trusts: number }) | null;
}

/** The measures of a set beside what is published of each. */
export function addedUp(set: TargetSetView, sums: readonly PublishedSum[]): AddedUp[] {
  return set.measures.map((measure) => ({
    measure,
    value: sums.find(({ measureId }) => measureId === measure.id) ?? null,
  }));
}

/** What is published of a set's measures, beside baseline and target. */
export function sumsTable(id: string, set: TargetSetView, rows: readonly AddedUp[], period: string): Table {
  return table<AddedUp>({
    id,
    caption: `${set.name}, ${period}`,
    rows,
    columns: [
      text('Measure', ({ measure }) => measure.name, { note: ({ measure }) => measure.question }),
      partsColumn('Baseline', ({ measure }) => measure.baseline, {
        note: ({ measure }) =>
          measure.baseline && sourceWords(measure.baseline.sourced).assumed ? 'assumed' : null,
      }),
      partsColumn('Published', ({ value }) => value, {
        note: ({ value }) => plural(value?.trusts ?? 0, 'trust'),
      }),
      partsColumn('Target', ({ measure }) => measure.target),
    ],
    empty: 'This target set has no measures.',
  });
}

/** Published values, one a row. */
export function measurementsTable(rows: readonly PublishedMeasurement[], next: string | null): Table {
  return table<PublishedMeasurement>({
    id: 'measurements',
    caption: 'Published values',
    rows,
    next,
    columns: [
      text('Trust', (row) => row.trust.name),
      text('ODS code', (row) => row.trust.odsCode),
      text('Period', (row) => row.period),
      text('Target set', (row) => row.targetSet),
      text('Measure', (row) => row.name, { note: (row) => row.measure }),
      number('Numerator', (row) => row.numerator),
      number('Denominator', (row) => row.denominator),
      percentage('Share', (row) => percentOf(row)),
    ],
    empty: 'Nothing is published of this trust and period. Choose “Show all” to see what is.',
  });
}

/** Published values as CSV, however many pages they come in. */
export const measurementsFile = (pages: InPages<PublishedMeasurement>): AsyncIterable<string> =>
  tablePieces(eachPage(pages, (rows) => measurementsTable(rows, null)));

/** How much of each period is published, a column for each. */
export function sharesTable(shares: readonly PublishedShare[], next: string | null): Table {
  const periods = [...new Map(shares.map(({ period, endsOn }) => [period, endsOn])).keys()];
  const trusts = [...new Map(shares.map(({ trust }) => [trust.odsCode, trust])).values()];
  const byPlace = new Map(shares.map((each) => [`${each.trust.odsCode} ${each.period}`, each]));
  const of = (odsCode: string, period: string): string | null => {
    const found = byPlace.get(`${odsCode} ${period}`);
    return found ? `${found.published} of ${found.measures}` : null;
  };
  return table<(typeof trusts)[number]>({
    id: 'what-is-published',
    caption: 'Measures published, by trust and period',
    rows: trusts,
    next,
    columns: [
      text('Trust', (row) => row.name),
      ...periods.map((period) => text<(typeof trusts)[number]>(period, (row) => of(row.odsCode, period))),
    ],
    empty: 'No period of the programme has ended yet.',
  });
}
