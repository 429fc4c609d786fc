import { asks, FACTS, move, varies } from '../../test/support/change-facts.js';
import type { TrustMilestone } from '../milestones/milestone.queries.js';
import type { ChangeContent } from './change-content.js';
import type { ChangeFacts } from './change-facts.js';
import { impactOf } from './change-impact.rules.js';
import { impactChanges, overwritten } from './impact-changes.rules.js';

const MOVE = asks({ moves: [move('2018/19 capital', '2018/19 revenue')] });
const LATER = asks({
  milestones: [{ milestone: 'records/go-live', agreedOn: '2018-09-30', delayReason: 'staff' }],
});
const VARY = varies({
  conditions: ['A review'],
  eligibility: { startsOn: '2017-04-01', endsOn: '2019-12-31' },
});

const milestone = (over: Partial<TrustMilestone>): ChangeFacts => ({
  ...FACTS,
  milestones: FACTS.milestones.map((each) => (each.code === 'records/go-live' ? { ...each, ...over } : each)),
});
const balance = (awardedPence: number): ChangeFacts => ({
  ...FACTS,
  balances: FACTS.balances.map((each) => (each.kind === 'capital' ? { ...each, awardedPence } : each)),
});
const terms = (over: Partial<ChangeFacts['terms']>): ChangeFacts => ({
  ...FACTS,
  terms: { ...FACTS.terms, ...over },
});
const named = (name: string) => FACTS.terms.tranches.map((each) => ({ ...each, name }));
const shorter = { ...FACTS.terms.eligibility, endsOn: '2020-01-31' };
const lines = FACTS.terms.lines.map((line) => ({ ...line, grantPence: line.grantPence + 1 }));

/** The facts since, the words about any change, and the parts that would be overwritten. */
test.each<[string, ChangeContent, ChangeFacts, string[], string[]]>([
  ['nothing', MOVE, FACTS, [], []],
  ['nothing that matters', MOVE, milestone({ agreedOn: '2019-01-01' }), [], []],
  [
    'a balance',
    MOVE,
    balance(44_000),
    ['The unclaimed grant of 2018/19 capital was £450 when the impact was assessed, and is £440 now.'],
    [],
  ],
  [
    'an agreed line',
    MOVE,
    terms({ lines }),
    [
      'The agreed grant of 2018/19 capital was £600 when the impact was assessed, and is £600.01 now.',
      'The agreed grant of 2018/19 revenue was £400 when the impact was assessed, and is £400.01 now.',
    ],
    [],
  ],
  [
    'the match of a line, what lapsed of it and what is pledged',
    MOVE,
    {
      ...terms({ lines: FACTS.terms.lines.map((line) => ({ ...line, matchPence: line.matchPence + 1 })) }),
      balances: FACTS.balances.map((each) => ({ ...each, lapsedPence: 1, pledgedPence: 2 })),
    },
    [
      'The agreed match of 2018/19 capital was £600 when the impact was assessed, and is £600.01 now.',
      'The lapsed grant of 2018/19 capital was £0 when the impact was assessed, and is £0.01 now.',
      'The pledged match of 2018/19 capital was £600 when the impact was assessed, and is £0.02 now.',
      'The agreed match of 2018/19 revenue was £400 when the impact was assessed, and is £400.01 now.',
      'The lapsed grant of 2018/19 revenue was £0 when the impact was assessed, and is £0.01 now.',
      'The pledged match of 2018/19 revenue was £0 when the impact was assessed, and is £0.02 now.',
    ],
    [],
  ],
  [
    'the plan of a benefit',
    asks({
      plans: [
        {
          benefit: 'apps/falls',
          years: [
            { financialYear: '2018/19', planned: 9 },
            { financialYear: '2019/20', planned: 1 },
          ],
        },
      ],
    }),
    {
      ...FACTS,
      benefits: FACTS.benefits.map((each) => ({
        ...each,
        years: each.years.map((year) => ({ ...year, planned: year.planned + 1 })),
      })),
    },
    ['The plan of apps/falls was 2018/19: 12 when the impact was assessed, and is 2018/19: 13 now.'],
    ['The plan of apps/falls was 2018/19: 12 when the impact was assessed, and is 2018/19: 13 now.'],
  ],
  [
    'a forecast',
    LATER,
    milestone({ forecastOn: '2018-05-31' }),
    [
      'The forecast of records/go-live was 31 March 2018 when the impact was assessed, and is 31 May 2018 now.',
    ],
    [],
  ],
  [
    'an agreed day',
    LATER,
    milestone({ agreedOn: '2018-05-31' }),
    [
      'The agreed day of records/go-live was 31 March 2018 when the impact was assessed, and is 31 May 2018 now.',
      'The day on which tranche 2 opens without the change was 31 March 2018 when the impact was assessed, and is 31 May 2018 now.',
      'The last agreed day for paperless/v1 without the change was 31 March 2018 when the impact was assessed, and is 31 May 2018 now.',
      'The last agreed day for access/v2 without the change was 31 March 2018 when the impact was assessed, and is 31 May 2018 now.',
    ],
    [
      'The agreed day of records/go-live was 31 March 2018 when the impact was assessed, and is 31 May 2018 now.',
    ],
  ],
  [
    'the window',
    VARY,
    terms({ eligibility: shorter }),
    ['The eligibility window of the agreement changed since the impact was assessed.'],
    ['The eligibility window of the agreement changed since the impact was assessed.'],
  ],
  [
    'the conditions',
    VARY,
    terms({ conditions: ['Another'] }),
    ['The conditions of the agreement changed since the impact was assessed.'],
    ['The conditions of the agreement changed since the impact was assessed.'],
  ],
  [
    'the tranches',
    varies({ tranches: named('x') }),
    terms({ tranches: named('y') }),
    ['The tranches of the agreement changed since the impact was assessed.'],
    ['The tranches of the agreement changed since the impact was assessed.'],
  ],
  ['tranches that the change leaves', VARY, terms({ tranches: named('x') }), [], []],
])('since then %s changed', (_, content, now, words, replaced) => {
  const assessed = impactOf(content, FACTS);
  const found = impactChanges(assessed, impactOf(content, now));
  expect(found.map(({ message }) => message)).toEqual(words);
  const clearedBy = 'The impact is assessed again, and what it says then is decided on.';
  for (const blocker of found) expect(blocker).toMatchObject({ code: 'impact-changed', clearedBy });
  expect(overwritten(assessed, impactOf(content, now)).map(({ message }) => message)).toEqual(replaced);
});

