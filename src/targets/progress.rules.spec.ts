import fc from 'fast-check';
import { addDays } from '../core/calendar.js';
import {
  againstTrajectory,
  coveragePpm,
  NO_SCORE,
  rollUp,
  type Score,
  scoreOf,
  scorePpm,
  trajectoryAt,
  trajectoryScore,
  variancePpm,
} from './progress.rules.js';

test.each([
  [0, 40, 'up', 0],
  [10, 40, 'up', 250_000],
  [40, 40, 'up', 1_000_000],
  [1, 3, 'up', 333_333],
  [2, 3, 'up', 666_666],
  [9_999_999, 10_000_000, 'up', 999_999],
  [12, 10, 'up', 1_000_000],
  [0, 40, 'down', 1_000_000],
  [10, 40, 'down', 750_000],
  [1, 3, 'down', 666_666],
  [1, 10_000_000, 'down', 999_999],
  [40, 40, 'down', 0],
  [50, 40, 'down', 0],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'up', 1_000_000],
] as const)('%d of %d, %s is better: %d parts per million', (numerator, denominator, direction, ppm) =>
  expect(coveragePpm({ numerator, denominator, direction })).toBe(ppm),
);

test.each([
  [1, 0, 'A denominator is above 0'],
  [1, -1, 'A denominator is above 0'],
  [0.5, 1, '0.5 is not a safe whole number'],
  [1, Number.NaN, 'NaN is not a safe whole number'],
])('%d of %d has no coverage', (numerator, denominator, why) =>
  expect(() => coveragePpm({ numerator, denominator, direction: 'up' })).toThrow(new RangeError(why)),
);

const direction = fc.constantFrom('up' as const, 'down' as const);
const parts = fc
  .tuple(fc.nat({ max: 1_000_000_000 }), fc.integer({ min: 1, max: 1_000_000_000 }))
  .map(([numerator, denominator]) => ({ numerator: Math.min(numerator, denominator), denominator }));
const measure = fc.record({
  weight: fc.integer({ min: 1, max: 1000 }),
  direction,
  measurement: fc.option(parts),
});
const scores = fc.array(fc.array(measure, { maxLength: 6 }).map(scoreOf), { maxLength: 12 });

test('coverage is whole, from 0 to a million, and a million only where it is reached', () => {
  fc.assert(
    fc.property(parts, direction, (value, way) => {
      const ppm = coveragePpm({ ...value, direction: way });
      expect(Number.isInteger(ppm) && ppm >= 0 && ppm <= 1_000_000).toBe(true);
      const reached = way === 'up' ? value.numerator === value.denominator : value.numerator === 0;
      expect(ppm === 1_000_000).toBe(reached);
    }),
  );
});

describe('scoreOf', () => {
  const up = (weight: number, measurement: { numerator: number; denominator: number } | null) => ({
    weight,
    direction: 'up' as const,
    measurement,
  });
  test.each([
    [[], NO_SCORE],
    [
      [up(1, { numerator: 1, denominator: 2 })],
      {
        numerator: 500_000,
        denominator: 1_000_000,
        measuresReported: 1,
        measuresTotal: 1,
        weightReported: 1,
      },
    ],
    [
      [up(3, { numerator: 1, denominator: 2 }), up(1, null)],
      {
        numerator: 1_500_000,
        denominator: 4_000_000,
        measuresReported: 1,
        measuresTotal: 2,
        weightReported: 3,
      },
    ],
  ])('%j', (measures, score) => expect(scoreOf(measures)).toEqual(score));

  test('leaving out a measure never helps', () => {
    fc.assert(
      fc.property(fc.array(measure, { minLength: 1, maxLength: 8 }), fc.nat(), (measures, pick) => {
        const without = measures.map((each, i) =>
          i === pick % measures.length ? { ...each, measurement: null } : each,
        );
        expect(scorePpm(scoreOf(without))).toBeLessThanOrEqual(scorePpm(scoreOf(measures)) ?? -1);
      }),
    );
  });

  test.each([[0], [-1], [1.5], [Number.MAX_SAFE_INTEGER]])('a weight of %d is refused', (weight) =>
    expect(() => scoreOf([up(weight, null)])).toThrow(RangeError),
  );
});

describe('rollUp', () => {
  test('the order does not matter', () => {
    fc.assert(
      fc.property(
        scores.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
          ),
        ),
        ([list, shuffled]) => expect(rollUp(shuffled)).toEqual(rollUp(list)),
      ),
    );
  });

  test('a roll-up of roll-ups is the roll-up', () => {
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 6 }), (groups) =>
        expect(rollUp(groups.map(rollUp))).toEqual(rollUp(groups.flat())),
      ),
    );
  });

  test('a score of all measures is the roll-up of the scores of each', () => {
    fc.assert(
      fc.property(fc.array(measure, { maxLength: 10 }), (measures) =>
        expect(rollUp(measures.map((each) => scoreOf([each])))).toEqual(scoreOf(measures)),
      ),
    );
  });
});

