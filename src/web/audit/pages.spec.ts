import type { Amendments } from '../../auditing/questions/amendments.reader.js';
import type { AuditedPayment } from '../../funding/payments/payment-audit.queries.js';
import type { PaymentExceptions, WaivedPayment } from '../../funding/payments/payment-audit.reader.js';
import { tableFile } from '../page/table-file.js';
import { programmeAuditPage, QUESTIONS } from './audit.page.js';
import { gapsLead } from './gaps.page.js';
import { overdueLead } from './money.page.js';
import { dutiesLead, exceptionsLead, exceptionsPage, waivedPayments } from './payments.page.js';
import { reconciliationLead } from './reconciliation.page.js';
import { amendmentsLead, changedSections } from './records.page.js';

const PROGRAMME = { slug: 'a-programme', name: 'A programme' };
const MERSEY = { odsCode: 'RW4', name: 'Mersey Care NHS Foundation Trust' };

const payment = (id: string): AuditedPayment => ({
  id,
  reference: `PAY-${id}`,
  state: 'paid',
  amountPence: 90_000_000,
  scheduledOn: '2018-03-05',
  paidOn: '2018-03-23',
  trust: MERSEY,
  claim: { id: 'c', reference: 'CLM-000014', kind: 'costs', state: 'paid' },
  tranche: { id: 't', number: 2, name: 'On plans' },
  illustrative: false,
});
const person = (name: string) => ({ id: name, name });
const waived = (id: string, step: 'approve' | 'pay'): WaivedPayment => ({
  payment: payment(id),
  decision: { id: `d-${step}`, step, decidedBy: person('Ben Cole'), decidedAt: '2018-03-05T10:00:00+00:00' },
  waivers: [
    { id: 'w', reason: 'Match was late.', authority: 'Minute 4', grantedBy: person('Amina Hussain') },
  ],
  waived: [{ code: 'match-below-ratio', message: '£1 is missing.' }],
});
const some = <T>(items: T[], count = items.length) => ({ count, items, next: null });
const exceptions = (more: Partial<PaymentExceptions> = {}): PaymentExceptions => ({
  lookedAt: { payments: 11, decisions: 34 },
  openedByWaiver: some([]),
  beforeDecision: some([]),
  withoutDecision: some([]),
  advances: some([]),
  ...more,
});

test.each<[Partial<PaymentExceptions>, string]>([
  [
    {},
    'Every payment went after its gate was passed, and none by waiver. 11 payments and 34 gate decisions were looked at.',
  ],
  [
    { openedByWaiver: some([waived('1', 'approve'), waived('1', 'pay'), waived('2', 'pay')], 2) },
    '2 payments were opened by waiver. 11 payments and 34 gate decisions were looked at.',
  ],
  [
    { beforeDecision: some([{ payment: payment('1'), reasons: [] }]) },
    '1 payment went before its gate was passed. 11 payments and 34 gate decisions were looked at.',
  ],
])('question 3 in a sentence: %#', (more, lead) => expect(exceptionsLead(exceptions(more))).toBe(lead));

test('a payment that one waiver let through three times is one row, and its file says all', () => {
  const rows = [waived('1', 'approve'), waived('1', 'pay')];
  expect(waivedPayments(rows)).toHaveLength(1);
  const [table] = exceptionsPage(PROGRAMME, exceptions({ openedByWaiver: some(rows, 1) })).tables ?? [];
  expect(table && tableFile(table)).toContain(
    'Approving the claim: Ben Cole; Recording the payment: Ben Cole,£1 is missing.,Match was late.,Minute 4',
  );
});

test('what is empty says how much was looked at', () => {
  const texts = exceptionsPage(PROGRAMME, exceptions()).tables?.map(({ empty }) => empty);
  expect(texts?.[1]).toBe('No payment went before its gate. 11 payments were looked at.');
});

test('question 4 in a sentence', () => {
  const none = { breaches: { count: 0 }, overrides: { count: 0 } };
  expect(dutiesLead({ ...none, lookedAt: { claims: 3, paidClaims: 1 } })).toBe(
    'Separation of duties was never broken. 1 paid claim of 3 claims was looked at.',
  );
});

