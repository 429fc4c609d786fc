import {
  CHANGE_REQUEST_STATES,
  type ChangeRequestState,
} from '../../change-requests/change-request.rules.js';
import type { ChangeRequestRow } from '../../change-requests/change-requests.reader.js';
import { londonDay } from '../../core/calendar.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { day, plural, pounds, shortPounds, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { money, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { changeTag, slipWords } from './change.words.js';

/** What the address of the page may say. */
export interface ChangesQuery {
  state?: string;
  trust?: string;
  after?: string;
}

export interface ChangesFilter {
  /** `pending`: submitted, and not at their end; null: all. */
  state: 'pending' | ChangeRequestState | null;
  trust: string | null;
}

/** What the list is narrowed to: to pending changes where the address does not say. */
export function changesFilterOf({ state: wanted, trust }: ChangesQuery): ChangesFilter {
  return {
    state: wanted === undefined ? 'pending' : chosen(wanted, ['pending', ...CHANGE_REQUEST_STATES] as const),
    trust: asked(trust),
  };
}

function benefitOf({ effect }: ChangeRequestRow): string | null {
  if (!effect) return null;
  const { targetSets, late } = effect.benefit;
  if (targetSets === 0) return 'No target touched';
  return late === 0
    ? `${plural(targetSets, 'target')} touched, still in time`
    : `${late} of ${plural(targetSets, 'target')} touched no longer in time`;
}

function dateOf({ effect }: ChangeRequestRow): string | null {
  if (!effect) return null;
  return effect.date.slipDays === null ? 'No date moves' : slipWords(effect.date.slipDays);
}

function changesTable(
  rows: readonly ChangeRequestRow[],
  filter: ChangesFilter,
  next: string | null,
  whole: string,
): Table {
  return table<ChangeRequestRow>({
    id: 'changes',
    caption: filter.state === 'pending' ? 'Pending changes' : 'Changes',
    rows,
    columns: [
      text('Change', (row) => row.reference, {
        href: (row) => `/changes/${row.id}`,
        note: (row) => row.title,
      }),
      text('Trust', (row) => row.trust.name, {
        note: (row) => `${row.agreement.reference}: ${words(row.kind).toLowerCase()}`,
      }),
      state('State', (row) => changeTag(row.state), {
        note: (row) => `since ${day(londonDay(new Date(row.since)))}`,
      }),
      text('With', (row) => row.heldBy && (row.heldBy.person?.name ?? 'Funder'), {
        note: (row) => row.heldBy?.todo ?? null,
      }),
      money('Grant moved', (row) => row.effect?.cost.grantMovedPence ?? null, {
        note: (row) =>
          row.effect && row.effect.cost.matchMovedPence > 0
            ? `and ${pounds(row.effect.cost.matchMovedPence)} of match`
            : null,
      }),
      text('Dates', dateOf, {
        note: (row) =>
          row.effect && row.effect.date.milestones > 0
            ? plural(row.effect.date.milestones, 'milestone')
            : null,
      }),
      text('Benefit', benefitOf),
    ],
    empty:
      filter.state === 'pending'
        ? 'No change waits for anybody. Choose “Show all” to see those that were decided.'
        : 'No change was asked for that matches. Choose “Show all” to see all of them.',
    next,
    whole,
  });
}

function figures(rows: readonly ChangeRequestRow[]) {
  const effects = rows.flatMap(({ effect }) => effect ?? []);
  const slips = effects.flatMap(({ date }) => date.slipDays ?? []);
  return {
    changes: rows.length,
    grantMoved: shortPounds(effects.reduce((sum, { cost }) => sum + cost.grantMovedPence, 0)),
    slip: slips.length === 0 ? 'None' : slipWords(Math.max(...slips)),
    late: effects.filter(({ benefit }) => benefit.late > 0).length,
  };
}

/** The changes of a programme, with their effect on cost, date and benefit (programme manager 9). */
export function changesPage(
  programme: Pick<ProgrammeView, 'slug' | 'name' | 'awardees'>,
  { items, next }: ListPage<ChangeRequestRow>,
  filter: ChangesFilter,
  /** Who looks: whether all trusts are theirs to see, and the agreements whose change they may ask for. */
  reader: { allTrusts: boolean; begin: readonly Link[] },
): Page {
  const path = `/programmes/${programme.slug}/changes`;
  const narrowed = { state: filter.state ?? '', trust: filter.trust };
  const whole = addressOf(`/v1/programmes/${programme.slug}/change-requests`, { ...filter });
  return {
    view: 'changes/changes.njk',
    title: 'Changes and their effects',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [changesTable(items, filter, nextAddress(path, narrowed, next), whole)],
    model: {
      programme,
      path,
      figures: figures(items),
      begin: reader.begin,
      filters: [
        filterField('state', 'State', filter.state, [
          { value: 'pending', text: 'Pending' },
          ...choicesOf(CHANGE_REQUEST_STATES, (at) => changeTag(at).words),
        ]),
        ...trustFields(programme.awardees, filter.trust, reader.allTrusts),
      ],
    },
  };
}
