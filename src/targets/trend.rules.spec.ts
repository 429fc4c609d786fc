import fc from 'fast-check';
import { addDays } from '../core/calendar.js';
import { expectedReach, type TrendPoint } from './trend.rules.js';

const ASKED = { targetPpm: 800_000, targetOn: '2020-03-31' };
const START = '2018-01-01';
/** Points a hundred days apart. */
const series = (values: number[], version = 1, from = START): TrendPoint[] =>
  values.map((ppm, i) => ({ on: addDays(from, i * 100), ppm, version }));
/** Points a day apart, the last on a day. */
const until = (on: string, ...values: number[]): TrendPoint[] =>
  values.map((ppm, i) => ({ on: addDays(on, i + 1 - values.length), ppm, version: 1 }));

test.each([
  ['nothing', [], 'too-few-points', null],
  ['two values', series([100_000, 200_000]), 'too-few-points', null],
  ['three of one day', [0, 0, 0].map(() => ({ on: START, ppm: 5, version: 1 })), 'too-few-points', null],
  ['an even rise', series([100_000, 200_000, 300_000]), 'on-trend', addDays(START, 700)],
  ['a slow even rise', series([0, 50_000, 100_000]), 'late', addDays(START, 1600)],
  ['a rise of a lifetime', series([0, 1, 2]), 'late', null],
  ['a rise that ends the day before', series([799_700, 799_750, 799_800]), 'on-trend', addDays(START, 600)],
  ['a rise to the day after', series([600_000, 700_000, 799_999]), 'on-trend', addDays(START, 201)],
  ['a rise to the target on its day', series([0, 97_561, 195_122]), 'on-trend', ASKED.targetOn],
  ['a rise to the day after it is due', series([0, 97_460, 194_920]), 'late', addDays(ASKED.targetOn, 1)],
  ['a rise to the last day named', until('2199-12-30', 700_000, 790_000, 799_999), 'late', '2199-12-31'],
  ['a rise up to the last day named', until('2199-12-31', 700_000, 790_000, 799_999), 'late', null],
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

test.each([
  [[100_300, 149_400, 200_300], 1360, 1400, 1444],
  [[104_000, 146_000, 196_000, 254_000], 1289, 1400, 1535],
  [[104_000, 146_000, 196_000, 254_000, 304_000], 1322, 1380, 1444],
  [[104_000, 146_000, 196_000, 254_000, 304_000, 346_000], 1363, 1406, 1452],
  [[104_000, 146_000, 196_000, 254_000, 304_000, 346_000, 396_000], 1383, 1414, 1447],
  [[104_000, 146_000, 196_000, 254_000, 304_000, 346_000, 396_000, 454_000], 1375, 1400, 1427],
])('the band of %j, as another program computes it', (values, earliest, expected, latest) =>
  expect(expectedReach({ ...ASKED, points: series(values) })).toMatchObject({
    earliestOn: addDays(START, earliest),
    expectedOn: addDays(START, expected),
    latestOn: addDays(START, latest),
  }),
);

const of = (...values: number[]) => expectedReach({ ...ASKED, points: series(values) });
test.each([
  [of(), 'A trend needs values at 3 or more dates; there are 0. No date is expected yet.'],
  [of(1), 'A trend needs values at 3 or more dates; there is 1. No date is expected yet.'],
  [of(1, 2), 'A trend needs values at 3 or more dates; there are 2. No date is expected yet.'],
  [
    of(300_000, 200_000, 100_002),
    'A straight line through the last 3 values (least squares) does not rise, so the target of 80.0% is not reached on this trend.',
  ],
  [
    of(0, 50_000, 100_000),
    'A straight line through the last 3 values (least squares) rises by 18.3% of the whole a year and reaches the target of 80.0% on about 20 May 2022, after 31 March 2020. With 80% confidence it is between 20 May 2022 and 20 May 2022.',
  ],
  [
    of(0, 1, 2),
    'A straight line through the last 3 values (least squares) rises by 0.0% of the whole a year and does not reach the target of 80.0% before the year 2200.',
  ],
  [of(1, 800_000), 'The target of 80.0% is reached, and has been since the value of 11 April 2018.'],
])('%#: it says so', ({ words }, said) => expect(words).toBe(said));

test.each([
  [994_499, '99.4%'],
  [994_501, '99.5%'],
])('a target of %i is told as %s', (targetPpm, told) =>
  expect(expectedReach({ ...ASKED, targetPpm, points: series([1_000_000]) }).words).toContain(told),
);

test.each([
  ['nothing', [], { version: null, points: 0, perYearPpm: null }],
  [
    'reached',
    [1, 800_000],
    { perYearPpm: null, expectedOn: '2018-04-11', earliestOn: '2018-04-11', latestOn: '2018-04-11' },
  ],
  ['a fall', [300_000, 200_000, 100_000], { perYearPpm: -365_250, earliestOn: null, latestOn: null }],
  ['a fall by parts of a part', [300_000, 200_000, 100_002], { perYearPpm: -365_246 }],
  ['a rise by parts of a part', [100_000, 200_000, 300_001], { perYearPpm: 365_252 }],
])('what there is beside an outcome of %s', (_, values, told) =>
  expect(expectedReach({ ...ASKED, points: series(values) })).toMatchObject(told),
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
  const points = [
    ...series([600_000, 700_000, 790_000], 1),
    ...series([10_000, 20_000], 2, addDays(START, 300)),
  ];
  const reach = expectedReach({ ...ASKED, points });
  expect(reach).toMatchObject({ outcome: 'too-few-points', version: 2, leftOut: 3, points: 2 });
  expect(reach.words).toContain('3 values of earlier versions of the targets are left out');
  expect(expectedReach({ ...ASKED, points: points.slice(2) }).words).toContain(
    ' One value of an earlier version of the targets is left out',
  );
});

test('the last value says which version counts, also where the number is a smaller one', () => {
  const points = [...series([10_000, 20_000, 30_000], 5), ...series([40_000], 3, addDays(START, 300))];
  expect(expectedReach({ ...ASKED, points })).toMatchObject({ version: 3, leftOut: 3, points: 1 });
});

test('a target is reached since its first value in a row at it, however many there are', () =>
  expect(of(1, ...Array.from({ length: 12 }, () => 900_000))).toMatchObject({
    points: 8,
    expectedOn: addDays(START, 100),
  }));

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
        points: [...series([1, 2, 3], 1, addDays(START, -300)), ...points],
      });
      expect(leftOut).toBe(3);
      expect(words.startsWith(reach.words)).toBe(true);
      expect(reach).toMatchObject(rest);
    }),
  );
});
