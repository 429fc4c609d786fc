import { formatDate } from '../../core/calendar.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import {
  aimedAt,
  type LeftTime,
  type Party,
  type Spread,
  type StageTime,
} from '../../turnaround/stage.rules.js';
import type {
  LeftStage,
  StageOfTrust,
  StageTurnaround,
  TimedStage,
  Turnaround,
} from '../../turnaround/turnaround.reader.js';
import { barsChart } from '../charts/bars.chart.js';
import { asked, nextAddress } from '../page/address.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Column, date, number, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

const WHO: Record<Party, string> = {
  trust: 'the trust',
  programme: 'the programme',
  finance: 'whoever pays',
};

type Whose = Pick<TimedStage, 'worksOn' | 'waitsOn'>;
type Range = Pick<Turnaround, 'from' | 'to'>;

/** The days that an address asks for. */
export function rangeOf(query: Record<string, unknown>): Partial<Range> {
  const [from, to] = [asked(query.from), asked(query.to)];
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** "Claims: recommended, until it is approved by all". */
export const stageName = ({ process, name }: Pick<TimedStage, 'process' | 'name'>): string =>
  `${process}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** "The programme works on it; while queried it waits on the trust". */
export function whose({ worksOn, waitsOn }: Whose): string {
  const works = worksOn && `${WHO[worksOn]} works on it`;
  const waits = waitsOn && `it waits on ${WHO[waitsOn]}`;
  return capital(works && waits ? `${works}; while it is queried, ${waits}` : (works ?? waits ?? ''));
}

/** What is said of the slowest stage in one line. */
export function slowestWords(slowest: LeftStage | null): string {
  if (slowest === null) return 'Too little went through any stage to say which is the slowest.';
  const { targetDays, ended, medianDays } = slowest;
  const against = targetDays === null ? '' : `, against ${plural(targetDays, 'day')}`;
  return `${stageName(slowest)}. Half of ${ended} took ${plural(medianDays ?? 0, 'day')} or more${against}.`;
}

/** A median, with what nine in ten are within. */
const spread = <Row extends LeftTime>(heading: string, of: (row: Row) => Spread | null): Column<Row> =>
  number(heading, (row) => of(row)?.medianDays ?? null, {
    note: (row) => {
      const ninetieth = of(row)?.ninetiethDays ?? null;
      return ninetieth === null ? null : `nine in ten within ${ninetieth}`;
    },
  });

/** How long what left a stage was worked on and waited, where it ever is and does. */
function leftColumns<Row extends LeftTime>({ worksOn, waitsOn }: Whose): Column<Row>[] {
  return [
    number('Left it', ({ ended }) => ended),
    ...(worksOn ? [spread<Row>('Days working, median', ({ working }) => working)] : []),
    ...(waitsOn ? [spread<Row>('Days waiting, median', ({ waiting }) => waiting)] : []),
    number('Kept to the target', ({ ended, withinTarget }) => (ended === 0 ? null : withinTarget), {
      note: ({ ended, withinTarget }) => (ended === 0 || withinTarget === null ? null : `of ${ended}`),
    }),
  ];
}

/** The same, and what is in it still. */
function timeColumns<Row extends StageTime>(stage: Whose): Column<Row>[] {
  return [
    ...leftColumns<Row>(stage),
    number('In it now', ({ open }) => open, {
      note: ({ longestOpenDays }) =>
        longestOpenDays === null ? null : `longest ${plural(longestOpenDays, 'day')}`,
    }),
  ];
}

const when = ({ from, to }: Range) => ({ from: formatDate(from), to: formatDate(to) });
const narrowed = (path: string, { from, to }: Range) => ({
  path,
  fields: [
    { name: 'from', label: 'Left from, YYYY-MM-DD', value: from, items: null },
    { name: 'to', label: 'Left until, YYYY-MM-DD', value: to, items: null },
  ],
});

/** The median days of each stage that something left, beside its target. */
function chartOf(stages: readonly TimedStage[]) {
  const seen = stages.filter(({ ended }) => ended > 0);
  if (seen.length === 0) return [];
  return [
    barsChart({
      id: 'times',
      title: 'Days in each stage, against its target',
      unit: 'count',
      categories: seen.map((stage) => ({
        label: stageName(stage),
        values: {
          took: aimedAt(stage).medianDays ?? 0,
          ...(stage.targetDays === null ? {} : { target: stage.targetDays }),
        },
      })),
      series: [
        { key: 'took', name: 'Took, median', fill: 'solid' },
        { key: 'target', name: 'Should take', fill: 'hatched' },
      ],
    }),
  ];
}

/** Where time goes, in every stage. */
export function turnaroundPage(
  programme: ProgrammeView,
  { items, slowest, sourced, ...range }: Turnaround,
): Page {
  const path = `/programmes/${programme.slug}/turnaround`;
  return {
    view: 'turnaround/turnaround.njk',
    title: 'Where time goes',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<TimedStage>({
        id: 'stages',
        caption: 'Every stage',
        rows: items,
        columns: [
          text<TimedStage>('Stage', stageName, {
            href: ({ code }) => `${path}/${code}?from=${range.from}&to=${range.to}`,
            note: whose,
          }),
          number('Target, days', ({ targetDays }) => targetDays),
          ...timeColumns<TimedStage>({ worksOn: 'programme', waitsOn: 'trust' }),
        ],
        empty: 'There is no stage.',
      }),
    ],
    charts: chartOf(items),
    model: {
      ...{ programme, sourced, slowest: slowestWords(slowest && { ...slowest, ...aimedAt(slowest) }) },
      ...{ when: when(range), narrowed: narrowed(path, range) },
    },
  };
}

/** Where time goes in one stage. */
export function stagePage(
  programme: ProgrammeView,
  { stage, quarters, items, next, ...range }: StageTurnaround,
): Page {
  const root = `/programmes/${programme.slug}/turnaround`;
  const path = `${root}/${stage.code}`;
  return {
    view: 'turnaround/stage.njk',
    title: stageName(stage),
    caption: programme.name,
    trail: [...programmeTrail(programme), { href: root, text: 'Where time goes' }],
    tables: [
      table<StageOfTrust>({
        id: 'trusts',
        caption: 'By trust',
        rows: items,
        next: nextAddress(path, { from: range.from, to: range.to }, next),
        columns: [
          text<StageOfTrust>('Trust', ({ trust }) => trust.name, { note: ({ trust }) => trust.odsCode }),
          ...timeColumns<StageOfTrust>(stage),
        ],
        foot: [{ value: 'All' }, ...timeColumns<TimedStage>(stage).map(({ cell }) => cell(stage))],
        empty: 'Nothing of a trust is in this stage, or left it in these days.',
      }),
      table<StageTurnaround['quarters'][number]>({
        id: 'quarters',
        caption: 'Over time, by the quarter in which it was left',
        rows: quarters,
        columns: [date('Quarter from', ({ startsOn }) => startsOn), ...leftColumns(stage)],
        empty: 'Nothing left this stage in these days.',
      }),
    ],
    model: {
      ...{ programme, stage, whose: whose(stage) },
      ...{ when: when(range), narrowed: narrowed(path, range) },
    },
  };
}
