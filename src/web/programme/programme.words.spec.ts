import { be, listed } from './programme.words.js';

test.each([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C'], 'A, B and C'],
])('%j listed', (names, words) => expect(listed(names)).toBe(words));

test('numbers agree with their verbs', () => expect([be(0), be(1), be(2)]).toEqual(['are', 'is', 'are']));
