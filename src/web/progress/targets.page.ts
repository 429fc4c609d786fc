import type {
  ProgrammeFigureShown,
  ProgrammeProgressView,
  Toward,
} from '../../progress-reports/programme-progress.types.js';
import type { TrustToward } from '../../progress-reports/toward-target.queries.js';
import type { TargetSetView } from '../../targets/target.queries.js';
import { barsChart } from '../charts/bars.chart.js';
import type { Chart } from '../charts/chart.js';
import { nextAddress } from '../page/address.js';
import type { Page } from '../page/page.js';
import { state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import {
  expectedWords,
  percentOf,
  refParts,
  scoreColumn,
  scoreWords,
  sourceWords,
  standingOf,
  targetSetPath,
  varianceWords,
} from './figures.js';

export interface TargetsViews {
  progress: ProgrammeProgressView;
  targetSets: readonly TargetSetView[];
  /** A page of them. */
  trusts: { items: readonly TrustToward[]; next: string | null };
  /** Whether the reader sees one trust's figures alone. */
  ownTrustOnly: boolean;
}

type ProgrammeToward = Toward<ProgrammeFigureShown>;

const idOf = (ref: string): string => `trusts-${ref.replace('/', '-')}`;

function byTrust({ progress, trusts }: TargetsViews, set: TargetSetView): Table {
  const { slug } = progress.programme;
  return table<TrustToward>({
    id: idOf(set.ref),
    caption: `Each trust toward ${set.name}`,
    rows: trusts.items.filter((row) => row.targetSet === set.ref),
    next: nextAddress(`/programmes/${slug}/targets`, {}, trusts.next),
    columns: [
      text('Trust', (row) => row.trust.name, {
        href: (row) => `/programmes/${slug}/trusts/${row.trust.odsCode}`,
        note: (row) => row.period,
      }),
      state('On trajectory?', (row) => standingOf(row.selfReported), {
        note: (row) => varianceWords(row.selfReported?.planned),
      }),
      scoreColumn('Planned by then', (row) => row.selfReported?.planned),
      scoreColumn('Self-reported', (row) => row.selfReported?.score),
      scoreColumn('Validated', (row) => row.validated?.score),
      text('Expected to reach it', (row) => row.selfReported && expectedWords(row.selfReported.expected)),
    ],
    empty: 'No trust is confirmed as an awardee, so there is nobody to report.',
  });
}

function bySet(figures: readonly ProgrammeToward[], slug: string): Table {
  return table<ProgrammeToward>({
    id: 'programme',
    caption: 'The programme toward its targets',
    rows: figures,
    columns: [
      text('Target set', (row) => row.targetSet?.name ?? 'All target sets together', {
        href: (row) => row.targetSet && targetSetPath(slug, row.targetSet.ref),
      }),
      state('On trajectory?', (row) => standingOf(row.selfReported), {
        note: (row) => varianceWords(row.selfReported?.planned),
      }),
      scoreColumn('Planned by then', (row) => row.selfReported?.planned),
      scoreColumn('Self-reported', (row) => row.selfReported?.score),
      scoreColumn('Validated', (row) => row.validated?.score),
    ],
    empty: 'The programme has no targets. Its definition gives them.',
  });
}

function chartOf(figures: readonly ProgrammeToward[]): Chart[] {
  const reported = figures.filter(({ selfReported }) => selfReported !== null);
  if (reported.length === 0) return [];
  return [
    barsChart({
      id: 'toward-targets',
      title: 'How far the programme is: planned, self-reported and validated',
      unit: 'percent',
      series: [
        { key: 'planned', name: 'Planned by then', fill: 'outline' },
        { key: 'selfReported', name: 'Self-reported', fill: 'hatched' },
        { key: 'validated', name: 'Validated', fill: 'solid' },
      ],
      categories: reported.map(({ targetSet, selfReported, validated }) => ({
        label: targetSet?.name ?? 'All target sets together',
        values: known({
          planned: selfReported?.planned?.percent,
          selfReported: selfReported?.score.percent,
          validated: validated?.score.percent,
        }),
      })),
    }),
  ];
}

const known = (values: Record<string, number | null | undefined>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  );

/** What a section says of a target set, above its table. */
function sectionOf(set: TargetSetView, figures: readonly ProgrammeToward[], slug: string) {
  const figure = figures.find(({ targetSet }) => targetSet?.ref === set.ref);
  const { selfReported = null, validated = null } = figure ?? {};
  return {
    name: set.name,
    href: targetSetPath(slug, set.ref),
    targetOn: set.targetOn,
    target: percentOf(set.target),
    source: sourceWords(set.sourced),
    selfReported: selfReported?.score ?? null,
    selfReportedWords: scoreWords(selfReported?.score),
    validated: validated?.score ?? null,
    validatedWords: scoreWords(validated?.score),
    planned: selfReported?.planned ?? null,
    variance: varianceWords(selfReported?.planned),
    expected: selfReported?.expected.words ?? null,
    table: idOf(set.ref),
  };
}

/** Is each trust on trajectory to each paperless target? (programme manager, question 8) */
export function targetsPage(views: TargetsViews): Page {
  const { progress, targetSets, ownTrustOnly } = views;
  const { programme, period } = progress;
  const current = targetSets.filter((set) => set.current);
  const figures = progress.figures.filter(
    ({ targetSet }) => targetSet === null || current.some(({ ref }) => ref === targetSet.ref),
  );
  return {
    view: 'progress/targets.njk',
    title: 'Targets: is each trust on trajectory?',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [bySet(figures, programme.slug), ...current.map((set) => byTrust(views, set))],
    charts: chartOf(figures),
    model: {
      programme,
      period,
      ownTrustOnly,
      illustrative: figures.some(({ selfReported }) => selfReported?.illustrative),
      sections: current.map((set) => sectionOf(set, figures, programme.slug)),
      superseded: targetSets
        .filter((set) => !set.current)
        .map((set) => ({
          text: `${set.name}, version ${refParts(set.ref).version}`,
          href: targetSetPath(programme.slug, set.ref),
        })),
    },
  };
}
