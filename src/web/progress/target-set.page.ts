import { notFound } from '../../core/problems.js';
import type { ProgrammeTowardPoint, TrustTowardPoint } from '../../progress-reports/toward-target.queries.js';
import type { TowardHistories } from '../../progress-reports/toward-target.reader.js';
import type { MeasureView, TargetSetView } from '../../targets/target.queries.js';
import type { Chart } from '../charts/chart.js';
import { trajectoryChart } from '../charts/trajectory.chart.js';
import { nextAddress } from '../page/address.js';
import { trustFields } from '../page/filter.js';
import { percent, plural, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { partsColumn, percentOf, refParts, scoreColumn, sourceWords, targetSetPath } from './figures.js';
import { towardChart } from './toward.chart.js';

/** More lines than this in one picture cannot be told apart. */
const MOST_LINES = 10;

export interface TargetSetViews {
  programme: { slug: string; name: string };
  /** All versions of the set. */
  versions: readonly TargetSetView[];
  set: TargetSetView;
  histories: TowardHistories;
  /** The trusts that the reader may choose of; more than are chosen from are not all here. */
  choices: ReadonlyArray<{ odsCode: string; name: string }>;
  /** The ODS code of the trust that is looked at; null for all. */
  trust: string | null;
}

/**
 * The version of a target set that an address asks for, among all versions of it; the current one without.
 * @throws Problem 404 where there is none
 */
export function versionAsked(
  sets: readonly TargetSetView[],
  code: string,
  version: unknown,
): { set: TargetSetView; versions: TargetSetView[] } {
  const versions = sets.filter(({ ref }) => refParts(ref).code === code);
  const set =
    version === undefined || version === ''
      ? versions.find(({ current }) => current)
      : versions.find(({ ref }) => String(refParts(ref).version) === version);
  if (!set) throw notFound('target set');
  return { set, versions };
}

function measuresTable({ measures }: TargetSetView): Table {
  return table<MeasureView>({
    id: 'measures',
    caption: 'Measures',
    rows: measures,
    columns: [
      text('Measure', (row) => row.name, { note: (row) => row.question }),
      text('What is counted', (row) => row.numeratorLabel, { note: (row) => `of: ${row.denominatorLabel}` }),
      text('Kind', (row) => words(row.unit), {
        note: (row) =>
          [
            row.direction === 'down' ? 'less is better' : 'more is better',
            row.weight === 1 ? null : `weight ${row.weight}`,
            row.level === 'project' ? 'by project' : null,
          ]
            .filter(Boolean)
            .join('; '),
      }),
      partsColumn('Baseline', (row) => row.baseline, {
        note: (row) => row.baseline && sourceWords(row.baseline.sourced).words,
      }),
      partsColumn('Target', (row) => row.target),
      text('Source', (row) => sourceWords(row.sourced).words),
    ],
    empty: 'This target set has no measures.',
  });
}

function plansTable({ measures }: TargetSetView): Table {
  const rows = measures.flatMap((measure) => measure.trajectory.map((point) => ({ measure, point })));
  return table<(typeof rows)[number]>({
    id: 'planned-values',
    caption: 'Planned values',
    rows,
    columns: [
      text('Measure', ({ measure }) => measure.name),
      text('Period', ({ point }) => point.period),
      date('By', ({ point }) => point.on),
      partsColumn('Planned', ({ point }) => point),
      text('Source', ({ measure }) => sourceWords(measure.trajectorySourced).words),
    ],
    empty: 'No measure of this set has a trajectory, so there is no plan to hold it against.',
  });
}

function programmeTable({ histories }: TargetSetViews): Table {
  return table<ProgrammeTowardPoint>({
    id: 'programme-history',
    caption: 'The programme by period',
    rows: histories.programme,
    columns: [
      text('Period', (row) => row.period, {
        note: (row) => `${row.trustsReported} of ${plural(row.trustsTotal, 'trust')} reported`,
      }),
      date('Ends', (row) => row.endsOn),
      scoreColumn('Planned', (row) => row.planned),
      scoreColumn('Self-reported', (row) => row.selfReported),
      scoreColumn('Validated', (row) => row.validated),
    ],
    empty: 'No return was accepted toward this target set yet, so the programme has no figure.',
  });
}

function trustsTable({ histories, programme: { slug } }: TargetSetViews, next: string | null): Table {
  const { trusts: rows, programme, periods } = histories;
  const cut = periods !== null && programme.length > periods;
  return table<TrustTowardPoint>({
    id: 'trust-histories',
    caption: cut ? `Each trust, the last ${periods} periods` : 'Each trust by period',
    rows,
    next,
    columns: [
      text('Trust', (row) => row.trust.name, {
        href: (row) => `/programmes/${slug}/trusts/${row.trust.odsCode}`,
      }),
      text('Period', (row) => row.period, {
        note: (row) => `${row.measuresReported} of ${plural(row.measuresTotal, 'measure')} reported`,
      }),
      scoreColumn('Planned', (row) => row.planned),
      scoreColumn('Self-reported', (row) => row.selfReported),
      scoreColumn('Validated', (row) => row.validated),
    ],
    empty: 'No trust has an accepted return toward this target set that you may see.',
  });
}

function trustsChart(rows: readonly TrustTowardPoint[], focused: boolean, set: TargetSetView): Chart[] {
  const names = [...new Set(rows.map(({ trust }) => trust.name))];
  const target = targetOf(set);
  if (names.length === 0 || names.length > MOST_LINES) return [];
  if (focused || names.length === 1)
    return [towardChart({ id: 'trusts', title: `${names[0]} toward ${set.name}`, points: rows, target })];
  return [
    trajectoryChart({
      id: 'trusts',
      title: `Each trust toward ${set.name}, as reported by itself`,
      series: names.map((name) => ({
        name,
        kind: 'other',
        points: rows
          .filter(({ trust }) => trust.name === name)
          .map(({ period, endsOn, selfReported }) => ({
            label: period,
            on: endsOn,
            percent: selfReported.percent,
          })),
      })),
      target,
    }),
  ];
}

const targetOf = (set: TargetSetView) => ({
  on: set.targetOn,
  percent: percentOf(set.target) ?? 100,
  name: 'Target',
});

const versionsOf = ({ versions, set, programme }: TargetSetViews) =>
  versions.map(({ ref, current, targetOn }) => ({
    version: refParts(ref).version,
    current,
    targetOn,
    shown: ref === set.ref,
    href: targetSetPath(programme.slug, ref),
  }));

/** A target set: what it asks, and how far the programme and each trust are, in this version alone. */
export function targetSetPage(views: TargetSetViews): Page {
  const { programme, set, histories, trust, versions } = views;
  const { code, version } = refParts(set.ref);
  const { programme: history, trusts } = histories;
  const path = `/programmes/${programme.slug}/targets/${code}`;
  const next = nextAddress(path, { version: String(version) }, histories.next);
  return {
    view: 'progress/target-set.njk',
    title: set.name,
    caption: `${programme.name}, version ${version} of these targets`,
    trail: programmeTrail(programme, { text: 'Targets', href: `/programmes/${programme.slug}/targets` }),
    tables: [measuresTable(set), plansTable(set), programmeTable(views), trustsTable(views, next)],
    charts: [
      ...(history.length === 0
        ? []
        : [
            towardChart({
              id: 'history',
              title: `The programme toward ${set.name}`,
              points: history,
              target: targetOf(set),
            }),
          ]),
      ...trustsChart(trusts, trust !== null, set),
    ],
    model: {
      programme,
      set,
      path,
      source: sourceWords(set.sourced),
      target: percent(percentOf(set.target)),
      illustrative: history.some((point) => point.illustrative),
      successor: set.current ? null : versionsOf(views).find(({ current }) => current),
      versions: versionsOf(views),
      filters: [
        ...trustFields(views.choices, trust),
        ...(versions.length > 1
          ? [
              {
                name: 'version',
                label: 'Version of the targets',
                value: String(version),
                items: versionsOf(views).map((each) => ({
                  value: String(each.version),
                  text: `${each.version}${each.current ? ', in force' : ', superseded'}`,
                })),
              },
            ]
          : []),
      ],
    },
  };
}
