import fc from 'fast-check';
import {
  type Checked,
  evaluateMonetary,
  evaluateProportions,
  poissonFactor,
  proportionEstimate,
} from './evaluation.rules.js';
import { CONFIDENCES, type Confidence } from './sample-size.rules.js';

const checked = (amountPence: number, exceptionPence = 0, stratum: string | null = null): Checked => ({
  ...{ amountPence, exceptionPence, stratum, isException: exceptionPence > 0 },
});

test.each<[number, Confidence, number]>([
  // From the printed tables, to two places.
  [0, 95, 3.0],
  [1, 95, 4.74],
  [2, 95, 6.3],
  [5, 95, 10.51],
  [0, 90, 2.3],
  [1, 90, 3.89],
  [0, 99, 4.61],
])('the Poisson factor of %i errors at %i percent is %d', (errors, confidence, factor) =>
  expect(poissonFactor(errors, confidence)).toBeCloseTo(factor, 2),
);

test.each<[number, number, Confidence, number, number]>([
  [5, 100, 95, 0.0164, 0.1129],
  [0, 59, 95, 0, 0.0607],
  [59, 59, 95, 0.9393, 1],
  [1, 10, 90, 0.0051, 0.3942],
])('%i of %i at %i percent is from %d to %d', (exceptions, looked, confidence, lower, upper) =>
  expect(proportionEstimate(exceptions, looked, confidence)).toEqual({ exceptions, looked, lower, upper }),
);

test('a proportion is within its interval, and more confidence makes it wider', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (looked, share) => {
        const exceptions = Math.round(looked * share);
        const intervals = CONFIDENCES.map((each) => proportionEstimate(exceptions, looked, each));
        for (const { lower, upper } of intervals) {
          expect(lower).toBeLessThanOrEqual(exceptions / looked);
          expect(upper).toBeGreaterThanOrEqual(exceptions / looked);
        }
        for (const [i, { lower, upper }] of intervals.slice(1).entries()) {
          expect(lower).toBeLessThanOrEqual(intervals[i]?.lower as number);
          expect(upper).toBeGreaterThanOrEqual(intervals[i]?.upper as number);
        }
      },
    ),
    { numRuns: 100, seed: 18 },
  );
});

test('monetary units without an error: nothing is projected, and the limit is the basic precision', () =>
  expect(evaluateMonetary([checked(500), checked(2_000)], 1_000, 95)).toEqual({
    ...{ method: 'monetary-unit', confidence: 95, knownErrorPence: 0, projectedErrorPence: 0 },
    ...{ basicPrecisionPence: 2_996, upperLimitPence: 2_996 },
  }));

test('an error stands for its interval by its tainting; that of a certain item for itself', () => {
  const found = evaluateMonetary([checked(500, 250), checked(2_000, 300), checked(400)], 1_000, 95);
  expect(found).toMatchObject({ knownErrorPence: 550, projectedErrorPence: 300 + 500 });
  // 300 + 2.9957 · 1000 + 0.5 · (4.7439 − 2.9957) · 1000
  expect(found.upperLimitPence).toBe(300 + Math.ceil(2_995.73 + 0.5 * 1_748.13));
});

test('the largest tainting counts first, and the limit is never below what is projected', () => {
  const items = [checked(100, 10), checked(100, 100), checked(100, 50)];
  expect(evaluateMonetary(items, 1_000, 95)).toEqual(evaluateMonetary([...items].reverse(), 1_000, 95));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
        maxLength: 20,
      }),
      (given) => {
        const all = given.map(([amount, share]) => checked(amount, Math.floor(amount * share)));
        const { upperLimitPence, projectedErrorPence } = evaluateMonetary(all, 1_000, 95);
        expect(upperLimitPence).toBeGreaterThan(projectedErrorPence);
      },
    ),
    { numRuns: 200, seed: 18 },
  );
});

test('a random sample: the proportion with its interval, and the mean error times all', () => {
  const items = [checked(100, 30), ...Array.from({ length: 9 }, () => checked(100))];
  const whole = [{ name: 'all', size: 200, pence: 20_000, drawn: 10 }];
  expect(evaluateProportions('random', items, whole, 90)).toEqual({
    ...{ method: 'random', confidence: 90, knownErrorPence: 30, projectedErrorPence: 600 },
    estimates: [{ stratum: null, exceptions: 1, looked: 10, lower: 0.0051, upper: 0.3942 }],
  });
});

test('a stratified sample: each stratum by itself', () => {
  const items = [checked(100, 10, 'a'), checked(100, 0, 'b'), checked(100, 20, 'b')];
  const strata = [
    { name: 'a', size: 5, pence: 500, drawn: 1 },
    { name: 'b', size: 10, pence: 1_000, drawn: 2 },
    { name: 'c', size: 3, pence: 300, drawn: 0 },
  ];
  const found = evaluateProportions('stratified', items, strata, 95);
  expect(found.projectedErrorPence).toBe(5 * 10 + 10 * 10);
  expect(found.estimates.map(({ stratum, exceptions, looked }) => [stratum, exceptions, looked])).toEqual([
    ['a', 1, 1],
    ['b', 1, 2],
  ]);
});
