import fc from 'fast-check';
import {
  RECOVERY,
  RECOVERY_STATES,
  raisingBlockers,
  receiptBlockers,
  splitOverLines,
  stateWithoutRecovery,
  writeOffBlockers,
} from './recovery.rules.js';

const TODAY = '2018-05-15';
const ACTIVE = { state: 'active' as const, reference: 'MHE-RW4' };
const NOVATED = { state: 'novated' as const, reference: 'MHE-RW4' };
const codesOf = (blockers: Array<{ code: string }>) => blockers.map(({ code }) => code);

test.each([
  ['raised', ['agree', 'write-off', 'withdraw']],
  ['agreed', ['recover', 'write-off']],
  ['recovered', []],
  ['written-off', []],
  ['withdrawn', []],
] as const)('from %s: %p', (state, verbs) => {
  expect(RECOVERY_STATES).toContain(state);
  expect(RECOVERY.open(state)).toEqual(verbs);
});

type Raising = Parameters<typeof raisingBlockers>[0];

test.each<[string, Partial<Raising>, string[]]>([
  ['some of a paid claim', {}, []],
  ['a penny of it', { amountPence: 1 }, []],
  ['all of it', { amountPence: 500 }, []],
  ['of one that is reconciled', { claimState: 'reconciled' }, []],
  ['what is left of one that was recovered in part', { claimState: 'recovered', leftPence: 100 }, []],
  ['what is left of one that was written off in part', { claimState: 'written-off', leftPence: 100 }, []],
  ['a penny more than is left', { amountPence: 501 }, ['more-than-paid']],
  ['anything where nothing is left', { claimState: 'recovered', leftPence: 0 }, ['more-than-paid']],
  ['nothing', { amountPence: 0 }, ['amount-missing']],
  ['of one that is not paid', { claimState: 'scheduled', leftPence: 0 }, ['wrong-state']],
  ['while one is raised', { claimState: 'recovery-raised' }, ['recovery-open']],
  ['while one is agreed', { claimState: 'recovery-agreed' }, ['recovery-open']],
  ['by yesterday', { dueOn: '2018-05-14' }, ['due-in-past']],
  ['by today', { dueOn: TODAY }, []],
  ['of what was novated', { agreement: NOVATED, leftPence: 500 }, ['agreement-novated']],
])('asking back %s', (_, change, codes) => {
  const raising: Raising = {
    claimState: 'paid',
    agreement: ACTIVE,
    amountPence: 100,
    leftPence: 500,
    dueOn: '2018-06-30',
    today: TODAY,
  };
  expect(codesOf(raisingBlockers({ ...raising, ...change }))).toEqual(codes);
});

test('what is wrong with a recovery is said in its place', () => {
  const raising: Raising = {
    claimState: 'recovery-raised',
    agreement: ACTIVE,
    amountPence: 0,
    leftPence: 500,
    dueOn: '2018-05-14',
    today: TODAY,
  };
  expect(raisingBlockers(raising).map(({ pointer }) => pointer)).toEqual([
    '/state',
    '/amountPence',
    '/dueOn',
  ]);
  expect(raisingBlockers({ ...raising, claimState: 'paid', amountPence: 501, dueOn: TODAY })).toMatchObject([
    {
      message: '£5 is left of what was paid of this claim; £5.01 is more.',
      pointer: '/amountPence',
    },
  ]);
});

test('a recovery that is not ready says what it must be', () =>
  expect(RECOVERY.blockers('recover', 'raised')).toMatchObject([
    { message: 'This recovery is raised; it must be agreed for this.' },
  ]));

type Receipt = Parameters<typeof receiptBlockers>[0];

test.each<[string, Partial<Receipt>, string[]]>([
  ['after the trust agreed', {}, []],
  ['today', { receivedOn: TODAY }, []],
  ['on the day when it was paid', { receivedOn: '2018-05-01' }, []],
  ['before it was paid', { receivedOn: '2018-04-30' }, ['received-before-paid']],
  ['tomorrow', { receivedOn: '2018-05-16' }, ['received-in-future']],
  ['before the trust agreed', { state: 'raised' }, ['wrong-state']],
  ['twice', { state: 'recovered' }, ['wrong-state']],
  ['after a novation', { agreement: NOVATED }, ['agreement-novated']],
])('a receipt %s', (_, change, codes) => {
  const receipt: Receipt = {
    state: 'agreed',
    agreement: ACTIVE,
    receivedOn: '2018-05-10',
    paidOn: '2018-05-01',
    today: TODAY,
  };
  const found = receiptBlockers({ ...receipt, ...change });
  expect(codesOf(found)).toEqual(codes);
  for (const { code, pointer } of found) if (code.startsWith('received')) expect(pointer).toBe('/receivedOn');
});

