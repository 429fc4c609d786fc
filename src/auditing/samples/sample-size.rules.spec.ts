import {
  type Confidence,
  monetaryInterval,
  proportionSize,
  ZERO_ERROR_FACTORS,
} from './sample-size.rules.js';

test.each(Object.entries(ZERO_ERROR_FACTORS))(
  'the factor of %s percent is the Poisson mean, rounded up',
  (c, factor) => {
    const exact = -Math.log(1 - Number(c) / 100);
    expect(factor).toBeGreaterThanOrEqual(exact - 0.0001);
    expect(factor - exact).toBeLessThan(0.011);
  },
);

test.each<[Confidence, number, number]>([
  [95, 3_000_000, 1_000_000],
  [90, 231, 100],
  [80, 100_000, 62_111],
  [99, 1, 0],
])('at %i percent, tolerating %i pence, the interval is %i', (confidence, tolerable, interval) =>
  expect(monetaryInterval(confidence, tolerable)).toBe(interval),
);

test.each<[Confidence, number, number, number, number]>([
  // 384.16 of an endless population, the figure of every textbook.
  [95, 50, 5, 1_000_000_000, 385],
  [95, 50, 5, 1_000, 278],
  [95, 5, 5, 200, 54],
  [99, 50, 1, 50, 50],
])('at %i percent, expecting %i and within %i, of %i it is %i', (confidence, expected, precision, of, size) =>
  expect(proportionSize(confidence, { expectedPercent: expected, precisionPercent: precision }, of)).toBe(
    size,
  ),
);