test('question 10 in a sentence', () => {
  const sums = [
    { kind: 'recovery' as const, count: 2, amountPence: 1_234_567 },
    { kind: 'finding' as const, count: 0, amountPence: null },
    { kind: 'recommendation' as const, count: 1, amountPence: null },
  ];
  expect(overdueLead({ asOn: '2018-07-20', items: [], next: null, sums })).toBe(
    'Overdue as on 20 July 2018: 2 recoveries of £12,345.67, 1 recommendation.',
  );
  expect(overdueLead({ asOn: '2018-07-20', items: [], next: null, sums: [] })).toBe(
    'Nothing is overdue as on 20 July 2018.',
  );
});

test('what a version says otherwise is counted by section', () => {
  const change = (section: 'spend' | 'risks') => ({
    section,
    place: '',
    label: '',
    before: null,
    after: 'x',
  });
  expect(changedSections([change('spend'), change('spend'), change('risks')])).toBe(
    '3 fields: spend 2, risks 1',
  );
  expect(changedSections([])).toBe('Nothing so far');
});

test('question 7 in a sentence', () => {
  const none = { items: [], next: null };
  const found = { returns: none, claims: none, agreements: none, measurements: none };
  expect(amendmentsLead(found)).toBe(
    'No return, claim, agreement or measurement was amended after it was submitted.',
  );
  const one = { items: [{}], next: 'c' } as unknown as Amendments['agreements'];
  expect(amendmentsLead({ ...found, agreements: one })).toBe(
    '0 amendments of returns and 0 amendments of claims after they were submitted, more than 1 variation of agreements, and 0 measurements superseded.',
  );
});

const NO_GAPS = { unvalidated: 0, late: 0 };
test.each([
  [[], null, 'none is late'],
  [[3, 1], null, '4 measurements are late'],
  [[], 'more', 'none is, of the first trusts by name, late'],
  [[1], 'more', 'more than 1 measurement is late'],
])('what is late is said of all trusts only where all are looked at: %#', (missing, next, words) => {
  const late = { items: missing.map((each) => ({ missing: each })) as never, next };
  expect(gapsLead({ asOn: '2018-07-20', states: [], undefined: [], late, benefitGaps: NO_GAPS })).toContain(
    `; ${words} as on`,
  );
});

test('question 8 in a sentence', () => {
  const states = [
    { state: 'self-reported' as const, count: 2 },
    { state: 'validated' as const, count: 5 },
    { state: 'superseded' as const, count: 9 },
  ];
  expect(
    gapsLead({
      asOn: '2018-07-20',
      states,
      undefined: [],
      late: { items: [], next: null },
      benefitGaps: { unvalidated: 1, late: 2 },
    }),
  ).toBe(
    '2 of 7 measurements are not validated; 0 measures are not wholly defined; none is late as on 20 July 2018. Of benefits, 1 report is not validated and 2 years are late.',
  );
});

const compared = (...agreeing: boolean[]) => ({
  comparisons: agreeing.map((agrees) => ({ agrees })) as never,
  differences: { count: 0 },
  checks: [{ id: 'k', checkedAt: '2018-07-20T02:00:00+00:00', accounts: 1, postings: 1, differences: 0 }],
});
test.each([
  [
    compared(true, true),
    'All 2 totals agree. The ledger agrees with its postings, as checked on 20 July 2018 at 3:00am.',
  ],
  [
    { ...compared(true, false), differences: { count: 1 } },
    '1 of 2 totals differs. 1 difference in the ledger stands, as checked on 20 July 2018 at 3:00am.',
  ],
  [
    { ...compared(true), checks: [] },
    'All 1 totals agree. The ledger has not been held against its postings yet.',
  ],
])('question 9 in a sentence: %#', (found, lead) => expect(reconciliationLead(found)).toBe(lead));

test('each of the ten questions is answered', () => {
  const page = programmeAuditPage(PROGRAMME, [
    { question: 3, lead: 'Two.', found: true },
    { question: 4, lead: 'None.', found: false },
  ]);
  const rows = page.tables?.[0]?.rows.map((row) => row.map(({ value }) => value)) ?? [];
  expect(rows.map(([, result]) => result)).toEqual([
    'Choose a date',
    'See the list',
    'Look at this',
    'Nothing found',
    ...Array.from({ length: 6 }, () => 'See the list'),
  ]);
  expect(QUESTIONS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
