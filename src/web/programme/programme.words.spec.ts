import { be, listed, weighted } from './programme.words.js';

test.each([
  [126_710_309, 252_000_000, '126.7 of 252'],
  [0, 36_000_000, '0 of 36'],
  // Rounded down, so that nothing reads as reached before it is.
  [35_999_999, 36_000_000, '35.9 of 36'],
])('%i of %i weighted parts per million', (numerator, denominator, words) =>
  expect(weighted({ numerator, denominator })).toBe(words),
);

test.each([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C'], 'A, B and C'],
])('%j listed', (names, words) => expect(listed(names)).toBe(words));

test('numbers agree with their verbs', () => expect([be(0), be(1), be(2)]).toEqual(['are', 'is', 'are']));
