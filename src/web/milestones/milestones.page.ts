import type { DateOn } from '../../core/calendar.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { MilestoneView } from '../../milestones/milestone.queries.js';
import { MILESTONE_STATES, type MilestoneState } from '../../milestones/milestone.rules.js';
import { milestoneNeeds } from '../../milestones/milestone-needs.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { timelineChart } from '../charts/timeline.chart.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { type Column, date, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { againstBaseline, milestoneTag } from './milestone.words.js';

/** What the address of the page may say. */
export interface MilestonesQuery {
  trust?: string;
  state?: string;
  after?: string;
}

export interface MilestonesFilter {
  trust: string | null;
  state: MilestoneState | null;
}

/** More milestones than one trust has; a picture of more would be too tall to read. */
const MOST_DRAWN = 30;

/** What the list is narrowed to; what is no state narrows nothing. */
export function milestonesFilterOf({ trust, state: wanted }: MilestonesQuery): MilestonesFilter {
  return {
    trust: asked(trust),
    state: chosen(wanted, MILESTONE_STATES),
  };
}

const named = (allTrusts: boolean): Column<MilestoneView>[] => [
  text('Milestone', (row) => row.name, {
    href: (row) => `/milestones/${row.id}`,
    note: (row) => row.project.name,
  }),
  ...(allTrusts ? [text<MilestoneView>('Trust', (row) => row.trust.name)] : []),
  state('State', (row) => milestoneTag(row.state)),
];

function needsTable(rows: readonly MilestoneView[], today: DateOn, allTrusts: boolean): Table {
  const needy = rows.flatMap((row) => {
    const needs = milestoneNeeds(row, today);
    return needs.length === 0 ? [] : [{ row, words: needs.map(({ message }) => message).join(' ') }];
  });
  const columns = named(allTrusts).map(({ heading, kind, cell }) => ({
    heading,
    kind,
    cell: ({ row }: (typeof needy)[number]) => cell(row),
  }));
  return table<(typeof needy)[number]>({
    id: 'needs',
    caption: 'Needs a forecast, evidence or a change request',
    rows: needy,
    columns: [
      ...columns,
      date('Forecast', ({ row }) => row.forecastOn),
      text('What it needs', ({ words }) => words),
    ],
    empty: 'None of these milestones needs anything now.',
  });
}

function milestonesTable(
  rows: readonly MilestoneView[],
  next: string | null,
  whole: string,
  allTrusts: boolean,
): Table {
  return table<MilestoneView>({
    id: 'milestones',
    caption: 'Milestones by forecast',
    rows,
    columns: [
      ...named(allTrusts),
      date('Baseline', (row) => row.baselineOn),
      date('Agreed', (row) => row.agreedOn ?? row.baselineOn),
      date('Forecast', (row) => row.forecastOn, { note: (row) => againstBaseline(row.slipDays) }),
      date('Actual', (row) => row.actualOn),
      number('Evidence', (row) => row.evidence),
    ],
    empty: 'No milestone matches. Choose “Show all” to see the whole programme.',
    next,
    whole,
  });
}

function timeline(rows: readonly MilestoneView[], today: DateOn) {
  if (rows.length === 0 || rows.length > MOST_DRAWN) return [];
  return [
    timelineChart({
      id: 'timeline',
      title: 'Milestones over time',
      today,
      rows: rows.map(({ name, baselineOn, forecastOn, actualOn, state: at }) => ({
        label: name,
        baselineOn,
        forecastOn,
        actualOn,
        state: milestoneTag(at).words,
      })),
    }),
  ];
}

/** The milestones of a programme, those that need something first (project lead 6). */
export function milestonesPage(
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'awardees'>,
  { items, next }: ListPage<MilestoneView>,
  filter: MilestonesFilter,
  { allTrusts, today }: { allTrusts: boolean; today: DateOn },
): Page {
  const path = `/programmes/${programme.slug}/milestones`;
  return {
    view: 'milestones/milestones.njk',
    title: 'Milestones',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [
      needsTable(items, today, allTrusts),
      milestonesTable(
        items,
        nextAddress(path, { ...filter }, next),
        addressOf(`/v1${path}`, { ...filter }),
        allTrusts,
      ),
    ],
    charts: timeline(items, today),
    model: {
      programme,
      path,
      tooMany: items.length > MOST_DRAWN && allTrusts,
      filters: [
        ...trustFields(programme.awardees, filter.trust, allTrusts),
        filterField(
          'state',
          'State',
          filter.state,
          choicesOf(MILESTONE_STATES, (at) => milestoneTag(at).words),
        ),
      ],
    },
  };
}
