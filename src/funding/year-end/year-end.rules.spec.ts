import type { AccountBalance } from '../ledger.queries.js';
import { daysLeft, lapseMovements, yearEndBlockers } from './year-end.rules.js';

const PROGRAMME = { startsOn: '2017-04-01', endsOn: '2020-03-31' };

test.each<[string, string, boolean, string[]]>([
  ['2018/19', '2019-04-01', false, []],
  ['2018/19', '2021-01-01', false, []],
  ['2018/19', '2019-03-31', false, ['year-not-over']],
  ['2018/19', '2018-10-01', false, ['year-not-over']],
  ['2018/19', '2019-04-01', true, ['year-closed']],
  ['2017/18', '2019-04-01', false, []],
  ['2019/20', '2020-04-01', false, []],
  ['2016/17', '2019-04-01', false, ['year-outside-programme']],
  ['2020/21', '2021-04-01', false, ['year-outside-programme']],
])('closing %s on %s, closed before: %s, is blocked by %p', (financialYear, today, closed, expected) =>
  expect(
    yearEndBlockers({ financialYear, programme: PROGRAMME, closed, today }).map(({ code }) => code),
  ).toEqual(expected),
);

test('what keeps a year open is said of the year, with the day on which it ends', () =>
  expect(
    yearEndBlockers({ financialYear: '2020/21', programme: PROGRAMME, closed: true, today: '2021-03-31' }),
  ).toMatchObject([
    { code: 'year-outside-programme', pointer: '/financialYear' },
    { code: 'year-closed', pointer: '/financialYear' },
    { code: 'year-not-over', pointer: '/financialYear', dueOn: '2021-03-31' },
  ]));

test.each([
  ['2019-02-17', 42],
  ['2019-03-30', 1],
  ['2019-03-31', 0],
  ['2019-04-01', 0],
])('on %s, %d days of 2018/19 are left', (today, days) => expect(daysLeft('2018/19', today)).toBe(days));

const balance = (over: Partial<AccountBalance>): AccountBalance => ({
  lineId: 'capital',
  financialYear: '2018/19',
  kind: 'capital',
  source: 'grant',
  stage: 'awarded',
  balancePence: 100,
  ...over,
});

test('awarded grant of the year lapses, and nothing else', () =>
  expect(
    lapseMovements(
      [
        balance({}),
        balance({ lineId: 'revenue', balancePence: 1 }),
        balance({ lineId: 'empty', balancePence: 0 }),
        balance({ stage: 'claimed' }),
        balance({ stage: 'paid' }),
        balance({ stage: 'lapsed' }),
        balance({ stage: 'outside', balancePence: -900 }),
        balance({ source: 'match', stage: 'pledged' }),
        balance({ financialYear: '2017/18' }),
        balance({ financialYear: '2019/20' }),
      ],
      '2018/19',
    ),
  ).toEqual([
    { lineId: 'capital', source: 'grant', from: 'awarded', to: 'lapsed', amountPence: 100 },
    { lineId: 'revenue', source: 'grant', from: 'awarded', to: 'lapsed', amountPence: 1 },
  ]));
