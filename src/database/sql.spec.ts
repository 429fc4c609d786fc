import { given } from './sql.js';

test.each([
  ['nothing is asked', {}, '', ['slug']],
  ['what is null is left out', { 'a = ?': null, 'b = ?': 'x' }, ' and b = $2', ['slug', 'x']],
  ['what is undefined too', { 'a = ?': undefined, 'b = ?': 'x' }, ' and b = $2', ['slug', 'x']],
  ['false is asked for', { 'late = ?': false }, ' and late = $2', ['slug', false]],
  [
    'a list fills its places in turn',
    { 'a = ?': 1, '(b, c) < (?::date, ?::uuid)': ['2018-03-31', 'id'] },
    ' and a = $2 and (b, c) < ($3::date, $4::uuid)',
    ['slug', 1, '2018-03-31', 'id'],
  ],
])('%s', (_, conditions, text, expected) => {
  const values: unknown[] = ['slug'];
  expect(given(values, conditions)).toBe(text);
  expect(values).toEqual(expected);
});
