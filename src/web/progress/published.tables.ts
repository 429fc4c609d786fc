import type { AwardView } from '../../funding/awards/award.queries.js';
import type { Publication } from '../../progress-reports/publication.reader.js';
import type { PublishedShare } from '../../progress-reports/publication.rules.js';
import type { Parts } from '../../targets/progress.rules.js';
import type { PublishedMeasurement } from '../../targets/published.queries.js';
import type { MeasureView, TargetSetView } from '../../targets/target.queries.js';
import { plural } from '../page/format.js';
import { money, number, percentage, type Table, table, text } from '../page/table.js';
import { partsColumn, percentOf, sourceWords } from './figures.js';

/** What each trust was awarded, and where that is known from. */
export function awardsTable({ awards, programme }: Publication): Table {
  const { grantPence, matchPence } = programme.controlTotals;
  return table<AwardView>({
    id: 'awards',
    caption: 'Money awarded, by trust',
    rows: awards,
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

/** A measure with the published values of a period, added up over the trusts that have one. */
export interface AddedUp {
  measure: MeasureView;
  /** Null where nothing of it is published. */
  value: (Parts & { trusts: number }) | null;
}

/** The measures of a set with what is published of a period, added up part by part. */
export function addedUp(
  set: TargetSetView,
  measurements: readonly PublishedMeasurement[],
  period: string,
): AddedUp[] {
  return set.measures.map((measure) => {
    const own = measurements.filter(
      (each) =>
        each.period === period &&
        each.targetSet === set.ref &&
        each.measure.split('/').at(-1) === measure.code,
    );
    const sum = (of: (each: PublishedMeasurement) => number) => own.reduce((all, each) => all + of(each), 0);
    return {
      measure,
      value:
        own.length === 0
          ? null
          : {
              numerator: sum((each) => each.numerator),
              denominator: sum((each) => each.denominator),
              trusts: new Set(own.map((each) => each.trust.odsCode)).size,
            },
    };
  });
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

/** Every published value, one a row. */
export function measurementsTable(rows: readonly PublishedMeasurement[]): Table {
  return table<PublishedMeasurement>({
    id: 'measurements',
    caption: 'Published values',
    rows,
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

/** How much of each period is published, a column for each. */
export function sharesTable(shares: readonly PublishedShare[]): Table {
  const periods = [...new Map(shares.map(({ period, endsOn }) => [period, endsOn])).keys()];
  const trusts = [...new Map(shares.map(({ trust }) => [trust.odsCode, trust])).values()];
  const of = (odsCode: string, period: string): string | null => {
    const found = shares.find((each) => each.trust.odsCode === odsCode && each.period === period);
    return found ? `${found.published} of ${found.measures}` : null;
  };
  return table<(typeof trusts)[number]>({
    id: 'what-is-published',
    caption: 'Measures published, by trust and period',
    rows: trusts,
    columns: [
      text('Trust', (row) => row.name),
      ...periods.map((period) => text<(typeof trusts)[number]>(period, (row) => of(row.odsCode, period))),
    ],
    empty: 'No period of the programme has ended yet.',
  });
}
