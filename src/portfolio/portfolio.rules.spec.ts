import fc from 'fast-check';
import type { PlacedMoney } from '../funding/placed-money.queries.js';
import {
  LAYOUTS,
  type PortfolioFacts,
  type PortfolioFigures,
  portfolioOf,
  regionsOf,
  yearFrom,
  yearsOf,
} from './portfolio.rules.js';

const SCALE = {
  ...{ code: 'five', name: 'Five points' },
  points: ['green', 'amber', 'red'].map((code) => ({ code, label: code.toUpperCase() })),
};
const programme = (slug: string, scale = SCALE) => ({
  ...{ slug, name: `Programme ${slug}`, funder: 'F', startsOn: '2017-04-01', endsOn: '2020-03-31' },
  ...{ illustrative: false, scale },
});
const goal = (code: string, programmes: string[]) => ({
  ...{
    code,
    strategy: 'S',
    title: code,
    statement: code,
    sourced: { source: null, assumed: 'x' },
    programmes,
  },
});
const money = (slug: string, region: string | null, year: string, awardedPence: number): PlacedMoney => ({
  ...{
    programme: slug,
    region,
    year,
    awardedPence,
    drawnPence: 1,
    remainingPence: awardedPence - 1,
    paidPence: 1,
  },
  ...{ notAgreedPence: 0, matchAgreedPence: awardedPence, matchEvidencedPence: 2, matchAcceptedPence: 3 },
  illustrative: false,
});
const FACTS: PortfolioFacts = {
  programmes: [
    programme('a'),
    programme('b', { ...SCALE, code: 'three', name: 'Three points' }),
    programme('c'),
  ],
  goals: [goal('both', ['a', 'b']), goal('one', ['a'])],
  money: [
    money('a', 'North', '2017/18', 100),
    money('a', 'South', '2018/19', 50),
    money('b', null, '2018/19', 7),
  ],
  milestones: [
    { programme: 'a', region: 'North', beginsIn: 2017, milestones: 4, due: 3, metOfDue: 2, met: 3 },
    { programme: 'b', region: null, beginsIn: 2019, milestones: 1, due: 0, metOfDue: 0, met: 0 },
  ],
  scores: [
    ...[null, '2017/18'].flatMap((year) =>
      (['self-reported', 'validated'] as const).map((basis, i) => ({
        ...{ programme: 'a', region: 'North', year, period: '2017/18 Q4', basis, trusts: 1 },
        ...{ numerator: 1_999 - i * 1_000, denominator: 3_000 },
      })),
    ),
    {
      ...{
        programme: 'a',
        region: 'South',
        year: null,
        period: '2017/18 Q4',
        basis: 'self-reported' as const,
      },
      ...{ trusts: 1, numerator: 1, denominator: 1_000 },
    },
  ],
  confidence: [
    { programme: 'a', region: 'North', year: null, scale: 'five', rating: 'red', trusts: 1 },
    { programme: 'a', region: 'South', year: null, scale: 'five', rating: 'green', trusts: 2 },
    { programme: 'c', region: 'South', year: null, scale: 'five', rating: 'red', trusts: 4 },
    { programme: 'b', region: null, year: null, scale: 'three', rating: 'red', trusts: 1 },
    { programme: 'a', region: 'South', year: '2018/19', scale: 'five', rating: 'amber', trusts: 2 },
  ],
};
const EVERYTHING = { goal: null, region: null, year: null };
const awarded = ({ funding }: PortfolioFigures) => funding.awardedPence;
const grouped = (by: (typeof LAYOUTS)[number], filter = {}) =>
  portfolioOf(by, { ...EVERYTHING, ...filter }, FACTS).groups.map((group) => [
    ...[group.key, awarded(group), group.programmes.map((each) => each.programme.slug).join(' ')],
  ]);

