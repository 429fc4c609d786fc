import { type Actor, may } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import { NEVER_WAIVED } from '../../funding/gates/gate.rules.js';
import type { GateView } from '../../funding/gates/gate.service.js';
import type { GateDecisionView } from '../../funding/gates/gate-decision.queries.js';
import type { GateWaiverView } from '../../funding/gates/gate-waiver.queries.js';
import type { WaivedBlocker } from '../../funding/gates/gate-waiver.rules.js';
import { agreementTrail, type ProgrammeRef } from '../agreements/agreement.words.js';
import { milestoneTag } from '../milestones/milestone.words.js';
import { day, plural, pounds, words } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import { date, moment, money, state, type Table, type Tag, table, text } from '../page/table.js';
import { gateTag } from './gate.words.js';

/** Where a thing that a blocker points at has its page; null where it has none. */
export function pageOf(about: Blocker['about']): string | null {
  const pages: Record<string, (id: string) => string> = {
    agreement: (id) => `/agreements/${id}`,
    'gate-waiver': (id) => `/gate-waivers/${id}`,
    match: (id) => `/agreements/${id}/contributions`,
    milestone: (id) => `/milestones/${id}`,
    'progress-report': (id) => `/returns/${id}`,
    tranche: (id) => `/tranches/${id}`,
  };
  return about && Object.hasOwn(pages, about.kind) ? (pages[about.kind]?.(about.id) ?? null) : null;
}

/** Codes of blockers in words, as somebody waives them. */
const CODES: Record<string, string> = {
  'milestone-not-accepted': 'A milestone is not accepted',
  'match-below-ratio': 'The match is below its ratio',
  'return-overdue': 'A return is overdue',
};

/** "The match is below its ratio". */
export const codeWords = (code: string): string =>
  Object.hasOwn(CODES, code) ? (CODES[code] as string) : words(code);

/** The blockers that can be waived, by their codes. */
export function waivable(blockers: readonly Blocker[]): Map<string, Blocker[]> {
  const found = new Map<string, Blocker[]>();
  for (const blocker of blockers.filter(({ code }) => !NEVER_WAIVED.includes(code)))
    found.set(blocker.code, [...(found.get(blocker.code) ?? []), blocker]);
  return found;
}

const aboutColumn = text<Blocker>('It is about', ({ about }) => about?.name ?? null, {
  href: ({ about }) => pageOf(about),
});

function blockersTable(blockers: readonly Blocker[]): Table {
  return table<Blocker>({
    id: 'blockers',
    caption: 'What keeps it shut',
    rows: blockers,
    columns: [
      text('What is missing', ({ message }) => message),
      text('What clears it', ({ clearedBy }) => clearedBy ?? null),
      date('By when', ({ dueOn }) => dueOn ?? null),
      aboutColumn,
    ],
    empty: 'Nothing keeps it shut: what is left of the tranche can be paid.',
  });
}

function waivedTable(waived: readonly WaivedBlocker[]): Table {
  return table<WaivedBlocker>({
    id: 'waived',
    caption: 'What is waived',
    rows: waived,
    columns: [
      text('What would keep it shut', ({ message }) => message),
      text('Waived by', ({ waiver }) => waiver.grantedBy.name, {
        href: ({ waiver }) => `/gate-waivers/${waiver.id}`,
        note: ({ waiver }) => waiver.authority,
      }),
      text('Reason', ({ waiver }) => waiver.reason),
    ],
    empty: 'Nothing is waived.',
  });
}

function milestonesTable({ milestones }: GateView): Table {
  return table<GateView['milestones'][number]>({
    id: 'milestones',
    caption: 'Milestones that open it',
    rows: milestones,
    columns: [
      text('Milestone', ({ name }) => name, { href: ({ id }) => `/milestones/${id}` }),
      state('State', (row) => milestoneTag(row.state)),
      date('Agreed for', ({ agreedOn }) => agreedOn),
      date('Forecast', ({ forecastOn }) => forecastOn),
      date('Met on', ({ actualOn }) => actualOn),
    ],
    empty: 'The tranche rests on no milestone.',
  });
}

const STEPS = { approve: 'Approval', schedule: 'Scheduling', pay: 'Payment' };

function decisionsTable(decisions: readonly GateDecisionView[]): Table {
  return table<GateDecisionView>({
    id: 'decisions',
    caption: 'What was let through so far',
    rows: decisions,
    columns: [
      text('Claim', ({ claim }) => claim.reference, { href: ({ claim }) => `/claims/${claim.id}` }),
      text('At', ({ step }) => STEPS[step]),
      money('Amount', ({ proposedPence }) => proposedPence),
      text('Opened by', ({ openedBy }) => (openedBy === 'waiver' ? 'A waiver' : 'Its conditions'), {
        note: ({ waived }) => [...new Set(waived.map(({ code }) => codeWords(code)))].join('; ') || null,
      }),
      text('Decided by', ({ decidedBy }) => decidedBy?.name ?? null),
      moment('Decided', ({ decidedAt }) => decidedAt),
    ],
    empty: 'Nothing was let through yet.',
  });
}

