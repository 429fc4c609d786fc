import {
  figuresOf,
  overallTarget,
  plannedMeasure,
  type Target,
  targetOfSet,
  versionsInUse,
} from './figure.rules.js';
import type { MeasuredValue } from './target.queries.js';

const value = (over: Partial<MeasuredValue> = {}): MeasuredValue => ({
  targetSetId: 'set-a',
  targetSetCode: 'a',
  targetSetVersion: 1,
  startsOn: '2017-04-01',
  targetOn: '2020-03-31',
  targetNumerator: 80,
  targetDenominator: 100,
  measureId: 'm1',
  unit: 'share',
  direction: 'up',
  weight: 1,
  targetValue: 1,
  baseline: null,
  trajectory: [],
  measurementId: 'v1',
  revision: 1,
  state: 'self-reported',
  numerator: 50,
  denominator: 100,
  validatedNumerator: null,
  validatedDenominator: null,
  illustrative: false,
  ...over,
});
const absent = { measurementId: null, revision: null, state: null, numerator: null, denominator: null };

const target = (over: Partial<Target> = {}): Target => ({
  targetSetId: 'set-a',
  version: 1,
  targetNumerator: 80,
  targetDenominator: 100,
  targetOn: '2020-03-31',
  weight: 1,
  ...over,
});

test.each([
  ['one set', [target()], { version: 1, targetPpm: 800_000, targetOn: '2020-03-31' }],
  [
    'two of the same weight',
    [target(), target({ targetNumerator: 60, version: 2 })],
    { version: 3, targetPpm: 700_000, targetOn: '2020-03-31' },
  ],
  [
    'two of unlike weight, the mean rounded down',
    [target({ weight: 2 }), target({ targetNumerator: 60, targetOn: '2021-03-31' })],
    { version: 2, targetPpm: 733_333, targetOn: '2021-03-31' },
  ],
  [
    'two, the first due last',
    [target({ targetOn: '2021-03-31' }), target()],
    { version: 2, targetPpm: 800_000, targetOn: '2021-03-31' },
  ],
  ['none', [], { version: 0, targetPpm: 1_000_000, targetOn: '1900-01-01' }],
])('all targets together, of %s', (_, targets, expected) =>
  expect(overallTarget(targets)).toEqual({ targetSetId: null, ...expected }),
);

test('the target of one set is its own', () =>
  expect(targetOfSet(target())).toEqual({
    targetSetId: 'set-a',
    version: 1,
    targetPpm: 800_000,
    targetOn: '2020-03-31',
  }));

const second = { targetSetId: 'set-a2', targetSetVersion: 2, measureId: 'm2' };
test.each([
  ['both reported: the newer', [value(), value(second)], [2]],
  ['only the older reported', [value(), value({ ...second, ...absent })], [1]],
  ['neither reported: the newer', [value(absent), value({ ...second, ...absent })], [2]],
  [
    'the newer reported of another set alone',
    [value(), value({ ...second, ...absent }), value({ ...second, targetSetCode: 'b' })],
    [1, 2],
  ],
  ['two sets: each its own', [value(), value({ targetSetCode: 'b', targetSetVersion: 3 })], [1, 3]],
])('the version in use, %s', (_, values, versions) =>
  expect(versionsInUse(values).map((each) => each.targetSetVersion)).toEqual(versions),
);

const validated = { state: 'validated', validatedNumerator: 40, validatedDenominator: 100 } as const;
test.each([
  ['self-reported', {}, 500_000, 1],
  ['self-reported', validated, 500_000, 1],
  ['self-reported', absent, 0, 0],
  ['validated', {}, 0, 0],
  ['validated', validated, 400_000, 1],
  ['validated', { ...validated, state: 'published' as const }, 400_000, 1],
  ['validated', { ...validated, state: 'challenged' as const }, 0, 0],
] as const)('%s, of %j, is %i ppm from %i measures', (basis, over, numerator, measures_reported) => {
  const [ofSet, overall] = figuresOf([value(over)], basis, '2018-03-31');
  const expected = { numerator, denominator: 1_000_000, measures_reported, measures_total: 1 };
  expect(ofSet).toMatchObject({ ...expected, target: { targetSetId: 'set-a' } });
  expect(overall).toMatchObject({ ...expected, target: { targetSetId: null } });
});

test.each([
  [30, 120, 'up', 250_000],
  [1, 1, 'up', 1_000_000],
  [0, 0, 'down', 1_000_000],
  [1, 0, 'down', 0],
] as const)(
  'a count of %d is held against its target of %d, %s, whatever its denominator',
  (numerator, targetValue, direction, ppm) =>
    expect(
      figuresOf(
        [value({ unit: 'count', numerator, denominator: 2, targetValue, direction })],
        'self-reported',
        '2018-03-31',
      )[0],
    ).toMatchObject({ numerator: ppm, denominator: 1_000_000 }),
);

const half = { numerator: 1, denominator: 2 };
const start = { ...half, on: '2017-04-01' };
const end = { numerator: 1, denominator: 1, on: '2020-03-31' };
test.each([
  ['no baseline and no trajectory', {}, []],
  ['a baseline alone, nothing to be held against', { baseline: half }, []],
  ['a trajectory alone', { trajectory: [end] }, [end]],
  ['a baseline, from the first day', { baseline: half, trajectory: [end] }, [start, end]],
])('the plan of a measure with %s', (_, over, plan) =>
  expect(plannedMeasure(value(over), null).trajectory).toEqual(plan),
);

test.each([
  [[], false],
  [[false, false], false],
  [[false, true], true],
])('measures that are made up, %j, make figures that are made up: %p', (madeUp, expected) => {
  const values = madeUp.map((illustrative, i) => value({ measureId: `m${i}`, illustrative }));
  expect(figuresOf(values, 'self-reported', '2018-03-31').at(-1)?.illustrative).toBe(expected);
});

test('a measure of projects counts once: their parts added up, and each kept as what it was computed from', () => {
  const projects = [
    value({ measurementId: 'v1', numerator: 10, denominator: 20 }),
    value({ measurementId: 'v2', revision: 4, numerator: 20, denominator: 40, illustrative: true }),
  ];
  const [figure] = figuresOf(projects, 'self-reported', '2018-03-31');
  expect(figure).toMatchObject({
    numerator: 500_000,
    denominator: 1_000_000,
    measures_total: 1,
    illustrative: true,
    computed_from: [
      { measurement: 'v1', revision: 1, numerator: 10, denominator: 20, weight: 1 },
      { measurement: 'v2', revision: 4, numerator: 20, denominator: 40, weight: 1 },
    ],
  });
});

test('weights weigh, across measures and sets', () => {
  const values = [
    value({ weight: 3, numerator: 100 }),
    value({ targetSetId: 'set-b', targetSetCode: 'b', measureId: 'm2', numerator: 0, targetNumerator: 50 }),
  ];
  const [first, other, overall] = figuresOf(values, 'self-reported', '2018-03-31');
  expect(first).toMatchObject({ numerator: 3_000_000, denominator: 3_000_000 });
  expect(other).toMatchObject({ numerator: 0, denominator: 1_000_000 });
  expect(overall).toMatchObject({
    numerator: 3_000_000,
    denominator: 4_000_000,
    target: { targetPpm: 725_000 },
  });
});
