import { awardedMovements, lineKey, withdrawnMovements } from './ledger-lines.rules.js';

const IDS = [
  { id: 'a', financialYear: '2017/18', kind: 'capital' as const },
  { id: 'b', financialYear: '2017/18', kind: 'revenue' as const },
];

test('every line is awarded and pledged, and what is nothing moves nothing', () => {
  const lines = [
    { financialYear: '2017/18', kind: 'capital' as const, grantPence: 600, matchPence: 300 },
    { financialYear: '2017/18', kind: 'revenue' as const, grantPence: 1, matchPence: 0 },
  ];
  expect(awardedMovements(lines, IDS)).toEqual([
    { lineId: 'a', source: 'grant', from: 'outside', to: 'awarded', amountPence: 600 },
    { lineId: 'a', source: 'match', from: 'outside', to: 'pledged', amountPence: 300 },
    { lineId: 'b', source: 'grant', from: 'outside', to: 'awarded', amountPence: 1 },
  ]);
  expect(() => awardedMovements(lines, [])).toThrow('2017/18 capital was not made');
});

test('what was never claimed or evidenced is withdrawn, and nothing else', () => {
  const at = (source: 'grant' | 'match', stage: string, balancePence: number) =>
    ({ lineId: 'a', source, stage, balancePence }) as never;
  expect(
    withdrawnMovements([
      at('grant', 'outside', -1_000),
      at('grant', 'awarded', 700),
      at('grant', 'paid', 200),
      at('grant', 'lapsed', 100),
      at('match', 'pledged', 0),
      at('match', 'accepted', 40),
    ]),
  ).toEqual([{ lineId: 'a', source: 'grant', from: 'awarded', to: 'withdrawn', amountPence: 700 }]);
  expect(withdrawnMovements([at('match', 'pledged', 1)])).toEqual([
    { lineId: 'a', source: 'match', from: 'pledged', to: 'withdrawn', amountPence: 1 },
  ]);
});

test('a line is named by its year and kind', () => {
  expect(IDS.map(lineKey)).toEqual(['2017/18 capital', '2017/18 revenue']);
});