test('the places that there are', () => {
  expect([yearFrom(2017), yearFrom(1999)]).toEqual(['2017/18', '1999/00']);
  expect(yearsOf(FACTS)).toEqual(['2017/18', '2018/19', '2019/20']);
  expect(regionsOf(FACTS)).toEqual(['North', 'South']);
});

test('places are in order, also those in which nothing but milestones fall', () => {
  const facts = {
    money: [money('a', 'South', '2018/19', 1), money('a', 'North', '2017/18', 1)],
    milestones: [
      { programme: 'a', region: 'East', beginsIn: 2016, milestones: 1, due: 0, metOfDue: 0, met: 0 },
    ],
  };
  expect(yearsOf(facts)).toEqual(['2016/17', '2017/18', '2018/19']);
  expect(regionsOf(facts)).toEqual(['East', 'North', 'South']);
});

const NOTHING = { ...FACTS, money: [], milestones: [], scores: [], confidence: [] };
const noMoney = { ...money('a', 'North', '2017/18', 0), drawnPence: 0, remainingPence: 0, paidPence: 0 };
const nothing = { ...noMoney, matchEvidencedPence: 0, matchAcceptedPence: 0 };
test.each<[string, Partial<PortfolioFacts>, string[]]>([
  ['nothing', { money: [nothing] }, []],
  ['grant', { money: [{ ...nothing, notAgreedPence: 1 }] }, ['a']],
  ['match', { money: [{ ...nothing, matchAgreedPence: 1 }] }, ['a']],
  ['a milestone', { milestones: FACTS.milestones.slice(0, 1) }, ['a']],
  ['a rating', { confidence: FACTS.confidence.slice(0, 1) }, ['a']],
  ['a score', { scores: FACTS.scores.slice(0, 1) }, ['a']],
])('a group names the programmes that have anything: %s', (_, over, expected) => {
  const { groups } = portfolioOf('goal', { ...EVERYTHING, goal: 'one' }, { ...NOTHING, ...over });
  expect(groups.flatMap(({ programmes }) => programmes.map((each) => each.programme.slug))).toEqual(expected);
});

test('where a part is made up, the whole is', () => {
  const made = { ...money('a', 'North', '2017/18', 1), illustrative: true };
  const of = (rows: PlacedMoney[]) => portfolioOf('goal', EVERYTHING, { ...FACTS, money: rows }).totals;
  expect(of([made, ...FACTS.money]).illustrative).toBe(true);
  expect(of(FACTS.money).illustrative).toBe(false);
});

test('scales are in order; a scale that no programme has any more is named by its code, its ratings in order', () => {
  const rated = (scale: string, rating: string) => ({
    ...{ programme: 'a', region: 'North', year: null, scale, rating, trusts: 1 },
  });
  const confidence = [
    ...[
      rated('three', 'red'),
      rated('former', 'worse'),
      rated('former', 'better'),
      rated('former', 'middling'),
    ],
    ...[rated('five', 'red'), rated('five', 'green'), rated('five', 'amber'), rated('five', 'unheard')],
  ];
  const { totals } = portfolioOf('goal', EVERYTHING, { ...FACTS, confidence });
  expect(totals.confidence.map(({ scaleName, label }) => `${scaleName}: ${label}`)).toEqual([
    ...['Five points: unheard', 'Five points: GREEN', 'Five points: AMBER', 'Five points: RED'],
    ...['former: better', 'former: middling', 'former: worse', 'Three points: RED'],
  ]);
});

test.each([
  [1, 1, 100],
  [0, 0, null],
])('a score of %i of %i is %p percent, beside none that is validated', (numerator, denominator, percent) => {
  const [score] = FACTS.scores as [PortfolioFacts['scores'][number]];
  const scores = [{ ...score, numerator, denominator }];
  expect(portfolioOf('goal', EVERYTHING, { ...FACTS, scores }).programmes[0]?.score).toMatchObject({
    selfReported: { numerator, denominator, percent },
    validated: null,
  });
});