test('a gate or a target that is touched now, or no longer, is a change too', () => {
  const before = impactOf(LATER, FACTS);
  const unheld = impactOf(
    LATER,
    terms({ tranches: FACTS.terms.tranches.map((each) => ({ ...each, milestones: [] })) }),
  );
  const gone = impactChanges(before, unheld).map(({ message, pointer }) => `${pointer} ${message}`);
  expect(gone).toEqual([
    '/impact/gates The day on which tranche 2 opens without the change was 31 March 2018 when the impact was assessed, and is nothing now.',
    '/impact/gates The day on which tranche 2 opens with the change was 30 September 2018 when the impact was assessed, and is nothing now.',
    '/impact/gates The grant of tranche 2 was £1,500 when the impact was assessed, and is nothing now.',
  ]);
  expect(impactChanges(unheld, before)).toHaveLength(3);
  expect(impactChanges(before, impactOf(LATER, { ...FACTS, targetSets: [] }))).toHaveLength(8);
});

test('the database gives names back in another order, which changes nothing', () => {
  const turned = <T>(value: T): T =>
    Array.isArray(value)
      ? (value.map(turned) as T)
      : value !== null && typeof value === 'object'
        ? (Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, each]) => [name, turned(each)]),
          ) as T)
        : value;
  const content = varies({
    tranches: named('x'),
    conditions: [],
    eligibility: { startsOn: '2017-04-01', endsOn: '2019-12-31' },
  });
  const impact = impactOf(content, FACTS);
  expect(JSON.stringify(turned(impact))).not.toBe(JSON.stringify(impact));
  expect(impactChanges(turned(impact), impact)).toEqual([]);
  expect(overwritten(turned(impact), impact)).toEqual([]);
});
