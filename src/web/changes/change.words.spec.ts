import { asks, FACTS, move, varies } from '../../../test/support/change-facts.js';
import type { ChangeContent } from '../../change-requests/change-content.js';
import { impactOf } from '../../change-requests/change-impact.rules.js';
import { effectOf } from '../../change-requests/change-request.rules.js';
import {
  askedWords,
  benefitWords,
  costWords,
  dateWords,
  effectWords,
  gateWords,
  slipWords,
} from './change.words.js';

const wordsOf = (content: ChangeContent) =>
  Object.fromEntries(
    effectWords(effectOf(impactOf(content, FACTS))).map(({ label, value }) => [label, value]),
  );

test.each([
  [0, 'on the same day'],
  [1, '1 day later'],
  [184, '184 days later'],
  [-12, '12 days earlier'],
])('a slip of %i days is %s', (days, said) => expect(slipWords(days)).toBe(said));

const cost = { grantMovedPence: 0, matchMovedPence: 0, betweenKindsPence: 0, betweenYearsPence: 0 };
test.each([
  [{}, 'No money moves. The award stays the same.'],
  [
    { grantMovedPence: 25_000_000, betweenYearsPence: 25_000_000 },
    '£250,000 of grant changes its line: £250,000 goes to another year. The award stays the same.',
  ],
  [
    { grantMovedPence: 25_000_000, betweenYearsPence: 10_000_000, betweenKindsPence: 15_000_000 },
    '£250,000 of grant changes its line: £100,000 goes to another year, and £150,000 changes between capital and revenue. The award stays the same.',
  ],
  [{ matchMovedPence: 100 }, '£1 of match changes its line. The award stays the same.'],
])('the cost of %p in words', (over, said) => expect(costWords({ ...cost, ...over })).toBe(said));

test.each([
  [{ milestones: 0, slipDays: null, latestOn: null }, 'No milestone gets another day.'],
  [
    { milestones: 1, slipDays: 184, latestOn: '2018-09-30' },
    '1 milestone gets another agreed day, 184 days later. The last of the new days is 30 September 2018.',
  ],
  [
    { milestones: 3, slipDays: 184, latestOn: '2018-09-30' },
    '3 milestones get another agreed day, at most 184 days later. The last of the new days is 30 September 2018.',
  ],
])('dates in words: %p', (date, said) => expect(dateWords(date)).toBe(said));

test.each([
  [{ later: 0, laterGrantPence: 0 }, 'No tranche opens later.'],
  [{ later: 1, laterGrantPence: 400_000_000 }, '1 tranche, £4,000,000 of grant, opens later.'],
  [{ later: 2, laterGrantPence: 100 }, '2 tranches, £1 of grant, open later.'],
])('gates in words: %p', (gate, said) => expect(gateWords(gate)).toBe(said));

test.each([
  [{ targetSets: 0, late: 0, plans: 0 }, 'No target is touched.'],
  [{ targetSets: 0, late: 0, plans: 1 }, '1 benefit gets another plan.'],
  [
    { targetSets: 1, late: 0, plans: 2 },
    '2 benefits get another plan. 1 target set is touched. The agreed days are still in time for it.',
  ],
  [
    { targetSets: 1, late: 0, plans: 0 },
    '1 target set is touched. The agreed days are still in time for it.',
  ],
  [
    { targetSets: 2, late: 0, plans: 0 },
    '2 target sets are touched. The agreed days are still in time for all of them.',
  ],
  [
    { targetSets: 1, late: 1, plans: 0 },
    '1 target set is touched. For it the last agreed day is after the day of the target.',
  ],
  [
    { targetSets: 3, late: 2, plans: 0 },
    '3 target sets are touched. For 2 of them the last agreed day is after the day of the target.',
  ],
])('benefit in words: %p', (benefit, said) => expect(benefitWords(benefit)).toBe(said));

test('what a real change does, in four sentences', () => {
  const milestones = [{ milestone: 'records/go-live', agreedOn: '2018-09-30', delayReason: 'supplier' }];
  expect(wordsOf(asks({ milestones }))).toEqual({
    Cost: 'No money moves. The award stays the same.',
    Dates:
      '1 milestone gets another agreed day, 183 days later. The last of the new days is 30 September 2018.',
    Gates: '1 tranche, £1,500 of grant, opens later.',
    Benefit: '2 target sets are touched. The agreed days are still in time for all of them.',
  });
  expect(wordsOf(asks({ moves: [move()] })).Cost).toBe(
    '£100 of grant changes its line: £100 goes to another year. The award stays the same.',
  );
});

test.each([
  [asks({}), 'Nothing yet'],
  [
    asks({ milestones: [{ milestone: 'a/b', agreedOn: '2018-09-30', delayReason: null }] }),
    '1 milestone: a/b on 30 September 2018',
  ],
  [asks({ moves: [move()] }), '£100 of grant from 2017/18 capital to 2018/19 capital'],
  [
    varies({ conditions: ['x'], eligibility: { startsOn: '2017-04-01', endsOn: '2019-03-31' } }),
    'Other conditions, eligibility window',
  ],
])('what is asked for in a sentence', (content, said) => expect(askedWords(content)).toBe(said));

test('what is asked for calls a milestone by its name where that is known', () => {
  const content = asks({ milestones: [{ milestone: 'a/b', agreedOn: '2018-09-30', delayReason: null }] });
  expect(askedWords(content, new Map([['a/b', 'Go-live']]))).toBe(
    '1 milestone: Go-live on 30 September 2018',
  );
});
