import { reader, shownClaim } from '../../../test/support/shown-claim.js';
import type { ShownPayment } from '../../funding/payments/payments.reader.js';
import type { ShownRecovery } from '../../funding/payments/recoveries.reader.js';
import { paymentPage, paymentStepPage } from './payment.page.js';
import { resultTag } from './payment.words.js';
import { paymentFilterOf, recoveryFilterOf, yearsOf } from './payment-list.page.js';
import { openRecoverySteps, recoveryPage, recoveryStepPage } from './recovery.page.js';

const PAYMENT = {
  ...{ id: 'p1', reference: 'PAY-000001', programme: 'mental-health-exemplars', state: 'scheduled' },
  ...{ trust: { odsCode: 'RW4', name: 'Mersey Care' }, agreement: { id: 'a1', reference: 'MHE-RW4' } },
  claim: { id: 'c1', reference: 'CLM-000001', kind: 'costs', state: 'scheduled' },
  ...{
    tranche: { id: 't2', number: 2, name: 'On delivery' },
    amountPence: 20_000,
    lines: [],
    recoveries: [],
  },
  ...{ scheduledFor: '2018-05-20', scheduledOn: '2018-05-15', scheduledBy: { id: 'pay', name: 'Pat' } },
  ...{
    scheduledAt: '2018-05-15T09:00:00Z',
    paidOn: null,
    bankReference: null,
    paidBy: null,
    recordedAt: null,
  },
  ...{
    reconciledAt: null,
    closedBecause: null,
    gate: { id: 'd1', step: 'schedule', openedBy: 'conditions' },
  },
  ...{ illustrative: false, revision: 1, next: ['pay', 'cancel'] },
} as unknown as ShownPayment;

const at = (claim = shownClaim({ state: 'scheduled', next: ['pay', 'unschedule'] })) => ({
  claim,
  actorId: 'other',
  today: '2018-05-15',
  passage: null,
});
type StepModel = {
  closed: boolean;
  blockers: Array<{ code: string }>;
  step: { fields: Array<{ value: string }> };
};

test('a payment offers what its reader may do with its claim, and nothing else', () => {
  const offered = (next: ReturnType<typeof shownClaim>['next']) => {
    const { model } = paymentPage(PAYMENT, shownClaim({ next })) as unknown as {
      model: { actions: Record<'forward' | 'others', Array<{ href: string }>> };
    };
    return [...model.actions.forward, ...model.actions.others].map(({ href }) => href);
  };
  expect(offered(['pay', 'unschedule'])).toEqual(['/payments/p1/steps/pay', '/payments/p1/steps/cancel']);
  expect(offered([])).toEqual([]);
});

test('a payment is recorded for today where its day is still to come, and closed to whoever approved it', () => {
  const open = paymentStepPage(PAYMENT, 'pay', at()).model as StepModel;
  expect([open.closed, open.step.fields[0]?.value]).toEqual([false, '2018-05-15']);
  const approver = shownClaim({ state: 'scheduled', people: { approvedBy: { id: 'other', name: 'O' } } });
  const closed = paymentStepPage(PAYMENT, 'pay', at(approver)).model as StepModel;
  expect(closed).toMatchObject({
    closed: true,
    blockers: [{ code: 'payer-is-preparer-certifier-or-approver' }],
  });
  const paid = { ...PAYMENT, state: 'paid', next: ['reverse'] } as ShownPayment;
  expect(paymentStepPage(paid, 'cancel', at()).model).toMatchObject({
    closed: true,
    blockers: [{ code: 'wrong-state' }],
  });
});

const RECOVERY = {
  ...{
    id: 'r1',
    reference: 'REC-00001',
    programme: 'mental-health-exemplars',
    state: 'raised',
    cause: 'ineligible',
  },
  ...{
    trust: { odsCode: 'RW4', name: 'Mersey Care' },
    claim: { id: 'c1', reference: 'CLM-000001', state: 'recovery-raised' },
  },
  ...{ payment: { id: 'p1', reference: 'PAY-000001', amountPence: 20_000 }, reason: 'It was training.' },
  ...{ amountPence: 1_000, dueOn: '2018-06-30', overdue: false, raisedBy: { id: 'raiser', name: 'Ray' } },
  ...{ raisedAt: '2018-05-15T09:00:00Z', agreedBy: null, agreedAt: null, closedBy: null, closedOn: null },
  ...{
    receiptReference: null,
    authority: null,
    closedBecause: null,
    lines: [],
    illustrative: false,
    revision: 1,
  },
  next: ['agree', 'write-off', 'withdraw'],
} as unknown as ShownRecovery;

test.each([
  ['finance-officer', 'another', ['write-off', 'withdraw']],
  ['finance-officer', 'raiser', ['withdraw']],
  ['trust-finance-director', 'another', ['agree']],
  ['trust-lead', 'another', []],
  ['auditor', 'another', []],
] as const)('a recovery offers %s, who is %s, %p', (role, id, steps) => {
  const actor = reader(role, id);
  expect(openRecoverySteps(RECOVERY, actor)).toEqual(steps);
  const { model } = recoveryPage(RECOVERY, actor) as unknown as {
    model: { actions: Record<'forward' | 'others', object[]> };
  };
  expect([...model.actions.forward, ...model.actions.others]).toHaveLength(steps.length);
});

test('whoever asked for money is told that somebody else gives it up', () => {
  const page = recoveryStepPage(RECOVERY, 'write-off', { actor: { id: 'raiser' }, today: '2018-05-15' });
  expect(page.model).toMatchObject({ closed: true, blockers: [{ code: 'write-off-by-raiser' }] });
});

test('lists are narrowed by what there is, and by nothing else', () => {
  expect(paymentFilterOf({ state: 'paid', trust: 'RW4', year: '2017/18' })).toEqual({
    ...{ state: 'paid', trust: 'RW4', from: '2017-04-01', to: '2018-03-31' },
  });
  expect(paymentFilterOf({ state: 'lost', trust: '', year: '2017/19' })).toEqual({
    ...{ state: null, trust: null, from: null, to: null },
  });
  expect(recoveryFilterOf({ overdue: 'true' }).overdue).toBe(true);
  expect(recoveryFilterOf({ overdue: 'false' }).overdue).toBe(false);
  expect(recoveryFilterOf({ overdue: 'maybe' }).overdue).toBeNull();
});

test.each([
  ['2017-04-01', '2020-03-31', ['2017/18', '2018/19', '2019/20', '2020/21']],
  ['2017-01-10', '2018-04-01', ['2016/17', '2017/18', '2018/19', '2019/20']],
])('a programme from %s to %s is paid in %p', (startsOn, endsOn, years) =>
  expect(yearsOf({ startsOn, endsOn })).toEqual(years),
);

test.each([
  [{ result: 'matched', line: 1 }, 'Matched'],
  [{ result: 'differs', line: 1 }, 'Differs'],
  [{ result: 'missing', line: 1 }, 'Missing in Exemplar'],
  [{ result: 'missing', line: null }, 'Missing in the extract'],
] as const)('%o is said as %p', (item, words) => expect(resultTag(item).words).toBe(words));
