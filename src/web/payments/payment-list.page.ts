import { financialYear, isFinancialYear } from '../../core/financial-period.js';
import type { Page as Part } from '../../core/paging.js';
import type { PaymentFilter, PaymentView } from '../../funding/payments/payment.queries.js';
import { PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import type { RecoveryFilter, RecoveryView } from '../../funding/payments/recovery.queries.js';
import { RECOVERY_STATES } from '../../funding/payments/recovery.rules.js';
import { addressOf, asked, nextAddress } from '../page/address.js';
import { choicesOf, chosen, type FilterField, filterField, trustFields } from '../page/filter.js';
import { words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { date, money, state, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { paymentTag, recoveryTag } from './payment.words.js';

/** A programme as its lists of money need it. */
export interface ListedProgramme {
  slug: string;
  name: string;
  startsOn: string;
  endsOn: string;
  awardees: ReadonlyArray<{ odsCode: string; name: string }>;
}

/** What the address of a list of payments or recoveries may say. */
export type MoneyListQuery = Partial<Record<'state' | 'trust' | 'year' | 'overdue' | 'after', string>>;

/** What is around a list: the programme, its parts, and whether the reader sees more than one trust. */
export interface ListAround {
  programme: ListedProgramme;
  parts: readonly Link[];
  everyTrust: boolean;
}

/** What payments are narrowed to: a financial year is that of the day on which they were paid, or else are scheduled for. */
export function paymentFilterOf(query: MoneyListQuery): PaymentFilter {
  const year = isFinancialYear(query.year) ? financialYear(query.year) : null;
  return {
    state: chosen(query.state, PAYMENT_STATES),
    trust: asked(query.trust),
    from: year?.startsOn ?? null,
    to: year?.endsOn ?? null,
  };
}

/** What recoveries are narrowed to. */
export const recoveryFilterOf = (query: MoneyListQuery): RecoveryFilter => ({
  state: chosen(query.state, RECOVERY_STATES),
  trust: asked(query.trust),
  overdue: query.overdue === 'true' ? true : query.overdue === 'false' ? false : null,
});

/** The financial years of a programme, and one more: what is claimed at its end is paid after it. */
export function yearsOf({ startsOn, endsOn }: Pick<ListedProgramme, 'startsOn' | 'endsOn'>): string[] {
  const first = Number(startsOn.slice(0, 4)) - (startsOn.slice(5) < '04-01' ? 1 : 0);
  const last = Number(endsOn.slice(0, 4)) + (endsOn.slice(5) < '04-01' ? 0 : 1);
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `${first + index}/${String((first + index + 1) % 100).padStart(2, '0')}`,
  );
}

function listPage(
  around: ListAround,
  page: { title: string; path: string; filters: FilterField[]; lede: string },
): Omit<Page, 'tables'> {
  const { programme, parts } = around;
  return {
    view: 'payments/list.njk',
    title: page.title,
    caption: programme.name,
    trail: programmeTrail(programme),
    model: { programme, parts, ...page },
  };
}

/** A programme's payments, the latest first. */
export function paymentListPage(
  around: ListAround,
  { items, next }: Part<PaymentView>,
  query: MoneyListQuery,
): Page {
  const { state: inState, trust, from, to } = paymentFilterOf(query);
  const path = `/programmes/${around.programme.slug}/payments`;
  const year = isFinancialYear(query.year) ? query.year : null;
  const list = table<PaymentView>({
    id: 'list',
    caption: 'Payments',
    rows: items,
    columns: [
      text('Payment', ({ reference }) => reference, {
        href: ({ id }) => `/payments/${id}`,
        note: ({ gate }) => (gate.openedBy === 'waiver' ? 'its gate was opened by a waiver' : null),
      }),
      text('Trust', (row) => row.trust.name),
      text('Claim', ({ claim }) => claim.reference, {
        href: ({ claim }) => `/claims/${claim.id}`,
        note: ({ claim, tranche }) =>
          `${claim.kind === 'advance' ? 'an advance' : 'costs'}, tranche ${tranche.number}`,
      }),
      state('State', (row) => paymentTag(row.state)),
      date('Day', ({ paidOn, scheduledFor }) => paidOn ?? scheduledFor, {
        note: ({ paidOn, bankReference }) => (paidOn === null ? 'scheduled for' : `paid, ${bankReference}`),
      }),
      money('Amount', ({ amountPence }) => amountPence),
    ],
    empty:
      'No payment matches. A payment is scheduled from the page of an approved claim, by somebody who did not approve it.',
    next: nextAddress(path, { state: inState, trust, year }, next),
    whole: addressOf(`/v1${path}`, { state: inState, trust, from, to }),
  });
  const filters = [
    filterField('state', 'State', inState, choicesOf(PAYMENT_STATES)),
    ...trustFields(around.programme.awardees, trust, around.everyTrust),
    filterField('year', 'Financial year', year, yearsOf(around.programme)),
  ];
  const lede =
    'What was approved of claims and is scheduled, paid, or found in an extract of the bank or the ledger.';
  return { ...listPage(around, { title: 'Payments', path, filters, lede }), tables: [list] };
}

/** A programme's recoveries, the first due first. */
export function recoveryListPage(
  around: ListAround,
  { items, next }: Part<RecoveryView>,
  query: MoneyListQuery,
): Page {
  const { state: inState, trust, overdue } = recoveryFilterOf(query);
  const path = `/programmes/${around.programme.slug}/recoveries`;
  const late = overdue === null ? null : String(overdue);
  const list = table<RecoveryView>({
    id: 'list',
    caption: 'Recoveries',
    rows: items,
    columns: [
      text('Recovery', ({ reference }) => reference, {
        href: ({ id }) => `/recoveries/${id}`,
        note: ({ cause }) => words(cause).toLowerCase(),
      }),
      text('Trust', (row) => row.trust.name),
      text('Claim', ({ claim }) => claim.reference, { href: ({ claim }) => `/claims/${claim.id}` }),
      state('State', (row) => recoveryTag(row.state), {
        note: (row) => (row.overdue ? 'overdue' : null),
      }),
      date('Due on', ({ dueOn }) => dueOn),
      money('Amount', ({ amountPence }) => amountPence),
    ],
    empty: 'Nothing matches. Money is asked back from the page of a paid claim.',
    next: nextAddress(path, { state: inState, trust, overdue: late }, next),
    whole: addressOf(`/v1${path}`, { state: inState, trust, overdue: late }),
  });
  const filters = [
    filterField('state', 'State', inState, choicesOf(RECOVERY_STATES)),
    ...trustFields(around.programme.awardees, trust, around.everyTrust),
    filterField('overdue', 'Overdue', late, [
      { value: 'true', text: 'Overdue' },
      { value: 'false', text: 'Not overdue' },
    ]),
  ];
  const lede =
    'Money that was paid and is asked back, because it was ineligible, unmatched, misused or overpaid.';
  return { ...listPage(around, { title: 'Recoveries', path, filters, lede }), tables: [list] };
}
