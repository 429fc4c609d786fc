import { type Answer, answersOf } from './overview.answers.js';
import type { Overview } from './overview.reader.js';
import type { OverviewMoney } from './overview-money.reader.js';

const SCALE = { code: 's', name: 'S', points: ['a', 'b', 'c'].map((code) => ({ code, label: code })) };

const FUNDING = {
  money: {
    totals: {
      grant: { awardedPence: 3_500_000_000, drawnPence: 1_330_000_000, remainingPence: 2_170_000_000 },
    },
    ledger: { reconciles: true },
  },
  match: { totals: { trustsBelowRatio: 0, trustsBelowAtNextGate: 0, unexplainedPence: 0 } },
  gates: { items: [], next: null },
  yearEnd: {
    financialYear: '2018/19',
    endsOn: '2019-03-31',
    daysLeft: 254,
    closed: null,
    totals: { lapsesPence: 0, lapsesAfterApprovedPence: 0, lapsedPence: 0, expectedUnderspendPence: 0 },
  },
  awaiting: { items: [], next: null },
  pending: { items: [], next: null },
};

const OVERVIEW = {
  programme: { slug: 'p', terms: { confidenceScale: SCALE } },
  own: false,
  progress: { figures: [] },
  ownProgress: null,
  worsened: { rated: 0, worse: 0, items: [], next: null },
  ratings: [],
  followers: { named: 0, confirmed: 0, adoptions: 0, live: 0 },
  slowest: null,
  returns: { counts: { any: false, late: 0, queried: 0, unchanged: 0 }, latest: [] },
  funding: FUNDING,
};

/** An overview where only what a question asks is not as it is without anything. */
const answered = (path: string, over: object = {}): Answer | undefined =>
  answersOf({ ...OVERVIEW, ...over } as unknown as Overview).find(
    ({ href }) => href === `/programmes/p${path}`,
  );
const funded = (path: string, over: object = {}, own = false) =>
  answered(path, { own, funding: { ...FUNDING, ...over } as unknown as OverviewMoney });
const said = (answer: Answer | undefined) => [answer?.answer, answer?.attention?.words ?? null];

const trust = (odsCode: string) => ({ odsCode, name: `Trust ${odsCode}` });
const match = (trustsBelowRatio: number, trustsBelowAtNextGate: number, unexplainedPence: number) => ({
  totals: { trustsBelowRatio, trustsBelowAtNextGate, unexplainedPence },
});

test('the ten questions, in their order, and where time goes; without money those that are not of money', () => {
  const asked = (funding: unknown, returns: unknown) =>
    answersOf({ ...OVERVIEW, funding, returns } as unknown as Overview).map(({ href }) => href.split('/')[3]);
  const all =
    'money match gates returns confidence year-end claims?awaiting=me targets changes followers turnaround';
  expect(asked(FUNDING, OVERVIEW.returns).join(' ')).toBe(all);
  expect(asked(null, null)).toEqual(['confidence', 'targets', 'followers', 'turnaround']);
});

test.each([
  [true, false, '£35.0m is awarded, £13.3m drawn, £21.7m remaining.', null],
  [null, true, 'To your trust £35.0m is awarded, £13.3m drawn, £21.7m remaining.', null],
  [
    false,
    false,
    '£35.0m is awarded, £13.3m drawn, £21.7m remaining. The ledger does not add up.',
    'Differences',
  ],
])('1: the ledger reconciles: %p', (reconciles, own, ...expected) =>
  expect(said(funded('/money', { money: { ...FUNDING.money, ledger: { reconciles } } }, own))).toEqual(
    expected,
  ),
);

