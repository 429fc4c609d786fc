import { publishedShares, sharesOf } from './publication.rules.js';

const [mersey, oxford] = [
  { odsCode: 'RW4', name: 'Mersey Care' },
  { odsCode: 'RNU', name: 'Oxford Health' },
];
const asked = {
  trusts: [mersey as never, oxford as never],
  periods: [{ label: '2017/18 Q1', endsOn: '2017-06-30' }],
  measures: 3,
};
const of = (measure: string, targetSet = 'aims/v1') => ({
  trust: mersey as never,
  period: '2017/18 Q1',
  targetSet,
  measure,
});

test.each([
  ['nothing is published', [], [0, 0]],
  ['one measure of one trust', [of('access')], [1, 0]],
  ['two measures of one trust', [of('access'), of('records')], [2, 0]],
  ['a measure of projects counts once', [of('one/access'), of('two/access')], [1, 0]],
  ['the same code in two versions counts twice', [of('access'), of('access', 'aims/v2')], [2, 0]],
])('%s', (_, published, counts) => {
  const shares = publishedShares(asked, published);
  expect(shares.map((share) => share.published)).toEqual(counts);
  expect(shares.map(({ period, measures }) => [period, measures])).toEqual([
    ['2017/18 Q1', 3],
    ['2017/18 Q1', 3],
  ]);
});

test('of what is known by trust and period it says the same', () => {
  const published = [of('access'), of('records'), { ...of('access'), trust: oxford as never }];
  const counts: Record<string, number> = { RW4: 2, RNU: 1 };
  expect(sharesOf(asked, ({ odsCode }) => counts[odsCode] ?? 0)).toEqual(publishedShares(asked, published));
});
