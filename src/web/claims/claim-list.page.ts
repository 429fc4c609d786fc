import type { Page as Part } from '../../core/paging.js';
import type { ClaimRowView } from '../../funding/claims/claim-lists.queries.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { addressOf, nextAddress } from '../page/address.js';
import { choicesOf, type FilterField, filterField, trustFields } from '../page/filter.js';
import { plural } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { type Column, money, number, state, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { claimTag } from './claim.words.js';

/** What a list of claims is narrowed to; null: not at all. */
export interface ClaimListFilter {
  awaiting: boolean;
  state: string | null;
  trust: string | null;
  programme: string | null;
}

/** What the page of claims is made of. */
export interface ClaimListView {
  path: string;
  /** Where the list is of one programme. */
  programme: { slug: string; name: string } | null;
  parts: readonly Link[];
  filter: ClaimListFilter;
  /** Null where no claim ever waits for somebody of the reader's role. */
  waiting: Part<ClaimRowView> | null;
  /** Null where only those are asked for that wait. */
  all: Part<ClaimRowView> | null;
  programmes: ReadonlyArray<{ slug: string; name: string }>;
  /** None for somebody who acts for one trust. */
  trusts: ReadonlyArray<{ odsCode: string; name: string }>;
}

const noteOf = ({ unansweredQueries: open, halfApproved }: ClaimRowView): string | null => {
  if (open > 0) return `${plural(open, 'query', 'queries')} without an answer`;
  return halfApproved ? 'first of two approvals given' : null;
};

const COLUMNS: Column<ClaimRowView>[] = [
  text('Claim', ({ reference }) => reference, {
    href: ({ id }) => `/claims/${id}`,
    note: ({ description }) => (description.length > 120 ? `${description.slice(0, 119)}…` : description),
  }),
  text('Trust', ({ trust }) => trust.name),
  text('Tranche', ({ tranche }) => `${tranche.number}, ${tranche.name}`, {
    note: ({ kind }) => (kind === 'advance' ? 'an advance' : 'costs'),
  }),
  state('State', (row) => claimTag(row.state), { note: noteOf }),
  number('Age, days', ({ ageDays }) => ageDays),
  money('Claimed', ({ claimedPence }) => claimedPence),
  money('Approved', ({ approvedPence }) => approvedPence),
];

function waitingTable({ path, filter, waiting }: ClaimListView): Table[] {
  if (!waiting) return [];
  const asking = { awaiting: 'me', trust: filter.trust, programme: filter.programme };
  return [
    table({
      id: 'waiting',
      caption: 'Waiting for you',
      rows: waiting.items,
      columns: COLUMNS,
      empty: 'No claim waits for you. All claims are below.',
      next: nextAddress(path, asking, waiting.next),
      whole: addressOf('/v1/claims', asking),
    }),
  ];
}

function allTable({ path, filter: { state, trust, programme }, all }: ClaimListView): Table[] {
  if (!all) return [];
  const narrowed = state !== null || trust !== null || programme !== null;
  return [
    table({
      id: 'claims',
      caption: 'All claims',
      rows: all.items,
      columns: COLUMNS,
      empty: narrowed
        ? 'No claim matches. Choose “Show all” to see every claim.'
        : 'There is no claim yet. A trust begins one from what it can claim now, on the page of the trust.',
      next: nextAddress(path, { state, trust, programme }, all.next),
      whole: addressOf('/v1/claims', { state, trust, programme }),
    }),
  ];
}

function filters({ filter, programme, programmes, trusts }: ClaimListView): FilterField[] {
  return [
    filterField('state', 'State', filter.state, choicesOf(CLAIM_STATES)),
    ...trustFields(trusts, filter.trust, trusts.length > 0),
    ...(programme === null && programmes.length > 1
      ? [
          filterField(
            'programme',
            'Programme',
            filter.programme,
            programmes.map(({ slug, name }) => ({ value: slug, text: name })),
          ),
        ]
      : []),
  ];
}

/** Claims: those that wait for the reader first, with how long they have waited, and all of them. */
export function claimListPage(view: ClaimListView): Page {
  const { programme, path, parts } = view;
  return {
    view: 'claims/claim-list.njk',
    title: view.filter.awaiting ? 'Claims that wait for you' : 'Claims',
    caption: programme?.name,
    trail: programme ? programmeTrail(programme) : [],
    tables: [...waitingTable(view), ...allTable(view)],
    model: { programme, parts, path, filters: filters(view), onlyWaiting: view.all === null },
  };
}
