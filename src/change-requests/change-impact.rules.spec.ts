import { asks, FACTS, move, varies } from '../../test/support/change-facts.js';
import type { ReprofiledMilestone } from '../milestones/reprofile.rules.js';
import type { ChangeImpact } from './change-impact.js';
import { impactOf } from './change-impact.rules.js';

const SAME = {
  grantBeforePence: 200_000,
  grantAfterPence: 200_000,
  matchBeforePence: 200_000,
  matchAfterPence: 200_000,
};
const NOTHING: ChangeImpact = {
  money: [],
  totals: SAME,
  dates: [],
  gates: [],
  targets: [],
  terms: { tranches: null, conditions: null, eligibility: null },
  plans: [],
};
const on = (milestone: string, agreedOn: string): ReprofiledMilestone => ({
  milestone,
  agreedOn,
  delayReason: 'staff',
});
const reprofile = (...milestones: ReprofiledMilestone[]) => impactOf(asks({ milestones }), FACTS);

test('money that moves is shown by line, before and after, and the totals stay', () =>
  expect(
    impactOf(
      asks({
        moves: [
          move('2017/18 capital', '2019/20 capital', 12_000),
          move('2018/19 capital', '2018/19 revenue', 1_000, 'match'),
        ],
      }),
      FACTS,
    ),
  ).toEqual({
    ...NOTHING,
    money: [
      {
        financialYear: '2017/18',
        kind: 'capital',
        grantBeforePence: 100_000,
        grantAfterPence: 88_000,
        matchBeforePence: 100_000,
        matchAfterPence: 100_000,
        unclaimedBeforePence: 5_000,
        unclaimedAfterPence: 3_000,
        lapsedBeforePence: 10_000,
        lapsedAfterPence: 0,
        pledgedBeforePence: 20_000,
        pledgedAfterPence: 20_000,
      },
      {
        financialYear: '2018/19',
        kind: 'capital',
        grantBeforePence: 60_000,
        grantAfterPence: 60_000,
        matchBeforePence: 60_000,
        matchAfterPence: 59_000,
        unclaimedBeforePence: 45_000,
        unclaimedAfterPence: 45_000,
        lapsedBeforePence: 0,
        lapsedAfterPence: 0,
        pledgedBeforePence: 60_000,
        pledgedAfterPence: 59_000,
      },
      {
        financialYear: '2018/19',
        kind: 'revenue',
        grantBeforePence: 40_000,
        grantAfterPence: 40_000,
        matchBeforePence: 40_000,
        matchAfterPence: 41_000,
        unclaimedBeforePence: 40_000,
        unclaimedAfterPence: 40_000,
        lapsedBeforePence: 0,
        lapsedAfterPence: 0,
        pledgedBeforePence: 0,
        pledgedAfterPence: 1_000,
      },
      {
        financialYear: '2019/20',
        kind: 'capital',
        grantBeforePence: 0,
        grantAfterPence: 12_000,
        matchBeforePence: 0,
        matchAfterPence: 0,
        unclaimedBeforePence: 0,
        unclaimedAfterPence: 12_000,
        lapsedBeforePence: 0,
        lapsedAfterPence: 0,
        pledgedBeforePence: 0,
        pledgedAfterPence: 0,
      },
    ],
  }));

test('a later go-live slips, opens its tranche later, and touches every measure of the trust', () =>
  expect(reprofile(on('records/go-live', '2020-04-30'))).toEqual({
    ...NOTHING,
    dates: [
      {
        milestone: 'records/go-live',
        name: 'Name of records/go-live',
        baselineOn: '2018-03-31',
        beforeOn: '2018-03-31',
        afterOn: '2020-04-30',
        slipDays: 761,
        fromBaselineDays: 761,
        forecastOn: '2018-03-31',
      },
    ],
    gates: [
      {
        number: 2,
        name: 'Delivery',
        plannedBeforeOn: '2018-03-31',
        plannedAfterOn: '2018-03-31',
        opensBeforeOn: '2018-03-31',
        opensAfterOn: '2020-04-30',
        grantBeforePence: 150_000,
        grantAfterPence: 150_000,
        what: ['Opens 761 days later'],
      },
    ],
    targets: [
      {
        targetSet: 'paperless/v1',
        name: 'Paperless',
        targetOn: '2020-03-31',
        latestBeforeOn: '2018-03-31',
        latestOn: '2020-04-30',
        late: true,
        measures: ['notes', 'letters'],
      },
      {
        targetSet: 'access/v2',
        name: 'Access',
        targetOn: '2018-12-31',
        latestBeforeOn: '2018-03-31',
        latestOn: '2020-04-30',
        late: true,
        measures: ['records/views'],
      },
    ],
  }));

