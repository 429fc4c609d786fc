import fc from 'fast-check';
import type { ClaimPeople } from '../claims/claim.rules.js';
import {
  bankKey,
  cancellationBlockers,
  heldBlockers,
  PAYMENT,
  PAYMENT_STATES,
  paidByLine,
  recordBlockers,
  reversalBlockers,
  schedulingBlockers,
} from './payment.rules.js';

const PEOPLE: ClaimPeople = {
  preparerIds: ['pat', 'pia'],
  certifierId: 'cem',
  approverId: 'ada',
  secondApproverId: 'ben',
};
const TODAY = '2018-05-15';

test.each([
  ['scheduled', ['pay', 'cancel']],
  ['paid', ['reconcile', 'reverse']],
  ['reconciled', ['reverse']],
  ['cancelled', []],
  ['reversed', []],
] as const)('from %s: %p', (state, verbs) => {
  expect(PAYMENT_STATES).toContain(state);
  expect(PAYMENT.open(state)).toEqual(verbs);
});

/** Everybody who had a part in a claim, and whether they may pay it. */
const PAYERS: Array<[payer: string, duty: string, codes: string[]]> = [
  ['pat', 'who prepared it first', ['payer-is-preparer-certifier-or-approver']],
  ['pia', 'who prepared it too', ['payer-is-preparer-certifier-or-approver']],
  ['cem', 'who certified it', ['payer-is-preparer-certifier-or-approver']],
  ['ada', 'who approved it', ['payer-is-preparer-certifier-or-approver']],
  ['ben', 'who gave the second approval', ['payer-is-preparer-certifier-or-approver']],
  ['pay', 'who had no part in it', []],
];

test('a payment that is not ready says what it must be', () =>
  expect(PAYMENT.blockers('pay', 'cancelled')).toMatchObject([
    { message: 'This payment is cancelled; it must be scheduled for this.' },
  ]));

describe('scheduling', () => {
  const scheduling = {
    claimState: 'approved' as const,
    approvedPence: 500,
    linesPence: [300, 200],
    people: PEOPLE,
    payerId: 'pay',
    scheduledFor: TODAY,
    today: TODAY,
  };
  const codes = (change: Partial<Parameters<typeof schedulingBlockers>[0]>) =>
    schedulingBlockers({ ...scheduling, ...change }).map(({ code }) => code);

  test.each<[string, Partial<Parameters<typeof schedulingBlockers>[0]>, string[]]>([
    ['an approved claim, for today', {}, []],
    ['one approved in part, for later', { claimState: 'part-approved', scheduledFor: '2018-06-01' }, []],
    [
      'one that is only recommended',
      { claimState: 'recommended', approvedPence: null, linesPence: [0] },
      ['wrong-state'],
    ],
    ['one that is scheduled', { claimState: 'scheduled' }, ['wrong-state']],
    ['one that is paid', { claimState: 'paid' }, ['wrong-state']],
    ['one that is rejected', { claimState: 'rejected' }, ['wrong-state']],
    ['one with nothing approved', { approvedPence: 0, linesPence: [0, 0] }, ['nothing-approved']],
    [
      'one that is only recommended, whose lines say another sum',
      { claimState: 'recommended', linesPence: [1] },
      ['wrong-state'],
    ],
    ['one of which nothing was decided', { approvedPence: null, linesPence: [] }, ['nothing-approved']],
    ['one whose lines say another sum', { linesPence: [300, 201] }, ['lines-do-not-add-up']],
    ['a day that has passed', { scheduledFor: '2018-05-14' }, ['scheduled-in-past']],
    [
      'all at once',
      { claimState: 'paid', payerId: 'ada', scheduledFor: '2018-05-14' },
      ['wrong-state', 'payer-is-preparer-certifier-or-approver', 'scheduled-in-past'],
    ],
  ])('%s', (_, change, expected) => expect(codes(change)).toEqual(expected));

  test('says what to do, and where', () => {
    const found = (change: Partial<Parameters<typeof schedulingBlockers>[0]>) =>
      schedulingBlockers({ ...scheduling, ...change });
    expect(found({ scheduledFor: '2018-05-14' })).toMatchObject([{ pointer: '/scheduledFor' }]);
    expect(found({ approvedPence: null }).map(({ message }) => message)).toEqual([
      'Nothing was approved of this claim, so there is nothing to pay.',
      '£5 is approved of its lines and £0 of the claim. Have the approval put right first.',
    ]);
    expect(found({ linesPence: [300, 201] })).toMatchObject([
      {
        message: '£5.01 is approved of its lines and £5 of the claim. Have the approval put right first.',
      },
    ]);
  });

  test.each(PAYERS)('by %s, %s', (payerId, _, expected) => expect(codes({ payerId })).toEqual(expected));
});

