import { MEASUREMENT_STATES } from '../../targets/measurement.rules.js';
import type { MeasurementView } from '../../targets/target.queries.js';
import { addressOf, asked } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { count, plural, targetSetName } from '../page/format.js';
import type { Page } from '../page/page.js';
import { state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { measurementTag, partsColumn } from './figures.js';

/** What the address of the list may say. */
export interface MeasurementsQuery {
  trust?: string;
  period?: string;
  state?: string;
  targetSet?: string;
  after?: string;
}

/** What the list is narrowed to; a state that there is not narrows nothing. */
export function measurementFilterOf({ trust, period, state: wanted, targetSet }: MeasurementsQuery) {
  return {
    trust: asked(trust),
    period: asked(period),
    state: chosen(wanted, MEASUREMENT_STATES),
    targetSet: asked(targetSet),
  };
}

export type MeasurementsAsked = ReturnType<typeof measurementFilterOf>;

export interface MeasurementsViews {
  programme: {
    slug: string;
    name: string;
    awardees: ReadonlyArray<{ odsCode: string; name: string }>;
  };
  periods: ReadonlyArray<{ label: string }>;
  targetSets: ReadonlyArray<{ ref: string; name: string }>;
  filter: MeasurementsAsked;
  measurements: readonly MeasurementView[];
  /** The cursor of the next page; null on the last. */
  next: string | null;
  mayPublish: boolean;
}

/** The address of the list, or of what is beneath it, narrowed as it is. */
export function measurementsPath(slug: string, filter: MeasurementsAsked, beneath = ''): string {
  return addressOf(`/programmes/${slug}/measurements${beneath}`, filter);
}

interface MeasurementsTableWords {
  next: string | null;
  empty: string;
  caption: string;
  /** What the target sets are called. */
  targetSets?: ReadonlyArray<{ ref: string; name: string }>;
}

/** Measurements as a table: what was reported beside what was validated. */
export function measurementsTable(
  rows: readonly MeasurementView[],
  { targetSets = [], ...more }: MeasurementsTableWords,
): Table {
  return table<MeasurementView>({
    id: 'measurements',
    ...more,
    rows,
    columns: [
      text('Measure', (row) => row.measure.name, {
        href: (row) => `/measurements/${row.id}`,
        note: (row) => targetSetName(row.measure.targetSet, targetSets),
      }),
      text('Trust', (row) => row.trust.name),
      text('Period', (row) => row.period),
      partsColumn('Self-reported', (row) => row.selfReported),
      partsColumn('Validated', (row) => row.validated),
      state('State', (row) => measurementTag(row.state)),
    ],
  });
}

/** The measurements of a programme. */
export function measurementsPage(views: MeasurementsViews): Page {
  const { programme, periods, targetSets, filter, measurements, next } = views;
  const path = measurementsPath(programme.slug, filter);
  const toPublish = measurements.filter(({ state: now }) => now === 'validated').length;
  return {
    view: 'progress/measurements.njk',
    title: 'Measurements',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      measurementsTable(measurements, {
        targetSets,
        caption: 'Measurements: as reported, and as validated',
        next: next && `${path}${path.includes('?') ? '&' : '?'}after=${next}`,
        empty:
          'No measurement matches that you may see. They stand once a return is accepted. Choose “Show all” to see every one.',
      }),
    ],
    model: {
      programme,
      path: `/programmes/${programme.slug}/measurements`,
      publication:
        views.mayPublish && toPublish > 0
          ? {
              text: `Publish ${plural(toPublish, 'validated measurement')} of this list`,
              href: measurementsPath(programme.slug, { ...filter, state: null }, '/publication'),
            }
          : null,
      shown: count(measurements.length),
      illustrative: measurements.some((each) => each.illustrative),
      filters: [
        ...trustFields(programme.awardees, filter.trust),
        filterField(
          'period',
          'Period',
          filter.period,
          periods.map(({ label }) => label),
        ),
        filterField(
          'targetSet',
          'Target set',
          filter.targetSet,
          targetSets.map(({ ref, name }) => ({ value: ref, text: targetSetName(ref, targetSets) ?? name })),
        ),
        filterField(
          'state',
          'State',
          filter.state,
          choicesOf(MEASUREMENT_STATES.filter((each) => each !== 'draft')),
        ),
      ],
    },
  };
}
