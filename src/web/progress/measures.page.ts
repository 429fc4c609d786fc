import type {
  ProgrammeProgressView,
  TrustProgressView,
} from '../../progress-reports/programme-progress.types.js';
import type { PeerFigure } from '../../targets/figure-sums.queries.js';
import type { Peers } from '../../targets/peers.reader.js';
import { trajectoryAt } from '../../targets/progress.rules.js';
import type { MeasurementView, MeasureView, TargetSetView } from '../../targets/target.queries.js';
import { barsChart } from '../charts/bars.chart.js';
import type { Chart } from '../charts/chart.js';
import { filterField } from '../page/filter.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import {
  partsColumn,
  partsWords,
  percentOf,
  refParts,
  scoreColumn,
  sourceWords,
  targetSetPath,
} from './figures.js';

export interface MeasuresViews {
  programme: { slug: string; name: string; startsOn: string };
  progress: TrustProgressView;
  programmeProgress: ProgrammeProgressView;
  set: TargetSetView;
  targetSets: readonly TargetSetView[];
  period: { label: string; endsOn: string };
  periods: readonly string[];
  /** The trust's, of the period. */
  measurements: readonly MeasurementView[];
  peers: Peers;
}

interface MeasureRow {
  measure: MeasureView;
  own: MeasurementView | null;
  peers: PeerFigure | null;
  planned: { numerator: number; denominator: number } | null;
  /** The project that reported it; null for a measure of the trust. */
  project: string | null;
}

/** Each measure of a set with what the trust reported; a measure of projects once for each that reported it. */
export function measureRows({ programme, set, measurements, peers, period }: MeasuresViews): MeasureRow[] {
  return set.measures.flatMap((measure) => {
    const own = measurements.filter(
      (each) => each.measure.targetSet === set.ref && each.measure.code.split('/').at(-1) === measure.code,
    );
    const found =
      peers.figures.find((each) => each.targetSet === set.ref && each.measure === measure.code) ?? null;
    // As scores are held against it: from the baseline, on the programme's first day.
    const from =
      measure.baseline && measure.trajectory.length > 0
        ? [{ ...measure.baseline, on: programme.startsOn }]
        : [];
    const planned = trajectoryAt([...from, ...measure.trajectory], period.endsOn);
    return (own.length > 0 ? own : [null]).map((each) => ({
      measure,
      own: each,
      peers: found,
      planned,
      project: each?.measure.code.includes('/') ? (each.measure.code.split('/')[0] ?? null) : null,
    }));
  });
}

function measuresTable(rows: readonly MeasureRow[], { peers, set }: MeasuresViews): Table {
  const others = (row: MeasureRow) => row.peers?.validated ?? null;
  const all = peers.covers === 'all';
  return table<MeasureRow>({
    id: 'measures',
    caption: `Measures of ${set.name}`,
    rows,
    columns: [
      text('Measure', (row) => row.measure.name, {
        note: (row) =>
          [
            row.project,
            `target ${partsWords(row.measure.target)}`,
            row.measure.direction === 'down' ? 'less is better' : null,
          ]
            .filter(Boolean)
            .join('; '),
      }),
      partsColumn('Baseline', (row) => row.measure.baseline, {
        note: (row) =>
          row.measure.baseline && sourceWords(row.measure.baseline.sourced).assumed ? 'assumed' : null,
      }),
      partsColumn('Planned', (row) => row.planned),
      partsColumn('Self-reported', (row) => row.own?.selfReported, {
        href: (row) => `/measurements/${row.own?.id}`,
      }),
      partsColumn('Validated', (row) => row.own?.validated),
      ...(all
        ? [
            partsColumn<MeasureRow>('Others, self-reported', (row) => row.peers?.selfReported, {
              note: (row) => plural(row.peers?.selfReported?.trusts ?? 0, 'trust'),
            }),
          ]
        : []),
      partsColumn(all ? 'Others, validated' : 'Others, published', others, {
        note: (row) => plural(others(row)?.trusts ?? 0, 'trust'),
      }),
    ],
    empty: 'This target set has no measures.',
  });
}

