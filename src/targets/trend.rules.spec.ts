import fc from 'fast-check';
import { addDays } from '../core/calendar.js';
import { expectedReach, type TrendPoint } from './trend.rules.js';

const ASKED = { targetPpm: 800_000, targetOn: '2020-03-31' };
const START = '2018-01-01';
/** Points a hundred days apart. */
const series = (values: number[], version = 1): TrendPoint[] =>
  values.map((ppm, i) => ({ on: addDays(START, i * 100), ppm, version }));

test.each([
  ['nothing', [], 'too-few-points', null],
  ['two values', series([100_000, 200_000]), 'too-few-points', null],
  ['three of one day', [0, 0, 0].map(() => ({ on: START, ppm: 5, version: 1 })), 'too-few-points', null],
  ['an even rise', series([100_000, 200_000, 300_000]), 'on-trend', addDays(START, 700)],
  ['a slow even rise', series([0, 50_000, 100_000]), 'late', addDays(START, 1600)],
  ['a rise of a lifetime', series([0, 1, 2]), 'late', null],
  ['a flat line', series([300_000, 300_000, 300_000]), 'not-on-this-trend', null],
  ['a fall', series([300_000, 200_000, 100_000]), 'not-on-this-trend', null],
  ['a value at the target', series([800_000]), 'reached', START],
  [
    'reached, lost, and reached again',
    series([800_000, 700_000, 800_000, 900_000]),
    'reached',
    addDays(START, 200),
  ],
  ['reached and lost', series([900_000, 850_000, 700_000]), 'not-on-this-trend', null],
])('%s', (_, points, outcome, expectedOn) =>
  expect(expectedReach({ ...ASKED, points })).toMatchObject({ outcome, expectedOn, confidenceLevel: 0.8 }),
);

test('an even rise has no uncertainty of its own, and says its method', () =>
  expect(expectedReach({ ...ASKED, points: series([100_000, 200_000, 300_000]) })).toEqual({
    method: 'least-squares-line',
    confidenceLevel: 0.8,
    points: 3,
    version: 1,
    leftOut: 0,
    perYearPpm: 365_250,
    expectedOn: '2019-12-02',
    earliestOn: '2019-12-02',
    latestOn: '2019-12-02',
    outcome: 'on-trend',
    words:
      'A straight line through the last 3 values (least squares) rises by 36.5% of the whole a year and reaches the target of 80.0% on about 2 December 2019, in time for 31 March 2020. With 80% confidence it is between 2 December 2019 and 2 December 2019.',
  }));

test('the band by hand: x 0, 100, 200, 300 and y 10, 24, 26, 40 in hundredths', () => {
  // Mean 150 and 25; Sxx 50,000; slope 0.092; residuals -1.2, 3.6, -3.6, 1.2; s² 28.8/2; t(2) 1.886;
  // band at x: 7.1569 √(1.25 + (x − 150)²/50,000). Line at 80: 747.8; upper: 573.9; lower: 1,225.6.
  const reach = expectedReach({ ...ASKED, points: series([100_000, 240_000, 260_000, 400_000]) });
  expect(reach).toMatchObject({
    perYearPpm: 336_030,
    expectedOn: addDays(START, 748),
  });
  const upper = (x: number) => 25 + 0.092 * (x - 150) + 7.1569 * Math.sqrt(1.25 + (x - 150) ** 2 / 50_000);
  const lower = (x: number) => 25 + 0.092 * (x - 150) - 7.1569 * Math.sqrt(1.25 + (x - 150) ** 2 / 50_000);
  const first = (value: (x: number) => number) => {
    let x = 301;
    while (value(x) < 80) x += 1;
    return addDays(START, x);
  };
  expect(reach.earliestOn).toBe(first(upper));
  expect(reach.latestOn).toBe(first(lower));
  expect(reach.words).toContain('With 80% confidence it is between');
});

test('values that vary too much name no latest day', () => {
  const reach = expectedReach({ ...ASKED, points: series([300_000, 100_000, 500_000, 310_000]) });
  expect(reach).toMatchObject({ outcome: 'late', latestOn: null });
  expect(reach.words).toContain('vary too much to name a latest day');
});

test('only the last eight values count', () =>
  expect(
    expectedReach({
      ...ASKED,
      points: series([700_000, 0, ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * 50_000)]),
    }),
  ).toMatchObject({ points: 8, perYearPpm: 182_625, leftOut: 0 }));

test('there is no trend across versions, and what is left out is said', () => {
  const points = [...series([600_000, 700_000, 790_000], 1), ...series([10_000, 20_000], 2)];
  const reach = expectedReach({ ...ASKED, points });
  expect(reach).toMatchObject({ outcome: 'too-few-points', version: 2, leftOut: 3, points: 2 });
  expect(reach.words).toContain('3 values of earlier versions of the targets are left out');
});

const random = fc.array(fc.nat({ max: 799_999 }), { minLength: 3, maxLength: 12 });

test('the order of the points makes no difference', () => {
  fc.assert(
    fc.property(random, (values) => {
      const points = series(values);
      expect(expectedReach({ ...ASKED, points: [...points].reverse() })).toEqual(
        expectedReach({ ...ASKED, points }),
      );
    }),
  );
});

test('earliest, expected and latest are in order, after the last value, and earlier versions change nothing', () => {
  fc.assert(
    fc.property(random, (values) => {
      const points = series(values, 2);
      const reach = expectedReach({ ...ASKED, points });
      const last = points.at(-1)?.on ?? '';
      if (reach.expectedOn) {
        expect(reach.expectedOn > last).toBe(true);
        expect(reach.earliestOn && reach.earliestOn > last && reach.earliestOn <= reach.expectedOn).toBe(
          true,
        );
        expect(reach.latestOn === null || reach.latestOn >= reach.expectedOn).toBe(true);
      } else expect(reach.latestOn).toBeNull();
      const { leftOut, words, ...rest } = expectedReach({
        ...ASKED,
        points: [...series([1, 2, 3], 1), ...points],
      });
      expect(leftOut).toBe(3);
      expect(words.startsWith(reach.words)).toBe(true);
      expect(reach).toMatchObject(rest);
    }),
  );
});
