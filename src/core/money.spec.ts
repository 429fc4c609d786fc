import fc from 'fast-check';
import { formatPounds, matchFor, pence, splitPence, sumPence } from './money.js';

describe('splitPence', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [100, [1], [100]],
    [0, [3, 4], [0, 0]],
    [5, [0, 1], [0, 5]],
    [1, [1, 1], [1, 0]],
    [200, [1, 2, 3], [33, 67, 100]],
    [3_500_000_000, [1, 1, 1, 1, 1, 1, 1], Array(7).fill(500_000_000)],
  ])('%d by %p is %p', (total, weights, parts) => {
    expect(splitPence(total, weights)).toEqual(parts);
  });

  test('parts always sum to the amount, and none is a penny or more off its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          fc.pre(weights.some((weight) => weight > 0));
          const parts = splitPence(total, weights);
          const whole = weights.reduce((a, b) => a + b, 0);
          expect(sumPence(parts)).toBe(total);
          parts.forEach((part, i) => {
            const scaled = BigInt(part) * BigInt(whole) - BigInt(total) * BigInt(weights[i] ?? 0);
            expect(scaled < 0n ? -scaled < BigInt(whole) : scaled < BigInt(whole)).toBe(true);
          });
        },
      ),
    );
  });

  test.each([
    [-1, [1]],
    [1, [0, 0]],
    [1, []],
    [1, [-1, 2]],
    [1.5, [1]],
  ])('%d by %p is refused', (total, weights) => {
    expect(() => splitPence(total, weights)).toThrow(RangeError);
  });
});

test.each([
  [0, '£0'],
  [5, '£0.05'],
  [500_000_000, '£5,000,000'],
  [-12_345, '-£123.45'],
])('%d pence reads %s', (amount, words) => expect(formatPounds(amount)).toBe(words));

test.each([
  [500, 1, 1, 500],
  [501, 1, 2, 251],
  [0, 1, 1, 0],
])('the match for %d at %d:%d is %d, rounded up', (grant, matchPence, perGrantPence, match) =>
  expect(matchFor(grant, { matchPence, perGrantPence })).toBe(match),
);

test.each([[0.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53]])('%d is not pence', (value) =>
  expect(() => pence(value)).toThrow(RangeError),
);
