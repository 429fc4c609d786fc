import fc from 'fast-check';
import { FACTS, move } from '../../test/support/change-facts.js';
import { sumPence } from '../core/money.js';
import { accountKey, applied, entryBlockers } from '../funding/ledger.rules.js';
import { lineKey } from '../funding/ledger-lines.rules.js';
import type { LineName, MoneyMove } from './change-content.js';
import type { ChangeFacts } from './change-facts.js';
import { balanceOf, moveBlockers, movedLines, reallocation } from './change-moves.rules.js';

const OPEN: ChangeFacts = { ...FACTS, programme: { ...FACTS.programme, closedYears: [] } };
const codes = (reasons: Array<{ code: string }>) => reasons.map(({ code }) => code);

test.each<[string, MoneyMove[], string[]]>([
  ['nothing', [], ['nothing-changes']],
  ['capital to revenue of a year', [move('2018/19 capital', '2018/19 revenue')], []],
  ['capital to revenue of another year', [move('2018/19 capital', '2019/20 revenue')], []],
  ['to an earlier year', [move('2018/19 capital', '2017/18 capital')], []],
  ['to a line that is not there yet', [move('2018/19 capital', '2019/20 capital')], []],
  ['all that is there', [move('2018/19 capital', '2018/19 revenue', 45_000)], []],
  ['a penny more', [move('2018/19 capital', '2018/19 revenue', 45_001)], ['not-enough-in-line']],
  [
    'a penny more in two parts',
    [move('2018/19 capital', '2018/19 revenue', 45_000), move('2018/19 capital', '2019/20 capital', 1)],
    ['not-enough-in-line'],
  ],
  ['what has lapsed and what is awarded', [move('2017/18 capital', '2018/19 revenue', 15_000)], []],
  ['a penny more than both', [move('2017/18 capital', '2018/19 revenue', 15_001)], ['not-enough-in-line']],
  ['match that is pledged', [move('2018/19 capital', '2018/19 revenue', 60_000, 'match')], []],
  [
    'match that is evidenced',
    [move('2018/19 revenue', '2018/19 capital', 1, 'match')],
    ['not-enough-in-line'],
  ],
  ['no money', [move('2018/19 capital', '2018/19 revenue', 0)], ['amount-missing']],
  ['a line to itself', [move('2018/19 capital', '2018/19 capital')], ['same-line', 'line-gives-and-takes']],
  [
    'a line on and on',
    [move('2018/19 capital', '2018/19 revenue'), move('2018/19 revenue', '2019/20 revenue')],
    ['line-gives-and-takes'],
  ],
  [
    'grant one way and match the other',
    [move('2018/19 capital', '2018/19 revenue'), move('2018/19 capital', '2018/19 revenue', 1, 'match')],
    [],
  ],
  [
    'from a line that is not there',
    [move('2019/20 capital', '2018/19 capital')],
    ['unknown-line', 'not-enough-in-line'],
  ],
  ['before the programme', [move('2018/19 capital', '2016/17 capital')], ['year-outside-programme']],
  ['after the programme', [move('2018/19 capital', '2020/21 capital')], ['year-outside-programme']],
])('moving %s is blocked by exactly that', (_, moves, expected) =>
  expect(codes(moveBlockers('move-money', moves, OPEN))).toEqual(expected),
);

test('two lines that each have enough give it, and one that has not is told for itself', () => {
  const both = (pence: number) => [
    move('2018/19 capital', '2019/20 capital', 45_000),
    move('2018/19 revenue', '2019/20 revenue', pence),
  ];
  expect(moveBlockers('move-money', both(40_000), OPEN)).toEqual([]);
  expect(moveBlockers('move-money', both(40_001), OPEN)).toMatchObject([
    { code: 'not-enough-in-line', pointer: '/content/moves/1/amountPence' },
  ]);
});

test('match that is not there is told in its words, at its own move', () =>
  expect(
    moveBlockers(
      'move-money',
      [
        move('2018/19 capital', '2019/20 capital', 1),
        move('2018/19 capital', '2019/20 capital', 60_001, 'match'),
      ],
      OPEN,
    ),
  ).toEqual([
    {
      code: 'not-enough-in-line',
      message:
        '£600.01 of match is to leave 2018/19 capital, where £600 is pledged and not evidenced. Ask for less.',
      pointer: '/content/moves/1/amountPence',
    },
  ]));

