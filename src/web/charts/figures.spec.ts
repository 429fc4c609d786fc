import { checkFigure, figureText, moneyShort, proportion, ticksTo } from './figures.js';

test.each([
  [0, '£0'],
  [1, '£0.01'],
  [950, '£9.50'],
  [95_000, '£950'],
  [99_999, '£999.99'],
  [100_000, '£1k'],
  [420_000, '£4.2k'],
  [994_999, '£9.9k'],
  [995_000, '£10k'],
  [42_000_000, '£420k'],
  [99_949_999, '£999k'],
  [99_950_000, '£1.0m'],
  [500_000_000, '£5.0m'],
  [3_500_000_000, '£35.0m'],
  [99_994_999_999, '£999.9m'],
  [99_995_000_000, '£1.0bn'],
  [-500_000_000, '-£5.0m'],
])('%p pence is %s', (amount, text) => expect(moneyShort(amount)).toBe(text));

test.each([
  [26.84, 'percent', '26.8%'],
  [100, 'percent', '100.0%'],
  [1_234_567, 'count', '1,234,567'],
  [1234.5, 'count', '1,234.5'],
  [7, 'count', '7'],
] as const)('%p as %s is %s', (value, unit, text) => expect(figureText(value, unit)).toBe(text));

test.each([
  [0, 'percent', [0, 20, 40, 60, 80, 100]],
  [130, 'percent', [0, 50, 100, 150]],
  [500_000_000, 'money', [0, 1e8, 2e8, 3e8, 4e8, 5e8]],
  [430_000_000, 'money', [0, 1e8, 2e8, 3e8, 4e8, 5e8]],
  [0, 'money', [0, 100, 200, 300, 400]],
  [0, 'count', [0, 1, 2]],
  [3, 'count', [0, 1, 2, 3]],
  [11, 'count', [0, 5, 10, 15]],
] as const)('ticks to %p of %s', (greatest, unit, ticks) => expect(ticksTo(greatest, unit)).toEqual(ticks));

test.each([
  [-1, 'count'],
  [Number.NaN, 'percent'],
  [Number.POSITIVE_INFINITY, 'count'],
  [0.5, 'money'],
] as const)('%p of %s is no figure of a bar', (value, unit) =>
  expect(() => checkFigure(value, unit)).toThrow(RangeError),
);

test('a proportion over a single point is the middle', () => {
  expect(proportion([0, 10], [100, 200])(5)).toBe(150);
  expect(proportion([3, 3], [100, 200])(3)).toBe(150);
});