function chartOf(rows: readonly MeasureRow[], { set, peers, period }: MeasuresViews): Chart[] {
  if (rows.length === 0) return [];
  return [
    barsChart({
      id: 'compared',
      title: `${set.name}, ${period.label}: baseline, this trust, and other trusts where they may be seen`,
      unit: 'percent',
      series: [
        { key: 'baseline', name: 'Baseline', fill: 'outline' },
        { key: 'own', name: 'This trust, self-reported', fill: 'hatched' },
        { key: 'validated', name: 'This trust, validated', fill: 'solid' },
        ...(peers.figures.some(({ validated }) => validated !== null)
          ? [
              {
                key: 'others',
                name: peers.covers === 'all' ? 'Other trusts, validated' : 'Other trusts, published',
                fill: 'dotted' as const,
              },
            ]
          : []),
      ],
      categories: rows.map(({ measure, own, peers: other, project }) => ({
        label: project ? `${measure.name} (${project})` : measure.name,
        values: Object.fromEntries(
          Object.entries({
            baseline: percentOf(measure.baseline),
            own: percentOf(own?.selfReported),
            validated: percentOf(own?.validated),
            others: percentOf(other?.validated),
          }).filter((pair): pair is [string, number] => pair[1] !== null),
        ),
      })),
    }),
  ];
}

type Beside = {
  own: TrustProgressView['figures'][number];
  all: ProgrammeProgressView['figures'][number] | null;
};

/** The trust's scores beside the programme's, which are sums of all trusts. */
function scoresTable({ progress, programmeProgress, programme }: MeasuresViews): Table {
  const rows = progress.figures
    .filter(({ selfReported }) => selfReported !== null)
    .map((own) => ({
      own,
      all: programmeProgress.figures.find(({ targetSet }) => targetSet?.ref === own.targetSet?.ref) ?? null,
    }));
  return table<Beside>({
    id: 'scores',
    caption: 'This trust beside the whole programme',
    rows,
    columns: [
      text('Target set', ({ own }) => own.targetSet?.name ?? 'All target sets together', {
        href: ({ own }) => own.targetSet && targetSetPath(programme.slug, own.targetSet.ref),
      }),
      scoreColumn('This trust, self-reported', ({ own }) => own.selfReported?.score),
      scoreColumn('Programme, self-reported', ({ all }) => all?.selfReported?.score),
      scoreColumn('This trust, validated', ({ own }) => own.validated?.score),
      scoreColumn('Programme, validated', ({ all }) => all?.validated?.score),
    ],
    empty: 'This trust has no figure for the period.',
  });
}

/** What is said of the comparison: which figures of others it rests on. */
function coversWords({ peers, period }: MeasuresViews): string {
  if (peers.covers === 'all')
    return `Other trusts are all that reported for ${period.label}, added up part by part.`;
  const latest = peers.publishedPeriods.at(-1);
  if (peers.figures.length > 0)
    return `Other trusts are those with published figures for ${period.label}, added up part by part. What they have not published is not shown.`;
  return latest
    ? `No other trust has published figures for ${period.label}. The latest that are published are of ${latest}. Until then, compare with the programme’s sums below.`
    : 'No other trust has published figures yet. Compare with the programme’s sums below: they are of all trusts together.';
}

/** How do my measures compare with baseline and peers? (project lead, question 8) */
export function measuresPage(views: MeasuresViews): Page {
  const { programme, progress, set, targetSets, period, periods, peers } = views;
  const { trust } = progress;
  const root = `/programmes/${programme.slug}/trusts/${trust.odsCode}`;
  const rows = measureRows(views);
  const latest = peers.publishedPeriods.at(-1);
  return {
    view: 'progress/measures.njk',
    title: 'How the measures compare',
    caption: trust.name,
    trail: programmeTrail(programme, { text: trust.name, href: root }),
    tables: [measuresTable(rows, views), scoresTable(views)],
    charts: chartOf(rows, views),
    model: {
      programme,
      path: `${root}/measures`,
      period,
      covers: coversWords(views),
      publishedLink:
        peers.covers === 'published' && peers.figures.length === 0 && latest
          ? {
              text: `Compare ${latest}`,
              href: `${root}/measures?period=${encodeURIComponent(latest)}&targetSet=${encodeURIComponent(set.ref)}`,
            }
          : null,
      illustrative: views.measurements.some(({ illustrative }) => illustrative),
      filters: [
        {
          name: 'targetSet',
          label: 'Target set',
          value: set.ref,
          items: targetSets.map(({ ref, name, current }) => ({
            value: ref,
            text: current ? name : `${name}, version ${refParts(ref).version}, superseded`,
          })),
        },
        { ...filterField('period', 'Period', period.label, periods), items: periods.map(item) },
      ],
    },
  };
}

const item = (value: string) => ({ value, text: value });
