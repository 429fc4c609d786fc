import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import type { Page as List } from '../../core/paging.js';
import type { GateTotals } from '../../funding/gates/gate.queries.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { gateTag } from '../gates/gate.words.js';
import { asked, nextAddress } from '../page/address.js';
import { chosen, filterField, trustFields } from '../page/filter.js';
import { plural, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, money, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from './programme.trail.js';

/** What the address of the page may say. */
export interface GatesQuery {
  withinDays?: string;
  trust?: string;
  after?: unknown;
}

/** What gates are narrowed to; `withinDays` null: all of them, passed ones too. */
export interface GatesFilter {
  trust: string | null;
  withinDays: number | null;
}

const DAYS = ['30', '90', '180', '365', 'all'] as const;

/** What the page is narrowed to: ninety days, where the address does not say. */
export function gatesFilterOf({ withinDays, trust }: GatesQuery): GatesFilter {
  const within = chosen(withinDays, DAYS) ?? '90';
  return {
    trust: asked(trust),
    withinDays: within === 'all' ? null : Number(within),
  };
}

const nameOf = ({ number: at, name }: GateView): string => `${at}: ${name}`;

const passed = ({ blockers }: GateView): boolean => blockers.some(({ code }) => code === 'tranche-exhausted');

/** A page of gates, what all of them come to, and whether it is all of them. */
export type ListedGates = List<GateView> & { totals: GateTotals; whole: boolean };

function gatesTable(gates: readonly GateView[], next: string | null): Table {
  return table<GateView>({
    id: 'gates',
    caption: 'Gates, by the day they are expected',
    rows: gates,
    next,
    columns: [
      text('Trust', ({ trust }) => trust.name),
      text('Gate', nameOf, {
        href: ({ id }) => `/tranches/${id}`,
        note: ({ agreement }) => agreement.reference,
      }),
      money('Left to draw', ({ remainingPence }) => remainingPence),
      date('Planned', ({ plannedOn }) => plannedOn),
      date('Expected', ({ expectedOn }) => expectedOn),
      number('Slip in days', ({ slipDays }) => slipDays, {
        note: ({ slips, slipDays, expectedOn, plannedOn }) =>
          slips && slipDays <= 0 && expectedOn === plannedOn ? 'its day has passed' : null,
      }),
      state('Gate is', (gate) => gateTag(gate, passed(gate))),
    ],
    empty: 'No gate falls within this time. Choose a longer one, or “All gates”.',
  });
}

interface Shut {
  gate: GateView;
  blocker: Blocker;
}

function blockersTable(gates: readonly GateView[]): Table {
  const rows = gates.flatMap((gate): Shut[] =>
    gate.blockers.filter(({ code }) => code !== 'tranche-exhausted').map((blocker) => ({ gate, blocker })),
  );
  return table<Shut>({
    id: 'blockers',
    caption: 'What keeps gates shut, and what clears it',
    rows,
    columns: [
      text('Gate', ({ gate }) => `${gate.trust.name}, ${nameOf(gate)}`, {
        href: ({ gate }) => `/tranches/${gate.id}`,
      }),
      text('Why', ({ blocker }) => blocker.message),
      text('What clears it', ({ blocker }) => blocker.clearedBy ?? null),
      date('By', ({ blocker }) => (blocker.dueOn as DateOn | undefined) ?? null),
    ],
    empty:
      gates.length === 0 ? 'There is no gate to open here.' : 'Nothing: every one of these gates is open.',
  });
}

/** The page of question 3: which gates fall soon, which will slip, why each is shut and what would open it. */
export function gatesPage(
  programme: ProgrammeView,
  { items: gates, next, totals, whole }: ListedGates,
  filter: GatesFilter,
  own: boolean,
): Page {
  const toPass = gates.filter((gate) => !passed(gate));
  const { trust, withinDays } = filter;
  const narrowed = { withinDays: withinDays === null ? 'all' : String(withinDays), trust };
  const path = `/programmes/${programme.slug}/gates`;
  return {
    view: 'programme/gates.njk',
    title: 'Gates: which fall soon, and which will slip',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [gatesTable(gates, nextAddress(path, narrowed, next)), blockersTable(toPass)],
    model: {
      programme,
      counts: {
        ...totals,
        shut: toPass.filter(({ open }) => !open).length,
        slipping: toPass.filter(({ slips }) => slips).length,
        waived: toPass.filter(({ open, waived }) => open && waived.length > 0).length,
      },
      within: withinDays === null ? 'of all' : `planned or expected within ${plural(withinDays, 'day')}`,
      whole,
      fields: {
        withinDays: {
          ...filterField('withinDays', 'Within', withinDays === null ? 'all' : String(withinDays), []),
          items: DAYS.map((value) => ({ value, text: value === 'all' ? 'All gates' : `${value} days` })),
        },
        trust: trustFields(programme.awardees, trust, !own, words(programme.terms.awardeeTerm.singular))[0],
      },
      own,
    },
  };
}