test.each<[(typeof LAYOUTS)[number], object, unknown[]]>([
  [
    'goal',
    {},
    [
      ['both', 157, 'a b'],
      ['one', 150, 'a'],
      [null, 0, 'c'],
    ],
  ],
  ['goal', { goal: 'one' }, [['one', 150, 'a']]],
  [
    'goal',
    { year: '2018/19' },
    [
      ['both', 57, 'a b'],
      ['one', 50, 'a'],
    ],
  ],
  [
    'region',
    {},
    [
      ['North', 100, 'a'],
      ['South', 50, 'a c'],
      [null, 7, 'b'],
    ],
  ],
  ['region', { region: 'South', goal: 'both' }, [['South', 50, 'a']]],
  [
    'year',
    {},
    [
      ['2017/18', 100, 'a'],
      ['2018/19', 57, 'a b'],
      ['2019/20', 0, 'b'],
    ],
  ],
  ['year', { region: 'North' }, [['2017/18', 100, 'a']]],
  ['year', { year: '2018/19' }, [['2018/19', 57, 'a b']]],
])('by %s, narrowed to %j', (by, filter, expected) => expect(grouped(by, filter)).toEqual(expected));

test('totals have each programme once, and it is said how much stands in groups again', () => {
  const { totals, awardedAgainPence, programmes } = portfolioOf('goal', EVERYTHING, FACTS);
  expect([awarded(totals), awardedAgainPence, programmes.map(awarded)]).toEqual([157, 150, [150, 7, 0]]);
  expect(totals.milestones).toEqual({ milestones: 5, due: 3, metOfDue: 2, met: 3 });
  for (const by of ['region', 'year'] as const)
    expect(portfolioOf(by, EVERYTHING, FACTS)).toMatchObject({ totals, awardedAgainPence: 0 });
});

test('ratings are added up over programmes of one scale, from best to worst, and never over two', () => {
  const rated = (filter: object) =>
    portfolioOf('goal', { ...EVERYTHING, ...filter }, FACTS).totals.confidence.map(
      ({ scale, label, trusts }) => `${scale} ${label} ${trusts}`,
    );
  expect(rated({})).toEqual(['five GREEN 2', 'five RED 5', 'three RED 1']);
  expect(rated({ year: '2018/19' })).toEqual(['five AMBER 2']);
  expect(rated({ year: '2017/18' })).toEqual([]);
});

test('a score is the sum of its parts, rounded down; of a year its own, and of no group', () => {
  const [row] = portfolioOf('region', EVERYTHING, FACTS).programmes;
  expect(row?.score).toEqual({
    period: '2017/18 Q4',
    selfReported: { numerator: 2_000, denominator: 4_000, percent: 50 },
    validated: { numerator: 999, denominator: 3_000, percent: 33.3 },
  });
  const of = (year: string) => portfolioOf('year', { ...EVERYTHING, year }, FACTS).programmes[0]?.score;
  expect(of('2017/18')?.selfReported).toEqual({ numerator: 1_999, denominator: 3_000, percent: 66.6 });
  expect(of('2018/19')).toBeNull();
});

test('whatever the money: regions and years add up to the totals, and programmes do', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('a', 'b', 'c'),
          fc.constantFrom('North', 'South', null),
          fc.constantFrom('2017/18', '2018/19'),
          fc.nat(1_000),
        ),
      ),
      (rows) => {
        const facts = { ...FACTS, milestones: [], money: rows.map(([...row]) => money(...row)) };
        const sum = (figures: readonly PortfolioFigures[]) =>
          figures.reduce((total, each) => total + awarded(each), 0);
        for (const by of LAYOUTS) {
          const { totals, programmes, groups, awardedAgainPence } = portfolioOf(by, EVERYTHING, facts);
          expect(sum(programmes)).toBe(awarded(totals));
          expect(sum(groups)).toBe(awarded(totals) + awardedAgainPence);
          if (by !== 'goal') expect(awardedAgainPence).toBe(0);
        }
      },
    ),
  ));
