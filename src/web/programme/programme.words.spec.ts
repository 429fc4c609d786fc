import { be, cutAt, listed, ratingTag, returnTag, weighted } from './programme.words.js';

const scale = (...labels: string[]) => ({
  code: 'ours',
  name: 'Ours',
  points: labels.map((label) => ({ code: label.toLowerCase(), label })),
});
const FIVE = scale('Green', 'Amber-Green', 'Amber', 'Amber-Red', 'Red');
const THREE = scale('Green', 'Amber', 'Red');

test.each([
  [126_710_309, 252_000_000, '126.7 of 252'],
  [0, 36_000_000, '0 of 36'],
  // Rounded down, so that nothing reads as reached before it is.
  [35_999_999, 36_000_000, '35.9 of 36'],
])('%i of %i weighted parts per million', (numerator, denominator, words) =>
  expect(weighted({ numerator, denominator })).toBe(words),
);

test.each([
  [FIVE, 'green', 'ours', 'Green', 'green'],
  [FIVE, 'amber', 'ours', 'Amber', 'yellow'],
  [FIVE, 'red', 'ours', 'Red', 'red'],
  [THREE, 'amber', 'ours', 'Amber', 'yellow'],
  [THREE, 'red', 'ours', 'Red', 'red'],
  [scale('Only'), 'only', 'ours', 'Only', 'green'],
  // Five points are never mapped to three: a rating of another scale says of which.
  [THREE, 'amber-red', 'theirs', 'Amber red (theirs)', 'grey'],
  [THREE, 'exempt', 'ours', 'Exempt (ours)', 'grey'],
])('a rating of %#', (of, rating, code, words, colour) =>
  expect(ratingTag({ scale: code, rating }, of)).toEqual({ words, colour }),
);

test.each([
  ['open', false, 'Open'],
  ['draft', true, 'Overdue'],
  ['trust-certified', false, 'Trust certified'],
] as const)('a return that is %s', (state, overdue, words) =>
  expect(returnTag({ state, overdue }).words).toBe(words),
);

test.each([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C'], 'A, B and C'],
])('%j listed', (names, words) => expect(listed(names)).toBe(words));

test('numbers agree with their verbs, and a cut list says so', () => {
  expect([be(0), be(1), be(2)]).toEqual(['are', 'is', 'are']);
  expect([cutAt(null), cutAt('x')]).toEqual([
    null,
    'Only the first 1,000 are shown here. The API gives all of them.',
  ]);
});