test.each([
  [match(0, 0, 0), false, 'No trust is below the match ratio; none would be at its next gate.', null],
  [
    match(1, 2, 100_00),
    false,
    '1 trust is below the match ratio, by £100; 2 would be at their next gate.',
    '1 below',
  ],
  [
    match(2, 1, 300_00),
    false,
    '2 trusts are below the match ratio, by £300; 1 would be at its next gate.',
    '2 below',
  ],
  [
    match(0, 1, 0),
    false,
    'No trust is below the match ratio; 1 would be at its next gate.',
    '1 at next gate',
  ],
  [
    match(1, 1, 100_00),
    true,
    'Your trust is below the match ratio: £100 is missing; it would be at its next gate.',
    '1 below',
  ],
  [match(0, 0, 0), true, 'Your trust is not below the match ratio; it would not be at its next gate.', null],
])('2: match %#', (given, own, ...expected) =>
  expect(said(funded('/match', { match: given }, own))).toEqual(expected),
);

test.each([
  [[], 'No gate with money left falls within 90 days.', null],
  [[{ open: true, slips: false }], '1 gate falls within 90 days: none is shut, none slips.', null],
  [
    [
      { open: false, slips: true },
      { open: false, slips: false },
      { open: true, slips: false },
    ],
    '3 gates fall within 90 days: 2 are shut, 1 slips.',
    '1 slips',
  ],
])('3: gates %#', (items, ...expected) =>
  expect(said(funded('/gates', { gates: { items, next: null } }))).toEqual(expected),
);

test('3: gates of which there are more than are looked at', () => {
  const gates = { items: [{ open: false, slips: true }], next: 'more' };
  expect(funded('/gates', { gates })?.answer).toBe(
    'More than 1 gate falls within 90 days. Of the first 1, 1 is shut, 1 slips.',
  );
});

test.each([
  [{ any: false }, false, 'No return has been opened yet.', null],
  [{}, false, 'Of the returns, none is late, none is queried, none is unchanged since the one before.', null],
  [
    { late: 1, queried: 2 },
    true,
    'Of your returns, 1 is late, 2 are queried, none is unchanged since the one before.',
    '1 late',
  ],
  [
    { unchanged: 1 },
    false,
    'Of the returns, none is late, none is queried, 1 is unchanged since the one before.',
    '1 unchanged',
  ],
])('4: returns %#', (over, own, ...expected) => {
  const counts = { any: true, late: 0, queried: 0, unchanged: 0, ...over };
  expect(said(answered('/returns', { returns: { counts, latest: [] }, own }))).toEqual(expected);
});

test.each([
  [0, [], false, 'No delivery confidence is accepted yet.', null],
  [1, [], false, 'No trust’s delivery confidence worsened, of 1 that have one.', null],
  [2, ['A'], false, 'Worse than before at 1 of 2 trusts: Trust A.', '1 worse'],
  [
    4,
    ['A', 'B', 'C', 'D'],
    false,
    'Worse than before at 4 of 4 trusts: Trust A, Trust B and Trust C, and 1 more.',
    '4 worse',
  ],
  [1, ['A'], true, 'Your trust’s delivery confidence worsened in its latest accepted return.', '1 worse'],
])('5: confidence %#', (rated, worse, own, ...expected) => {
  const worsened = { rated, worse: worse.length, items: worse.slice(0, 3).map(trust), next: null };
  expect(said(answered('/confidence', { worsened, own }))).toEqual(expected);
});

test.each([
  [{}, {}, 'Nothing of 2018/19 is left to lapse.', null],
  [
    {},
    { lapsesPence: 2_000_000_00, lapsesAfterApprovedPence: 1_500_000_00 },
    '£1.5m of 2018/19 lapses on 31 March 2019 if it is not claimed, in 254 days; no underspend is forecast.',
    null,
  ],
  [
    { daysLeft: 1 },
    { lapsesPence: 100_00, lapsesAfterApprovedPence: 100_00 },
    '£100 of 2018/19 lapses on 31 March 2019 if it is not claimed, in 1 day; no underspend is forecast.',
    '1 day',
  ],
  [
    {},
    { lapsesPence: 100_00, lapsesAfterApprovedPence: 100_00, expectedUnderspendPence: 40_00 },
    '£100 of 2018/19 lapses on 31 March 2019 if it is not claimed, in 254 days; £40 is forecast not to be spent.',
    '£40 unspent',
  ],
  [{ closed: {} }, { lapsedPence: 70_00 }, '2018/19 is closed: £70 lapsed.', null],
])('6: year end %#', (over, totals, ...expected) => {
  const { yearEnd } = FUNDING;
  const given = { ...yearEnd, ...over, totals: { ...yearEnd.totals, ...totals } };
  expect(said(funded('/year-end', { yearEnd: given }))).toEqual(expected);
});

