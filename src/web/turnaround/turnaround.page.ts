import { formatDate } from '../../core/calendar.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import type { Party, StageTime } from '../../turnaround/stage.rules.js';
import type { StageTurnaround, TimedStage, Turnaround } from '../../turnaround/turnaround.reader.js';
import { barsChart } from '../charts/bars.chart.js';
import { asked, nextAddress } from '../page/address.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Column, date, number, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

const ON: Record<Party, string> = {
  trust: 'The trust',
  programme: 'The programme',
  finance: 'Whoever pays',
};

/** The days that an address asks for. */
export function rangeOf(query: Record<string, unknown>): { from?: string; to?: string } {
  const [from, to] = [asked(query.from), asked(query.to)];
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

const days = (figure: number | null): string => (figure === null ? 'no figure' : plural(figure, 'day'));

/** "Claims: recommended, until all have approved it". */
export const stageName = ({ process, name }: Pick<TimedStage, 'process' | 'name'>): string =>
  `${process}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** What is said of the slowest stage in one line. */
export function slowestWords(slowest: TimedStage | null): string {
  if (slowest === null) return 'Too few things went through any stage to say which is the slowest.';
  const { medianDays, targetDays, ended } = slowest;
  const against = targetDays === null ? '' : `, against ${plural(targetDays, 'day')}`;
  return `${stageName(slowest)}, takes ${days(medianDays)} in the median of ${ended}${against}.`;
}

type TrustRow = StageTurnaround['trusts']['items'][number];
type QuarterRow = StageTurnaround['quarters'][number];
type Left = Pick<StageTime, 'ended' | 'medianDays' | 'ninetiethDays' | 'withinTarget'>;

/** How long what left a stage was in it. */
function leftColumns<Row extends Left>(): Column<Row>[] {
  return [
    number('Left it', ({ ended }) => ended),
    number('Median, days', ({ medianDays }) => medianDays),
    number('Nine in ten within, days', ({ ninetiethDays }) => ninetiethDays),
    number('Kept to the target', ({ withinTarget }) => withinTarget, {
      note: ({ ended, withinTarget }) => (withinTarget === null ? null : `of ${ended}`),
    }),
  ];
}

/** The same, and what is in it still. */
function timeColumns<Row extends StageTime>(): Column<Row>[] {
  return [
    ...leftColumns<Row>(),
    number('In it now', ({ open }) => open, {
      note: ({ longestOpenDays }) => (longestOpenDays === null ? null : `longest ${days(longestOpenDays)}`),
    }),
  ];
}

const when = ({ from, to }: { from: string; to: string }) => ({ from: formatDate(from), to: formatDate(to) });
const narrowed = (path: string, { from, to }: { from: string; to: string }) => ({
  path,
  fields: [
    { name: 'from', label: 'Left from, YYYY-MM-DD', value: from, items: null },
    { name: 'to', label: 'Left until, YYYY-MM-DD', value: to, items: null },
  ],
});

/** Where time goes, in every stage. */
export function turnaroundPage(
  programme: ProgrammeView,
  { stages, slowest, sourced, ...range }: Turnaround,
): Page {
  const path = `/programmes/${programme.slug}/turnaround`;
  const seen = stages.filter(({ ended }) => ended > 0);
  return {
    view: 'turnaround/turnaround.njk',
    title: 'Where time goes',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      table<TimedStage>({
        id: 'stages',
        caption: 'Every stage',
        rows: stages,
        columns: [
          text<TimedStage>('Stage', stageName, {
            href: ({ code }) => `${path}/${code}?from=${range.from}&to=${range.to}`,
            note: ({ on, kind }) => `${ON[on]} ${kind === 'working' ? 'works on it' : 'is waited for'}`,
          }),
          number('Target, days', ({ targetDays }) => targetDays),
          ...timeColumns<TimedStage>(),
        ],
        empty: 'There is no stage.',
      }),
    ],
    charts:
      seen.length === 0
        ? []
        : [
            barsChart({
              id: 'times',
              title: 'Days in each stage',
              unit: 'count',
              categories: seen.map((stage) => ({
                label: stageName(stage),
                values: { median: stage.medianDays ?? 0, ninetieth: stage.ninetiethDays ?? 0 },
              })),
              series: [
                { key: 'median', name: 'Median', fill: 'solid' },
                { key: 'ninetieth', name: 'Nine in ten within', fill: 'hatched' },
              ],
            }),
          ],
    model: {
      programme,
      slowest: slowestWords(slowest),
      when: when(range),
      narrowed: narrowed(path, range),
      sourced,
    },
  };
}

/** Where time goes in one stage. */
export function stagePage(
  programme: ProgrammeView,
  { stage, quarters, trusts, ...range }: StageTurnaround,
): Page {
  const root = `/programmes/${programme.slug}/turnaround`;
  const path = `${root}/${stage.code}`;
  return {
    view: 'turnaround/stage.njk',
    title: stageName(stage),
    caption: programme.name,
    trail: [...programmeTrail(programme), { href: root, text: 'Where time goes' }],
    tables: [
      table<TrustRow>({
        id: 'trusts',
        caption: 'By trust',
        rows: trusts.items,
        next: nextAddress(path, { from: range.from, to: range.to }, trusts.next),
        columns: [
          text<TrustRow>('Trust', ({ trust }) => trust.name, { note: ({ trust }) => trust.odsCode }),
          ...timeColumns<TrustRow>(),
        ],
        empty: 'Nothing is in this stage or left it in these days.',
      }),
      table<QuarterRow>({
        id: 'quarters',
        caption: 'Over time, by the quarter in which it was left',
        rows: quarters,
        columns: [date<QuarterRow>('Quarter from', ({ startsOn }) => startsOn), ...leftColumns<QuarterRow>()],
        empty: 'Nothing left this stage in these days.',
      }),
    ],
    model: { programme, stage, on: ON[stage.on], when: when(range), narrowed: narrowed(path, range) },
  };
}