describe('trajectoryAt', () => {
  const plan = [
    { on: '2018-03-31', numerator: 20, denominator: 40 },
    { on: '2017-04-01', numerator: 0, denominator: 40 },
    { on: '2018-04-10', numerator: 40, denominator: 40 },
  ];
  test.each([
    ['2016-01-01', 0, 40],
    ['2017-04-01', 0, 40],
    ['2017-04-02', 1, 728],
    ['2017-09-30', 1, 4],
    ['2018-03-31', 20, 40],
    ['2018-04-05', 3, 4],
    ['2018-04-10', 40, 40],
    ['2099-12-31', 40, 40],
  ])('on %s: %d of %d', (on, numerator, denominator) =>
    expect(trajectoryAt(plan, on)).toEqual({ numerator, denominator }),
  );

  test('points with other denominators', () =>
    expect(
      trajectoryAt(
        [
          { on: '2018-01-01', numerator: 1, denominator: 2 },
          { on: '2018-01-03', numerator: 3, denominator: 4 },
        ],
        '2018-01-02',
      ),
    ).toEqual({ numerator: 5, denominator: 8 }));

  test('counts at the edge of safe numbers are scaled down together', () =>
    expect(
      trajectoryAt(
        [
          { on: '2018-01-01', numerator: Number.MAX_SAFE_INTEGER, denominator: 1 },
          { on: '2018-01-03', numerator: Number.MAX_SAFE_INTEGER - 1, denominator: 1 },
        ],
        '2018-01-02',
      ),
    ).toEqual({ numerator: Number.MAX_SAFE_INTEGER - 1, denominator: 1 }));

  test('no point: no value', () => expect(trajectoryAt([], '2018-01-01')).toBeNull());

  test('the value lies between its neighbours, in safe whole numbers', () => {
    fc.assert(
      fc.property(
        parts,
        parts,
        fc.integer({ min: 1, max: 20_000 }),
        fc.nat({ max: 20_000 }),
        (first, last, span, step) => {
          const value = trajectoryAt(
            [
              { on: '2017-04-01', ...first },
              { on: addDays('2017-04-01', span), ...last },
            ],
            addDays('2017-04-01', Math.min(step, span)),
          );
          expect(Number.isSafeInteger(value?.numerator) && Number.isSafeInteger(value?.denominator)).toBe(
            true,
          );
          const ratio = (value?.numerator ?? 0) / (value?.denominator ?? 0);
          const ends = [first.numerator / first.denominator, last.numerator / last.denominator];
          expect(ratio).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
          expect(ratio).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
        },
      ),
    );
  });
});

describe('against the trajectory', () => {
  const half = [{ on: '2017-04-01', numerator: 1, denominator: 2 }];
  const done = { numerator: 3, denominator: 4 };
  test('measures without a trajectory are left out on both sides', () =>
    expect(
      againstTrajectory(
        [
          { weight: 1, direction: 'up', measurement: done, trajectory: half },
          { weight: 9, direction: 'up', measurement: null, trajectory: [] },
        ],
        '2017-06-30',
      ),
    ).toMatchObject({ variancePpm: 250_000, planned: { denominator: 1_000_000 } }));

  test('a plan of fewer is a coverage of more', () =>
    expect(
      trajectoryScore(
        [
          {
            weight: 2,
            direction: 'down',
            trajectory: [{ on: '2017-04-01', numerator: 1, denominator: 4 }],
          },
          { weight: 5, direction: 'up', trajectory: [] },
        ],
        '2018-01-01',
      ),
    ).toEqual({
      numerator: 1_500_000,
      denominator: 2_000_000,
      measuresReported: 1,
      measuresTotal: 2,
      weightReported: 2,
    }));

  const ratio = (numerator: number, denominator: number): Score => ({ ...NO_SCORE, numerator, denominator });
  test.each([
    [1, 2, 1, 2, 0],
    [1, 2, 1, 4, 250_000],
    [1, 4, 1, 2, -250_000],
    [1, 3, 0, 1, 333_333],
    [0, 1, 1, 3, -333_334],
    [0, 0, 1, 2, null],
    [1, 2, 0, 0, null],
  ])('%d/%d held against %d/%d is %p', (sn, sd, pn, pd, ppm) =>
    expect(variancePpm(ratio(sn, sd), ratio(pn, pd))).toBe(ppm),
  );
  test.each([
    [0, 0, null],
    [2, 3, 666_666],
    [3, 3, 1_000_000],
  ])('%d/%d is %p parts per million', (n, d, ppm) => expect(scorePpm(ratio(n, d))).toBe(ppm));
});