test.each([
  ['raised', 'other', ACTIVE, []],
  ['agreed', 'other', ACTIVE, []],
  ['agreed', 'raiser', ACTIVE, ['write-off-by-raiser']],
  ['recovered', 'other', ACTIVE, ['wrong-state']],
  ['written-off', 'raiser', ACTIVE, ['wrong-state', 'write-off-by-raiser']],
  ['agreed', 'other', NOVATED, ['agreement-novated']],
] as const)('writing off what is %s, by the %s', (state, actorId, agreement, codes) =>
  expect(codesOf(writeOffBlockers({ state, agreement, raiserId: 'raiser', actorId }))).toEqual(codes),
);

test.each([
  [[], 'paid', 'paid'],
  [[], 'reconciled', 'reconciled'],
  [['recovered'], 'paid', 'recovered'],
  [['recovered', 'written-off'], 'reconciled', 'written-off'],
  [['written-off', 'recovered'], 'paid', 'recovered'],
] as const)(
  'after %p a claim whose payment is %s is %s once a recovery is withdrawn',
  (before, payment, state) => expect(stateWithoutRecovery(before, payment)).toBe(state),
);

describe('an amount over the lines of a claim', () => {
  test.each([
    [100, [['a', 100]], [['a', 100]]],
    [
      1,
      [
        ['a', 1],
        ['b', 1],
      ],
      [['a', 1]],
    ],
    [
      100,
      [
        ['a', 300],
        ['b', 100],
      ],
      [
        ['a', 75],
        ['b', 25],
      ],
    ],
    [
      100,
      [
        ['a', 50],
        ['b', 0],
        ['c', 100],
      ],
      [
        ['a', 33],
        ['c', 67],
      ],
    ],
    [
      199,
      [
        ['a', 100],
        ['b', 100],
      ],
      [
        ['a', 100],
        ['b', 99],
      ],
    ],
  ] as Array<[number, Array<[string, number]>, Array<[string, number]>]>)(
    '%d over %p is %p',
    (amount, lines, parts) => {
      const split = splitOverLines(
        amount,
        lines.map(([lineId, paidPence]) => ({ lineId, paidPence })),
      );
      expect(split.map(({ lineId, amountPence }) => [lineId, amountPence])).toEqual(parts);
    },
  );

  const paid = fc
    .array(fc.integer({ min: 0, max: 9_000_000_000 }), { minLength: 1, maxLength: 12 })
    .filter((amounts) => amounts.some((amount) => amount > 0));

  test('sums exactly, and is never more than is paid of any', () => {
    fc.assert(
      fc.property(paid, fc.double({ min: 0, max: 1, noNaN: true }), (amounts, share) => {
        const there = amounts.reduce((a, b) => a + b, 0);
        const amount = Math.max(1, Math.floor(there * share));
        const lines = amounts.map((paidPence, index) => ({ lineId: String(index), paidPence }));
        const parts = splitOverLines(amount, lines);
        expect(parts.reduce((sum, { amountPence }) => sum + amountPence, 0)).toBe(amount);
        for (const { lineId, amountPence } of parts) {
          expect(amountPence).toBeGreaterThan(0);
          expect(amountPence).toBeLessThanOrEqual(amounts[Number(lineId)] as number);
        }
      }),
    );
  });

  test('part by part takes all that was paid and not a penny more', () => {
    fc.assert(
      fc.property(
        paid,
        fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { maxLength: 8 }),
        (amounts, asked) => {
          const left = [...amounts];
          const total = () => left.reduce((a, b) => a + b, 0);
          for (const amount of [...asked, Number.MAX_SAFE_INTEGER]) {
            const taken = Math.min(amount, total());
            if (taken === 0) break;
            const lines = left.map((paidPence, index) => ({ lineId: String(index), paidPence }));
            for (const { lineId, amountPence } of splitOverLines(taken, lines))
              left[Number(lineId)] = (left[Number(lineId)] as number) - amountPence;
            expect(left.filter((amount) => amount < 0)).toEqual([]);
          }
          expect(total()).toBe(0);
        },
      ),
    );
  });

  test.each([0, -1, 101])('%d of 100 pence cannot be taken', (amount) =>
    expect(() => splitOverLines(amount, [{ lineId: 'a', paidPence: 100 }])).toThrow(RangeError),
  );
});
