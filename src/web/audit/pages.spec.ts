import type { AuditedPayment } from '../../funding/payments/payment-audit.queries.js';
import type { PaymentExceptions, WaivedPayment } from '../../funding/payments/payments.reader.js';
import type { TargetSetView } from '../../targets/target.queries.js';
import { tableFile } from '../page/table-file.js';
import { programmeAuditPage, QUESTIONS } from './audit.page.js';
import { overdueLead } from './money.page.js';
import { dutiesLead, exceptionsLead, exceptionsPage, waivedPayments } from './payments.page.js';
import { comparisons, type Reconciled, reconciliationLead, trustTotals } from './reconciliation.page.js';
import { changedSections, gapsLead, undefinedMeasures } from './records.page.js';

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
const exceptions = (more: Partial<PaymentExceptions> = {}): PaymentExceptions => ({
  lookedAt: { payments: 11, decisions: 34 },
  openedByWaiver: [],
  beforeDecision: [],
  withoutDecision: [],
  advances: [],
  ...more,
});

test.each<[Partial<PaymentExceptions>, string]>([
  [
    {},
    'Every payment went after its gate was passed, and none by waiver. 11 payments and 34 gate decisions were looked at.',
  ],
  [
    { openedByWaiver: [waived('1', 'approve'), waived('1', 'pay'), waived('2', 'pay')] },
    '2 payments were opened by waiver. 11 payments and 34 gate decisions were looked at.',
  ],
  [
    { beforeDecision: [{ payment: payment('1'), reasons: [] }] },
    '1 payment went before its gate was passed. 11 payments and 34 gate decisions were looked at.',
  ],
])('question 3 in a sentence: %#', (more, lead) => expect(exceptionsLead(exceptions(more))).toBe(lead));

test('a payment that one waiver let through three times is one row, and its file says all', () => {
  const rows = [waived('1', 'approve'), waived('1', 'pay')];
  expect(waivedPayments(rows)).toHaveLength(1);
  const [table] = exceptionsPage(PROGRAMME, exceptions({ openedByWaiver: rows })).tables ?? [];
  expect(table && tableFile(table)).toContain(
    'Approving the claim: Ben Cole; Recording the payment: Ben Cole,£1 is missing.,Match was late.,Minute 4',
  );
});

test('what is empty says how much was looked at', () => {
  const texts = exceptionsPage(PROGRAMME, exceptions()).tables?.map(({ empty }) => empty);
  expect(texts?.[1]).toBe('No payment went before its gate. 11 payments were looked at.');
});