test.each<['move-money' | 'carry-forward', MoneyMove[], string[]]>([
  ['move-money', [], ['nothing-changes /content/moves']],
  [
    'move-money',
    [move('2018/19 capital', '2018/19 revenue', 0)],
    ['amount-missing /content/moves/0/amountPence'],
  ],
  [
    'move-money',
    [move('2019/20 capital', '2018/19 capital')],
    ['unknown-line /content/moves/0/from', 'not-enough-in-line /content/moves/0/amountPence'],
  ],
  [
    'move-money',
    [move('2018/19 capital', '2018/19 capital')],
    ['same-line /content/moves/0/to', 'line-gives-and-takes /content/moves/0'],
  ],
  [
    'carry-forward',
    [move('2018/19 capital', '2017/18 revenue')],
    [
      'carry-forward-changes-kind /content/moves/0/to/kind',
      'carry-forward-not-later /content/moves/0/to/financialYear',
      'year-closed /content/moves/0/to/financialYear',
    ],
  ],
  [
    'move-money',
    [move('2018/19 capital', '2020/21 capital')],
    ['year-outside-programme /content/moves/0/to/financialYear'],
  ],
])('%s of %p is told in its place', (kind, moves, expected) =>
  expect(moveBlockers(kind, moves, FACTS).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(expected),
);

test.each<[string, MoneyMove[], string[]]>([
  ['to the next year', [move('2018/19 capital', '2019/20 capital')], []],
  ['out of a year that is closed', [move('2017/18 capital', '2018/19 capital')], []],
  ['of match too', [move('2018/19 capital', '2019/20 capital', 5, 'match')], []],
  ['to another kind', [move('2018/19 capital', '2019/20 revenue')], ['carry-forward-changes-kind']],
  [
    'within a year',
    [move('2018/19 capital', '2018/19 revenue')],
    ['carry-forward-changes-kind', 'carry-forward-not-later'],
  ],
  ['backwards', [move('2018/19 capital', '2017/18 capital')], ['carry-forward-not-later', 'year-closed']],
])('a carry-forward %s is blocked by %p', (_, moves, expected) =>
  expect(codes(moveBlockers('carry-forward', moves, FACTS))).toEqual(expected),
);

test('money goes only to years in which costs count', () => {
  const eligibility = { startsOn: '2017-04-01', endsOn: '2019-03-31', categories: [] };
  const facts = { ...OPEN, terms: { ...OPEN.terms, eligibility } };
  const moves = [move('2018/19 capital', '2019/20 capital')];
  expect(moveBlockers('move-money', moves, facts)).toMatchObject([
    {
      code: 'year-outside-window',
      pointer: '/content/moves/0/to/financialYear',
      clearedBy: 'An approved change request moves the eligibility window first.',
    },
  ]);
  const late = {
    ...facts,
    terms: { ...facts.terms, eligibility: { ...eligibility, startsOn: '2019-03-31', endsOn: '2020-03-31' } },
  };
  expect(moveBlockers('move-money', [move('2018/19 capital', '2018/19 revenue')], late)).toEqual([]);
  const longer = {
    ...facts,
    terms: { ...facts.terms, eligibility: { ...eligibility, endsOn: '2019-04-01' } },
  };
  expect(moveBlockers('move-money', moves, longer)).toEqual([]);
});

test('the words name the amounts and the line, and the pointer the move', () =>
  expect(
    moveBlockers(
      'move-money',
      [move('2018/19 revenue', '2018/19 capital', 1), move('2018/19 revenue', '2019/20 revenue', 40_000)],
      OPEN,
    ),
  ).toEqual([
    {
      code: 'not-enough-in-line',
      message: '£400.01 of grant is to leave 2018/19 revenue, where £400 is not claimed. Ask for less.',
      pointer: '/content/moves/0/amountPence',
    },
  ]));

test('lines after moves are in order, with those that are new', () =>
  expect(
    movedLines(FACTS.terms.lines, [
      move('2018/19 revenue', '2019/20 capital', 15_000),
      move('2017/18 capital', '2018/19 revenue', 5_000),
      move('2018/19 capital', '2019/20 capital', 7_000, 'match'),
      move('2018/19 capital', '2017/18 revenue', 1_000),
    ]),
  ).toEqual([
    { financialYear: '2017/18', kind: 'capital', grantPence: 95_000, matchPence: 100_000 },
    { financialYear: '2017/18', kind: 'revenue', grantPence: 1_000, matchPence: 0 },
    { financialYear: '2018/19', kind: 'capital', grantPence: 59_000, matchPence: 53_000 },
    { financialYear: '2018/19', kind: 'revenue', grantPence: 30_000, matchPence: 40_000 },
    { financialYear: '2019/20', kind: 'capital', grantPence: 15_000, matchPence: 7_000 },
  ]));

test('in a line that is not there, nothing stands', () =>
  expect(balanceOf(FACTS.balances, { financialYear: '2019/20', kind: 'capital' })).toEqual({
    ...{ financialYear: '2019/20', kind: 'capital' },
    ...{ awardedPence: 0, lapsedPence: 0, pledgedPence: 0 },
  }));

const inWords = (moves: MoneyMove[]) =>
  reallocation(moves, FACTS.balances).map(
    ({ line, source, from, to, amountPence }) =>
      `${lineKey(line)} ${source}: ${from} to ${to} ${amountPence}`,
  );

test.each<[string, MoneyMove[], string[]]>([
  [
    'awarded grant',
    [move('2018/19 capital', '2018/19 revenue', 7)],
    ['2018/19 capital grant: awarded to outside 7', '2018/19 revenue grant: outside to awarded 7'],
  ],
  [
    'lapsed grant',
    [move('2017/18 capital', '2018/19 capital', 10_000)],
    ['2017/18 capital grant: lapsed to outside 10000', '2018/19 capital grant: outside to awarded 10000'],
  ],
  [
    'lapsed grant first, and then awarded, over two moves',
    [move('2017/18 capital', '2018/19 capital', 8_000), move('2017/18 capital', '2018/19 revenue', 5_000)],
    [
      '2017/18 capital grant: lapsed to outside 8000',
      '2018/19 capital grant: outside to awarded 8000',
      '2017/18 capital grant: lapsed to outside 2000',
      '2017/18 capital grant: awarded to outside 3000',
      '2018/19 revenue grant: outside to awarded 5000',
    ],
  ],
  [
    'lapsed grant after match of the same line',
    [
      move('2017/18 capital', '2018/19 capital', 7, 'match'),
      move('2017/18 capital', '2018/19 capital', 10_001),
    ],
    [
      '2017/18 capital match: pledged to outside 7',
      '2018/19 capital match: outside to pledged 7',
      '2017/18 capital grant: lapsed to outside 10000',
      '2017/18 capital grant: awarded to outside 1',
      '2018/19 capital grant: outside to awarded 10001',
    ],
  ],
  [
    'pledged match, whatever lapsed of the grant',
    [move('2017/18 capital', '2018/19 capital', 7, 'match')],
    ['2017/18 capital match: pledged to outside 7', '2018/19 capital match: outside to pledged 7'],
  ],
])('%s moves as the ledger says it', (_, moves, expected) => expect(inWords(moves)).toEqual(expected));

const idOf = (line: LineName): string => lineKey(line).replace(' ', '-');

test('moves that nothing blocks never take a balance below zero, and make no money', () => {
  const lines = ['2017/18 capital', '2018/19 capital', '2018/19 revenue', '2019/20 capital'];
  const anyMove = fc
    .tuple(
      fc.constantFrom(...lines),
      fc.constantFrom(...lines),
      fc.integer({ min: 1, max: 30_000 }),
      fc.constantFrom('grant' as const, 'match' as const),
    )
    .map((parts) => move(...parts));
  let possible = 0;
  fc.assert(
    fc.property(fc.array(anyMove, { minLength: 1, maxLength: 4 }), (moves) => {
      if (moveBlockers('move-money', moves, OPEN).length > 0) return;
      possible += 1;
      const movements = reallocation(moves, OPEN.balances).map(({ line, ...rest }) => ({
        ...rest,
        lineId: idOf(line),
      }));
      const before = new Map(
        OPEN.balances.flatMap((line) => [
          [accountKey(idOf(line), 'grant', 'awarded'), line.awardedPence] as const,
          [accountKey(idOf(line), 'grant', 'lapsed'), line.lapsedPence] as const,
          [accountKey(idOf(line), 'match', 'pledged'), line.pledgedPence] as const,
        ]),
      );
      expect(applied(before, movements).blockers).toEqual([]);
      expect(entryBlockers({ kind: 'reallocate', datedOn: '2018-05-01', narrative: '', movements })).toEqual(
        [],
      );
      const after = movedLines(OPEN.terms.lines, moves);
      for (const column of ['grantPence', 'matchPence'] as const)
        expect(sumPence(after.map((line) => line[column]))).toBe(200_000);
      expect(after.every(({ grantPence, matchPence }) => grantPence >= 0 && matchPence >= 0)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(possible).toBeGreaterThan(100);
});
