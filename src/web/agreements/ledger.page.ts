import type { Page as Listed } from '../../core/paging.js';
import type { ShownDifference } from '../../funding/ledger.reader.js';
import type { DifferenceFilter, LedgerCheckView } from '../../funding/reconciliation.queries.js';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../funding/reconciliation.rules.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, filterField, trustFields } from '../page/filter.js';
import { instant, plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { moment, money, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { type ProgrammeRef } from './agreement.words.js';

/** What the address of the page may say; each of its two lists has a cursor of its own. */
export interface LedgerQuery {
  state?: string;
  kind?: string;
  trust?: string;
  after?: string;
  checksAfter?: string;
}

const STATES = ['standing', 'cleared'] as const;
const KINDS: Record<DifferenceKind, string> = {
  balance: 'Balance of an account',
  journal: 'Postings of a journal',
  agreement: 'Line of an agreement',
  tranche: 'What is drawn of a tranche',
  control: 'Control total',
  kept: 'Sum that was kept',
};

/** What the differences are narrowed to. */
export function differencesFilterOf({ state: wanted, kind, trust }: LedgerQuery): DifferenceFilter {
  return {
    state: chosen(wanted, STATES),
    kind: chosen(kind, DIFFERENCE_KINDS),
    trust: asked(trust),
  };
}

function differencesTable({ items, next }: Listed<ShownDifference>, path: string, query: LedgerQuery): Table {
  return table<ShownDifference>({
    id: 'differences',
    caption: 'Differences',
    rows: items,
    columns: [
      text('Where', ({ subject }) => subject, { note: ({ kind }) => KINDS[kind] }),
      state('State', ({ clearedAt }) =>
        clearedAt === null ? { words: 'Standing', colour: 'red' } : { words: 'Cleared', colour: 'green' },
      ),
      money('Should be', ({ expectedPence }) => expectedPence),
      money('Is', ({ foundPence }) => foundPence),
      text('What to do', ({ whatToDo, clearedAt }) =>
        clearedAt === null ? whatToDo : 'Nothing: it is gone.',
      ),
      moment('Found', ({ raisedAt }) => raisedAt),
      moment('Gone', ({ clearedAt }) => clearedAt),
    ],
    empty: 'There is no difference like this. A check compares every balance with its postings each night.',
    next: nextAddress(path, { ...query }, next),
    whole: addressOf(`/v1${path}-differences`, { state: query.state, kind: query.kind, trust: query.trust }),
  });
}

function checksTable({ items, next }: Listed<LedgerCheckView>, path: string, query: LedgerQuery): Table {
  return table<LedgerCheckView>({
    id: 'checks',
    caption: 'Checks',
    rows: items,
    columns: [
      moment('Checked', ({ checkedAt }) => checkedAt),
      number('Accounts', ({ accounts }) => accounts),
      number('Postings', ({ postings }) => postings),
      number('Differences that stood', ({ differences }) => differences),
    ],
    empty:
      'The ledger was not checked yet. That happens each night; whoever makes payments can ask for it now.',
    next: nextAddress(path, { ...query }, next, 'checksAfter'),
    whole: `/v1${path}-checks`,
  });
}

/** What the last check came to, in a sentence. */
export function lastCheckWords(last: LedgerCheckView | undefined): string {
  if (!last) return 'The ledger was not checked yet.';
  const when = `The last check was on ${instant(last.checkedAt)}`;
  return last.differences === 0
    ? `${when}. Every balance agreed with its postings, and every total with what was agreed.`
    : `${when}. It found ${plural(last.differences, 'difference')}: do not rely on those figures until they are explained.`;
}

/** The page of a programme's ledger: when it was checked, what did not agree, and what to do about it. */
export function ledgerPage(view: {
  programme: ProgrammeRef & { awardees: ReadonlyArray<{ odsCode: string; name: string }> };
  checks: Listed<LedgerCheckView>;
  /** The newest of all, whichever page of checks is shown. */
  last: LedgerCheckView | undefined;
  differences: Listed<ShownDifference>;
  query: LedgerQuery;
  mayCheck: boolean;
}): Page {
  const { programme, checks, differences, query, last, mayCheck } = view;
  const path = `/programmes/${programme.slug}/ledger`;
  const filter = differencesFilterOf(query);
  return {
    view: 'agreements/ledger.njk',
    title: 'Ledger checks',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [differencesTable(differences, path, query), checksTable(checks, path, query)],
    model: {
      programme,
      path,
      mayCheck,
      last: lastCheckWords(last),
      filters: [
        filterField('state', 'State', filter.state, [
          { value: 'standing', text: 'Standing' },
          { value: 'cleared', text: 'Cleared' },
        ]),
        filterField(
          'kind',
          'Kind',
          filter.kind,
          choicesOf(DIFFERENCE_KINDS, (kind) => KINDS[kind]),
        ),
        ...trustFields(programme.awardees, filter.trust),
      ],
    },
  };
}