describe('recording', () => {
  const record = {
    state: 'scheduled' as const,
    people: PEOPLE,
    payerId: 'pay',
    scheduledOn: '2018-05-10',
    paidOn: '2018-05-12',
    today: TODAY,
    bankReference: 'FPS 1',
    takenBy: null,
  };
  const codes = (change: Partial<Parameters<typeof recordBlockers>[0]>) =>
    recordBlockers({ ...record, ...change }).map(({ code }) => code);

  test.each<[string, Partial<Parameters<typeof recordBlockers>[0]>, string[]]>([
    ['a scheduled payment', {}, []],
    ['paid on the day when it was scheduled', { paidOn: '2018-05-10' }, []],
    ['paid today', { paidOn: TODAY }, []],
    ['paid the day before it was scheduled', { paidOn: '2018-05-09' }, ['paid-before-scheduled']],
    ['paid tomorrow', { paidOn: '2018-05-16' }, ['paid-in-future']],
    ['one that is paid', { state: 'paid' }, ['wrong-state']],
    ['one that is cancelled', { state: 'cancelled' }, ['wrong-state']],
    ['a bank reference without letter or digit', { bankReference: ' -/- ' }, ['bank-reference-empty']],
    ['one that another has', { takenBy: { id: '1', reference: 'PAY-000001' } }, ['bank-reference-taken']],
  ])('%s', (_, change, expected) => expect(codes(change)).toEqual(expected));

  test.each<[Partial<Parameters<typeof recordBlockers>[0]>, string]>([
    [{ paidOn: '2018-05-09' }, '/paidOn'],
    [{ paidOn: '2018-05-16' }, '/paidOn'],
    [{ bankReference: '-' }, '/bankReference'],
    [{ takenBy: { id: '1', reference: 'PAY-000001' } }, '/bankReference'],
  ])('%p is told at %s', (change, pointer) =>
    expect(recordBlockers({ ...record, ...change })).toMatchObject([{ pointer }]),
  );

  test('a bank reference that is taken names the payment that has it', () =>
    expect(recordBlockers({ ...record, takenBy: { id: '1', reference: 'PAY-000001' } })).toMatchObject([
      { about: { kind: 'payment', id: '1', name: 'PAY-000001' } },
    ]));

  test.each(PAYERS)('by %s, %s', (payerId, _, expected) => expect(codes({ payerId })).toEqual(expected));
});

describe('taking back', () => {
  const active = { state: 'active' as const, reference: 'MHE-RW4' };

  test.each(PAYMENT_STATES)('a payment that is %s', (state) => {
    const codes = cancellationBlockers({ state, people: PEOPLE, payerId: 'pay' }).map(({ code }) => code);
    expect(codes).toEqual(state === 'scheduled' ? [] : ['wrong-state']);
    const reversal = { state, agreement: active, people: PEOPLE, payerId: 'pay', recoveries: [] };
    expect(reversalBlockers(reversal).map(({ code }) => code)).toEqual(
      state === 'paid' || state === 'reconciled' ? [] : ['wrong-state'],
    );
  });

  test.each(PAYERS)('by %s, %s', (payerId, _, expected) => {
    const people = PEOPLE;
    const reversal = { state: 'paid' as const, agreement: active, people, payerId, recoveries: [] };
    expect(reversalBlockers(reversal).map(({ code }) => code)).toEqual(expected);
    expect(cancellationBlockers({ state: 'scheduled', people, payerId }).map(({ code }) => code)).toEqual(
      expected,
    );
  });

  test('what is asked back arrived; what was novated is elsewhere', () => {
    const blockers = reversalBlockers({
      state: 'paid',
      agreement: { state: 'novated', reference: 'MHE-RW4' },
      people: PEOPLE,
      payerId: 'pay',
      recoveries: [{ id: '7', reference: 'REC-00007' }],
    });
    expect(blockers.map(({ code }) => code)).toEqual(['agreement-novated', 'recovery-stands']);
    expect(blockers[1]).toMatchObject({
      about: { kind: 'recovery', id: '7', name: 'REC-00007' },
      clearedBy: 'Withdraw REC-00007, where it is only raised.',
    });
    for (const state of ['active', 'suspended', 'closing', 'closed', 'terminated'] as const)
      expect(heldBlockers({ state, reference: 'x' })).toEqual([]);
  });
});

test.each([
  ['FPS 4471/0093', 'fps44710093'],
  ['  bacs-1 ', 'bacs1'],
  ['£–é', ''],
])('the bank reference %p compares as %p', (reference, key) => expect(bankKey(reference)).toBe(key));

describe('what is paid of each funding line', () => {
  test.each([
    [[], []],
    [[['a', 5]], [['a', 5]]],
    [
      [
        ['a', 5],
        ['b', 0],
        ['a', 7],
        ['c', null],
      ],
      [['a', 12]],
    ],
    [
      [
        ['b', 1],
        ['a', 2],
        ['b', 3],
      ],
      [
        ['b', 4],
        ['a', 2],
      ],
    ],
  ] as Array<[Array<[string, number | null]>, Array<[string, number]>]>)('%p comes to %p', (lines, parts) => {
    const paid = paidByLine(lines.map(([lineId, approvedPence]) => ({ lineId, approvedPence })));
    expect(paid.map(({ lineId, amountPence }) => [lineId, amountPence])).toEqual(parts);
  });

  test('is all that was approved, each line once, and never nothing', () => {
    const line = fc.record({
      lineId: fc.constantFrom('a', 'b', 'c', 'd'),
      approvedPence: fc.option(fc.integer({ min: 0, max: 1_000_000_000 })),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const paid = paidByLine(lines);
        const sum = (amounts: Array<number | null>) => amounts.reduce<number>((a, b) => a + (b ?? 0), 0);
        expect(sum(paid.map(({ amountPence }) => amountPence))).toBe(
          sum(lines.map(({ approvedPence }) => approvedPence)),
        );
        expect(new Set(paid.map(({ lineId }) => lineId)).size).toBe(paid.length);
        expect(paid.filter(({ amountPence }) => amountPence <= 0)).toEqual([]);
      }),
    );
  });
});