/** How a waiver stands, as a tag. */
export function waiverTag({ standing, withdrawnAt }: Pick<GateWaiverView, 'standing' | 'withdrawnAt'>): Tag {
  if (standing) return { words: 'Stands', colour: 'yellow' };
  return withdrawnAt ? { words: 'Withdrawn', colour: 'white' } : { words: 'Expired', colour: 'grey' };
}

function waiversTable(waivers: readonly GateWaiverView[]): Table {
  return table<GateWaiverView>({
    id: 'waivers',
    caption: 'Waivers',
    rows: waivers,
    columns: [
      text('Waives', ({ codes }) => codes.map(codeWords).join('; '), {
        href: ({ id }) => `/gate-waivers/${id}`,
        note: ({ reason }) => reason,
      }),
      state('State', waiverTag),
      text('Granted by', ({ grantedBy }) => grantedBy.name, { note: ({ authority }) => authority }),
      moment('Granted', ({ grantedAt }) => grantedAt),
      date('Last day', ({ expiresOn }) => expiresOn),
    ],
    empty: 'There was no waiver of this gate.',
  });
}

/** When the gate is expected, in a sentence. */
export function expectedWords({ plannedOn, expectedOn, slipDays, slips, open }: GateView): string {
  const planned = `It is planned for ${day(plannedOn)}`;
  if (slipDays > 0)
    return `${planned} and expected on ${day(expectedOn)}, ${plural(slipDays, 'day')} later, by the forecasts of its milestones.`;
  if (slipDays < 0)
    return `${planned} and expected on ${day(expectedOn)}, ${plural(-slipDays, 'day')} earlier.`;
  return slips && !open ? `${planned}. That day has passed, and it is still shut.` : `${planned}.`;
}

function matchFacts({ match }: GateView): Fact[] {
  return [
    { label: 'Grant in all, this tranche included', value: pounds(match.grantPence) },
    { label: 'Match that it needs', value: pounds(match.requiredPence) },
    { label: 'Match accepted', value: pounds(match.acceptedPence) },
    {
      label: 'Missing',
      value: match.applies ? pounds(match.shortfallPence) : 'Nothing: an advance is exempt',
    },
    ...(match.roomPence === null
      ? []
      : [{ label: 'Grant that the accepted match carries now', value: pounds(match.roomPence) }]),
  ];
}

/** "Tranche 2: On delivery". */
export const trancheWords = ({ number, name }: { number: number; name: string }): string =>
  `Tranche ${number}: ${name}`;

/** The way to what is below a tranche. */
export function trancheTrail(
  programme: ProgrammeRef,
  agreement: { id: string; reference: string },
  tranche: { id: string; number: number; name: string },
): Link[] {
  return agreementTrail(programme, agreement, {
    text: trancheWords(tranche),
    href: `/tranches/${tranche.id}`,
  });
}

/** The page of a tranche and its gate: what keeps it shut, what clears that and by when, and what passed so far. */
export function gatePage(
  programme: ProgrammeRef,
  {
    gate,
    waivers,
    decisions,
  }: { gate: GateView; waivers: readonly GateWaiverView[]; decisions: readonly GateDecisionView[] },
  actor: Actor,
): Page {
  const spent = gate.paidPence >= gate.grantPence;
  return {
    view: 'gates/gate.njk',
    title: trancheWords(gate),
    caption: `${gate.agreement.reference}, ${gate.trust.name}`,
    trail: agreementTrail(programme, gate.agreement),
    tables: [
      blockersTable(gate.blockers),
      waivedTable(gate.waived),
      milestonesTable(gate),
      decisionsTable(decisions),
      waiversTable(waivers),
    ],
    model: {
      programme,
      gate,
      tag: gateTag(gate, spent),
      means: spent
        ? 'All of the tranche is paid; nothing is left to pass.'
        : gate.open
          ? 'What is left of the tranche can be paid.'
          : `${plural(gate.blockers.length, 'thing')} ${gate.blockers.length === 1 ? 'keeps' : 'keep'} it shut for all that is left of the tranche.`,
      basis:
        gate.basis === 'advance'
          ? 'It is paid in advance, before costs arise.'
          : 'It is paid on what was delivered.',
      expected: spent ? `It was planned for ${day(gate.plannedOn)}.` : expectedWords(gate),
      matchFacts: matchFacts(gate),
      hasWaived: gate.waived.length > 0,
      mayWaive: may(actor, 'gate:waive') && waivable(gate.blockers).size > 0,
    },
  };
}