test.each<[string, ReprofiledMilestone[], ChangeImpact['targets']]>([
  [
    'whose project has a measure: on its last open day, in time to the day',
    [on('apps/pilot', '2018-12-31')],
    [
      {
        targetSet: 'access/v2',
        name: 'Access',
        targetOn: '2018-12-31',
        latestBeforeOn: '2018-12-31',
        latestOn: '2018-12-31',
        late: false,
        measures: ['apps/downloads'],
      },
    ],
  ],
  [
    'a day later',
    [on('apps/pilot', '2019-01-01')],
    [
      {
        targetSet: 'access/v2',
        name: 'Access',
        targetOn: '2018-12-31',
        latestBeforeOn: '2018-12-31',
        latestOn: '2019-01-01',
        late: true,
        measures: ['apps/downloads'],
      },
    ],
  ],
])('the target of a milestone %s', (_, milestones, expected) =>
  expect(reprofile(...milestones).targets).toEqual(expected),
);

test.each([
  ['one that no tranche waits for', on('apps/pilot', '2019-01-01'), []],
  ['a tranche that waits longer already', on('records/go-live', '2018-03-30'), []],
  ['a day', on('records/go-live', '2018-04-01'), ['Opens 1 day later']],
])('the gates of %s', (_, line, expected) =>
  expect(reprofile(line).gates.flatMap(({ what }) => what)).toEqual(expected),
);

test('slip is from the agreed day, and beside it from the baseline', () =>
  expect(reprofile(on('apps/training', '2018-10-31')).dates).toMatchObject([
    { baselineOn: '2018-06-30', beforeOn: '2018-09-30', slipDays: 31, fromBaselineDays: 123 },
  ]));

test('what is delivered already holds no target up', () => {
  const changed = (over: Partial<(typeof FACTS.milestones)[0]>) => ({
    ...FACTS,
    milestones: FACTS.milestones.map((each) => (each.projectId === 'records' ? { ...each, ...over } : each)),
  });
  const later = { milestones: [on('records/go-live', '2018-04-30')] };
  const plan = FACTS.milestones.map((each) =>
    each.code === 'records/plan' ? { ...each, agreedOn: '2025-01-31' } : each,
  );
  expect(impactOf(asks(later), { ...FACTS, milestones: plan }).targets).toMatchObject([
    { latestBeforeOn: '2018-03-31', latestOn: '2018-04-30' },
    { latestBeforeOn: '2018-03-31', latestOn: '2018-04-30' },
  ]);
  expect(impactOf(asks(later), changed({ state: 'met' })).targets).toEqual([]);
});

test('conditions alone touch nothing else', () =>
  expect(impactOf(varies({ conditions: [] }), FACTS)).toEqual({
    ...NOTHING,
    terms: { ...NOTHING.terms, conditions: { before: ['Ring-fenced'], after: [] } },
  }));

test('another plan of a benefit touches that benefit alone: what was and what is to be planned, by year', () => {
  const years = [
    { financialYear: '2019/20', planned: 5_000 },
    { financialYear: '2017/18', planned: 10_000 },
    { financialYear: '2016/17', planned: 0 },
  ];
  expect(impactOf(asks({ plans: [{ benefit: 'records/forms', years }] }), FACTS)).toEqual({
    ...NOTHING,
    plans: [
      {
        ...{ benefit: 'records/forms', name: 'Fewer forms', unit: 'pence' },
        years: [
          { financialYear: '2016/17', before: null, after: 0 },
          { financialYear: '2017/18', before: 10_000, after: 10_000 },
          { financialYear: '2018/19', before: 20_000, after: null },
          { financialYear: '2019/20', before: null, after: 5_000 },
        ],
        ...{ totalBefore: 30_000, totalAfter: 15_000 },
      },
    ],
  });
});
