import type { MeasurementContext } from '../../targets/measurement-context.queries.js';
import type { MeasurementView } from '../../targets/target.queries.js';
import { trajectoryChart } from '../charts/trajectory.chart.js';
import { instant } from '../page/format.js';
import type { Page } from '../page/page.js';
import { stepPage } from '../page/step.js';
import { date, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { measurementTag, partsColumn, partsWords, percentOf, targetSetPath } from './figures.js';
import { MEASUREMENT_STEPS, type MeasurementStep } from './measurement.steps.js';

export interface MeasurementViews {
  measurement: MeasurementView;
  context: MeasurementContext;
}

type Moment = MeasurementContext['series'][number];

function seriesTable({ measurement, context }: MeasurementViews): Table {
  return table<Moment>({
    id: 'series',
    caption: 'This measure over time',
    rows: context.series,
    columns: [
      text('Period', (row) => row.period, {
        href: (row) => (row.id === measurement.id ? null : `/measurements/${row.id}`),
        note: (row) => (row.id === measurement.id ? 'this one' : null),
      }),
      date('Ends', (row) => row.endsOn),
      partsColumn('Self-reported', (row) => row.selfReported),
      partsColumn('Validated', (row) => row.validated),
      state('State', (row) => measurementTag(row.state)),
    ],
    empty: 'There is no measurement.',
  });
}

/** Percentages of a chart go from 0 to 100; a count beyond its target is drawn at 100. */
const drawn = (parts: Parameters<typeof percentOf>[0]): number | null => {
  const value = percentOf(parts);
  return value === null ? null : Math.min(100, value);
};

function chartOf({ measurement, context }: MeasurementViews) {
  const standing = context.series.filter(({ state: now }) => now !== 'superseded' && now !== 'rejected');
  if (standing.length === 0) return [];
  const line = (of: (row: Moment) => Parameters<typeof percentOf>[0]) =>
    standing.map((row) => ({ label: row.period, on: row.endsOn, percent: drawn(of(row)) }));
  return [
    trajectoryChart({
      id: 'over-time',
      title: `${measurement.measure.name}, by period`,
      series: [
        { name: 'Self-reported', kind: 'self-reported', points: line((row) => row.selfReported) },
        { name: 'Validated', kind: 'validated', points: line((row) => row.validated) },
      ],
    }),
  ];
}

const trailOf = ({ measurement, context }: MeasurementViews) => {
  const root = `/programmes/${context.programme.slug}`;
  return programmeTrail(
    context.programme,
    { text: measurement.trust.name, href: `${root}/trusts/${measurement.trust.odsCode}` },
    { text: 'Measurements', href: `${root}/measurements?trust=${measurement.trust.odsCode}` },
  );
};

/** A measurement: what was reported, what was validated, and what may be done with it. */
export function measurementPage(views: MeasurementViews, open: readonly MeasurementStep[]): Page {
  const { measurement, context } = views;
  const { measure } = context;
  return {
    view: 'progress/measurement.njk',
    title: measurement.measure.name,
    caption: `${measurement.trust.name}, ${measurement.period}`,
    trail: trailOf(views),
    tables: [seriesTable(views)],
    charts: chartOf(views),
    model: {
      measurement,
      context,
      measure,
      targetSet: {
        name: measure.targetSet.name,
        href: targetSetPath(context.programme.slug, measure.targetSet.ref),
      },
      state: measurementTag(measurement.state),
      reported: saidOf(measurement.selfReported),
      validated: measurement.validated && saidOf(measurement.validated),
      said: measurement.validated ? null : context.validationNote,
      steps: open.map((name) => ({
        text: MEASUREMENT_STEPS[name].step(measurement).title,
        href: `/measurements/${measurement.id}/steps/${name}`,
      })),
    },
  };
}

const saidOf = (value: MeasurementView['selfReported']) => ({
  parts: partsWords(value),
  percent: percentOf(value),
  note: value.note,
  by: value.by,
  at: instant(value.at),
});

/** The page of a step of a measurement. */
export function measurementStepPage(views: MeasurementViews, name: MeasurementStep): Page {
  const { measurement, context } = views;
  const path = `/measurements/${measurement.id}`;
  const reported = partsWords(measurement.selfReported) ?? '';
  return stepPage(MEASUREMENT_STEPS[name].step(measurement), {
    action: `${path}/steps/${name}`,
    caption: `${measurement.measure.name}, ${measurement.trust.name}, ${measurement.period}`,
    revision: measurement.revision,
    trail: [...trailOf(views), { text: measurement.measure.name, href: path }],
    facts: [
      { label: 'What is asked', value: context.measure.question },
      { label: 'Numerator', value: context.measure.numeratorLabel },
      { label: 'Denominator', value: context.measure.denominatorLabel },
      { label: 'Self-reported', value: reported },
      ...(measurement.validated
        ? [{ label: 'Validated', value: partsWords(measurement.validated) ?? '' }]
        : []),
      ...(measurement.selfReported.note
        ? [{ label: 'What the trust said', value: measurement.selfReported.note }]
        : []),
      ...(context.validationNote && !measurement.validated
        ? [{ label: 'What was questioned', value: context.validationNote }]
        : []),
    ],
    back: path,
  });
}
