import { dueTag, returnTag } from './return.words.js';

test.each([
  ['open', false, 'Not begun'],
  ['draft', true, 'Overdue'],
  ['trust-certified', false, 'Certified'],
] as const)('a return that is %s', (state, overdue, words) =>
  expect(dueTag({ state, overdue }).words).toBe(words),
);

test('the state of a return is said without its day', () =>
  expect(returnTag('draft')).toEqual({ words: 'Draft', colour: 'grey' }));
