import {
  beforeDecision,
  type DecisionFacts,
  decisionsOf,
  type PaymentGateFacts,
  withoutDecision,
} from './payment-exceptions.rules.js';

const decision = (id: string, change: Partial<DecisionFacts>): DecisionFacts => ({
  id,
  step: 'approve',
  openedBy: 'conditions',
  byScheduling: true,
  withScheduling: false,
  byRecording: true,
  waiverWithdrawn: false,
  ...change,
});
const APPROVED = decision('approve', {});
const SCHEDULED = decision('schedule', { step: 'schedule', withScheduling: true });
const PAID = decision('pay', { step: 'pay', byScheduling: false });
/** Of a payment of the same claim that was scheduled, paid and reversed before. */
const BEFORE = [decision('schedule-0', { step: 'schedule' }), decision('pay-0', { step: 'pay' })];

const facts = (change: Partial<PaymentGateFacts> = {}): PaymentGateFacts => ({
  state: 'paid',
  scheduledOn: '2018-05-10',
  paidOn: '2018-05-12',
  gateDecisionId: 'pay',
  decisions: [APPROVED, SCHEDULED, PAID],
  ...change,
});

test.each([
  ['all three', [APPROVED, SCHEDULED, PAID], ['approve', 'schedule', 'pay']],
  ['those of this payment', [APPROVED, ...BEFORE, SCHEDULED, PAID], ['approve', 'schedule', 'pay']],
  ['none of an earlier payment', [APPROVED, ...BEFORE], ['approve']],
  ['the last of two approvals', [APPROVED, decision('approve-2', {}), SCHEDULED], ['approve-2', 'schedule']],
  ['none that came too late', [decision('late', { byScheduling: false }), SCHEDULED], ['schedule']],
])('the decisions that let a payment through: %s', (_, decisions, ids) =>
  expect(decisionsOf(decisions).map(({ id }) => id)).toEqual(ids),
);

const LATE = { ...PAID, byRecording: false };

test.each<[string, Partial<PaymentGateFacts>, string[]]>([
  ['a payment as it should be', {}, []],
  ['paid on the day when it was scheduled', { paidOn: '2018-05-10' }, []],
  ['paid the day before', { paidOn: '2018-05-09' }, ['paid-before-scheduled']],
  ['reconciled since', { state: 'reconciled', paidOn: '2018-05-09' }, ['paid-before-scheduled']],
  ['reversed since', { state: 'reversed', paidOn: '2018-05-09' }, ['paid-before-scheduled']],
  ['recorded before the decision', { decisions: [APPROVED, SCHEDULED, LATE] }, ['decided-after-payment']],
  [
    'not paid yet',
    {
      state: 'scheduled',
      paidOn: null,
      gateDecisionId: 'schedule',
      decisions: [APPROVED, { ...SCHEDULED, byRecording: false }],
    },
    [],
  ],
])('%s, held against its decision', (_, change, codes) =>
  expect(beforeDecision(facts(change)).map(({ code }) => code)).toEqual(codes),
);

const withdrawn = (each: DecisionFacts): DecisionFacts => ({
  ...each,
  openedBy: 'waiver',
  waiverWithdrawn: true,
});

test.each<[string, Partial<PaymentGateFacts>, Array<[string, RegExp]>]>([
  ['all of them', {}, []],
  ['a standing waiver', { decisions: [APPROVED, SCHEDULED, { ...PAID, openedBy: 'waiver' }] }, []],
  [
    'none',
    { decisions: [] },
    [
      ['no-gate-decision', /its claim was approved/],
      ['no-gate-decision', /it was scheduled/],
      ['no-gate-decision', /it was paid/],
    ],
  ],
  ['none at the payment', { decisions: [APPROVED, SCHEDULED] }, [['no-gate-decision', /it was paid/]]],
  [
    'one that came after the payment',
    { decisions: [APPROVED, SCHEDULED, LATE] },
    [['no-gate-decision', /it was paid/]],
  ],
  [
    'those of an earlier payment',
    { decisions: [APPROVED, ...BEFORE] },
    [
      ['no-gate-decision', /it was scheduled/],
      ['no-gate-decision', /it was paid/],
    ],
  ],
  [
    'none, of one that is only scheduled',
    { state: 'scheduled', decisions: [] },
    [
      ['no-gate-decision', /its claim was approved/],
      ['no-gate-decision', /it was scheduled/],
    ],
  ],
  ['none at the payment, which is not due yet', { state: 'scheduled', decisions: [APPROVED, SCHEDULED] }, []],
  ['none, of a cancelled payment', { state: 'cancelled', decisions: [] }, []],
  [
    'a waiver that was withdrawn before',
    { decisions: [APPROVED, withdrawn(SCHEDULED), PAID] },
    [['waiver-withdrawn', /it was scheduled/]],
  ],
])('a payment with %s', (_, change, expected) => {
  const found = withoutDecision(facts(change));
  expect(found.map(({ code }) => code)).toEqual(expected.map(([code]) => code));
  for (const [index, [, words]] of expected.entries()) expect(found[index]?.message).toMatch(words);
});