test('question 4 in a sentence', () => {
  const found = { items: [], next: null, breaches: [], overrides: [] };
  expect(dutiesLead({ ...found, lookedAt: { claims: 3, paidClaims: 1 } })).toBe(
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

const measure = (more: object) => ({
  name: 'Remote working',
  baseline: { numerator: 1, denominator: 2 },
  trajectory: [{}],
  sourced: { source: {}, assumed: null },
  ...more,
});
const targetSet = (current: boolean, ...measures: object[]) =>
  ({
    ...{ id: 's', ref: 'aims/v1', name: 'Aims', description: '', current, targetOn: '2020-03-31' },
    ...{ target: { numerator: 1, denominator: 1 }, sourced: { source: null, assumed: null }, measures },
  }) as unknown as TargetSetView;

test.each([
  [measure({}), []],
  [measure({ baseline: null }), ['It has no baseline.']],
  [
    measure({ baseline: null, trajectory: [], sourced: { source: null, assumed: 'a guess' } }),
    ['It has no baseline and no trajectory and no source.'],
  ],
])('a measure that lacks something: %#', (given, missing) =>
  expect(undefinedMeasures([targetSet(true, given)]).map((each) => each.missing)).toEqual(missing),
);

test('measures of target sets that were superseded are not asked for', () =>
  expect(undefinedMeasures([targetSet(false, measure({ baseline: null }))])).toEqual([]));

test('question 8 in a sentence', () => {
  const states = [
    { state: 'self-reported', count: 2 },
    { state: 'validated', count: 5 },
    { state: 'superseded', count: 9 },
  ];
  expect(gapsLead({ states, targetSets: [], late: { asOn: '2018-07-20', items: [] } })).toBe(
    '2 of 7 measurements are not validated; 0 measures are not wholly defined; none is late as on 20 July 2018.',
  );
});

const grant = { awardedPence: 500, drawnPence: 0, remainingPence: 500, claimedPence: 0, approvedPence: 0 };
const reconciled = (more: { ledgerPence?: number; paid?: number } = {}): Reconciled => {
  const totals = {
    grant: {
      ...grant,
      awardedPence: more.ledgerPence ?? 500,
      ...{ paidPence: 90, recoveredPence: 10, writtenOffPence: 0, lapsedPence: 0, withdrawnPence: 0 },
    },
    match: {
      agreedPence: 500,
      promisedPence: 500,
      pledgedPence: 500,
      evidencedPence: 0,
      acceptedPence: 0,
      withdrawnPence: 0,
    },
  };
  return {
    money: {
      ...{ programme: { ...PROGRAMME, illustrative: false }, covers: 'programme', basis: 'ledger-balances' },
      ...{ asOf: '', lines: [], illustrative: false, totals },
      control: {
        grantPence: 500,
        matchPence: 500,
        totalPence: 1000,
        grantDifferencePence: 0,
        matchDifferencePence: 0,
      },
      ledger: { checkedAt: '2018-07-20T02:00:00+00:00', differences: 0, reconciles: true },
      notAgreed: { grantPence: 0, matchPence: 0, awards: 0 },
      trusts: [{ trust: MERSEY, agreements: [], totals, lines: [], notAgreed: null }],
    },
    awards: [
      {
        ...{ trust: MERSEY, grantPence: 500, matchPence: 500, sourced: {}, tranches: [] },
        lines: [{ financialYear: '2017/18', kind: 'capital', grantPence: 500, matchPence: 500, sourced: {} }],
      },
    ],
    agreements: [
      { trust: MERSEY, state: 'active', agreedGrantPence: 500, agreedMatchPence: 500 },
      { trust: MERSEY, state: 'withdrawn', agreedGrantPence: 400, agreedMatchPence: 400 },
    ] as never,
    payments: [
      { state: 'paid', count: 1, amountPence: more.paid ?? 40 },
      { state: 'reconciled', count: 1, amountPence: 60 },
      { state: 'cancelled', count: 1, amountPence: 7 },
    ],
    ...{ checks: [], differences: [], extracts: [] },
  };
};

test('totals that agree, agree', () => {
  const found = comparisons(reconciled());
  expect(found.filter(({ onePence, otherPence }) => onePence !== otherPence)).toEqual([]);
  expect(reconciliationLead(reconciled())).toBe(
    'All 7 totals agree. The ledger agrees with its postings, as checked on 20 July 2018 at 3:00am.',
  );
});

test.each([
  [{ ledgerPence: 501 }, ['Grant in the ledger']],
  [{ paid: 41 }, ['Payments']],
])('totals that differ are told: %j', (more, wanted) => {
  const found = comparisons(reconciled(more)).filter(({ onePence, otherPence }) => onePence !== otherPence);
  expect(found.map(({ what }) => what)).toEqual(wanted);
  expect(reconciliationLead(reconciled(more))).toMatch(/^1 of 7 totals differs\./);
});

test('a trust’s totals count agreements in force alone', () =>
  expect(trustTotals(reconciled())).toEqual([
    { trust: MERSEY, awardPence: 500, agreedPence: 500, ledgerPence: 500, paidPence: 90 },
  ]));

test('each of the ten questions is answered, or says that it is not', () => {
  const page = programmeAuditPage(PROGRAMME, [
    { question: 3, lead: 'Two.', found: true },
    { question: 4, lead: 'None.', found: false },
  ]);
  const rows = page.tables?.[0]?.rows.map((row) => row.map(({ value }) => value)) ?? [];
  expect(rows.map(([, result]) => result)).toEqual([
    'Not yet',
    'See the list',
    'Look at this',
    'Nothing found',
    ...Array.from({ length: 6 }, () => 'See the list'),
  ]);
  expect(QUESTIONS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