test.each([
  [[], 'No claim awaits you.', null],
  [[{ ageDays: 1 }], '1 claim awaits you; it has waited 1 day.', '1 to do'],
  [[{ ageDays: 12 }, { ageDays: 3 }], '2 claims await you; the oldest has waited 12 days.', '2 to do'],
])('7: claims %#', (items, ...expected) =>
  expect(said(funded('/claims?awaiting=me', { awaiting: { items, next: null } }))).toEqual(expected),
);

const toward = (reported: string | null, validated: string | null) => ({
  targetSet: {},
  selfReported: reported && { expected: { outcome: reported } },
  validated: validated && { expected: { outcome: validated } },
});

test.each([
  [[toward(null, null)], 'No figure toward a target is reported yet.', null],
  [
    [toward('on-trend', 'late'), toward('reached', 'not-on-this-trend'), toward('late', 'too-few-points')],
    'On trend for 2 of 3 targets as reported, and for none as validated.',
    '3 off trend',
  ],
  [[toward('reached', 'reached')], 'On trend for 1 of 1 target as reported, and for 1 as validated.', null],
])('8: targets %#', (figures, ...expected) =>
  expect(said(answered('/targets', { progress: { figures } }))).toEqual(expected),
);

test('8: a trust’s people read of their own trust', () =>
  expect(answered('/targets', { ownProgress: { figures: [toward('late', null)] } })?.answer).toBe(
    'Your trust is on trend for 0 of 1 target as reported, and for none as validated.',
  ));

const effect = (grantMovedPence: number, slipDays: number | null, late: number) => ({
  effect: { cost: { grantMovedPence }, date: { slipDays }, benefit: { late } },
});

test.each([
  [[], 'No change is pending.', null],
  [[{ effect: null }], '1 change is pending: the impact is not assessed yet.', '1 pending'],
  [
    [effect(0, null, 0)],
    '1 change is pending: no grant would move, no date would slip, no target would be missed.',
    '1 pending',
  ],
  [
    [effect(100_00, 90, 1), effect(50_00, 30, 0)],
    '2 changes are pending: £150 of grant would move, dates would slip by up to 90 days, 1 target would be missed.',
    '2 pending',
  ],
])('9: changes %#', (items, ...expected) =>
  expect(said(funded('/changes', { pending: { items, next: null } }))).toEqual(expected),
);

test.each([
  [{ named: 0, confirmed: 0, adoptions: 0, live: 0 }, 'No follower is named. No blueprint is adopted yet.'],
  [
    { named: 2, confirmed: 1, adoptions: 3, live: 0 },
    '2 followers are named, 1 confirmed. 3 adoptions are recorded, none live.',
  ],
])('10: followers %#', (followers, answer) =>
  expect(said(answered('/followers', { followers }))).toEqual([answer, null]),
);

test.each([
  [
    'nothing went through',
    null,
    'Too little went through any stage in the last 12 months to say which is the slowest.',
    null,
  ],
  [
    'over its target',
    { medianDays: 8.5, targetDays: 5 },
    'In the last 12 months: Claims: recommended, until it is approved by all. Half of 4 took 8.5 days or more, against 5 days.',
    'Over its target',
  ],
  [
    'within its target',
    { medianDays: 1, targetDays: 5 },
    'In the last 12 months: Claims: recommended, until it is approved by all. Half of 4 took 1 day or more, against 5 days.',
    null,
  ],
])('the slowest stage: %s', (_, time, answer, attention) => {
  const stage = { process: 'Claims', name: 'Recommended, until it is approved by all', ended: 4 };
  expect(said(answered('/turnaround', { slowest: time && { ...stage, ...time } }))).toEqual([
    answer,
    attention,
  ]);
});
