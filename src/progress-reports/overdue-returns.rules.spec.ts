import { type OwedReturn, overdueReturnBlockers } from './overdue-returns.rules.js';

const owed = (over: Partial<OwedReturn>): OwedReturn => ({
  id: 'r',
  trustId: 't',
  period: '2017/18 Q3',
  state: 'open',
  version: 1,
  dueOn: '2018-01-15',
  ...over,
});

test('an overdue return keeps every gate of its trust shut', () =>
  expect(overdueReturnBlockers([owed({})], '2018-01-16')).toEqual([
    {
      trustId: 't',
      trancheId: null,
      blocker: {
        code: 'return-overdue',
        message: 'The return for 2017/18 Q3 was due on 15 January 2018 and is not submitted.',
        about: { kind: 'progress-report', id: 'r', name: '2017/18 Q3' },
        clearedBy: 'The trust prepares it, has it certified and submits it.',
        dueOn: '2018-01-15',
      },
    },
  ]));

test.each([
  ['the day after it was due', owed({}), '2018-01-16', 1],
  ['not on the day itself', owed({}), '2018-01-15', 0],
  ['a draft', owed({ state: 'draft' }), '2018-01-16', 1],
  ['a certified one', owed({ state: 'trust-certified' }), '2018-01-16', 1],
  ['not a submitted one', owed({ state: 'submitted' }), '2018-01-16', 0],
  ['not a queried one', owed({ state: 'queried' }), '2018-01-16', 0],
  ['not a correction', owed({ state: 'draft', version: 2 }), '2018-01-16', 0],
] as const)('%s', (_, report, today, count) =>
  expect(overdueReturnBlockers([report], today)).toHaveLength(count),
);

test.each([
  ['open', 'The trust prepares it, has it certified and submits it.'],
  ['draft', 'The trust has it certified and submits it.'],
  ['trust-certified', 'The trust submits it.'],
] as const)('what clears one that is %s', (state, words) =>
  expect(overdueReturnBlockers([owed({ state })], '2018-01-16')[0]?.blocker.clearedBy).toBe(words),
);

test('each overdue return is one blocker', () =>
  expect(
    overdueReturnBlockers([owed({ id: 'a' }), owed({ id: 'b', trustId: 'u' })], '2018-02-01').map(
      ({ trustId, blocker }) => [trustId, blocker.about?.id],
    ),
  ).toEqual([
    ['t', 'a'],
    ['u', 'b'],
  ]));
