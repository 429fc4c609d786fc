import { ratingOf } from './confidence.js';

const five = {
  code: 'five',
  name: 'Five points',
  points: [
    { code: 'green', label: 'Green' },
    { code: 'amber-green', label: 'Amber/Green' },
    { code: 'amber', label: 'Amber' },
    { code: 'amber-red', label: 'Amber/Red' },
    { code: 'red', label: 'Red' },
  ],
};

test.each([
  ['green', 'Green', 'green'],
  ['amber', 'Amber', 'yellow'],
  ['red', 'Red', 'red'],
])('%s is %s', (rating, words, colour) => {
  expect(ratingOf({ scale: 'five', rating }, five)).toEqual({ words, colour, scale: 'Five points' });
});

test('a rating of another scale is not mapped to this one', () => {
  expect(ratingOf({ scale: 'three', rating: 'amber' }, five)).toEqual({
    words: 'Amber',
    colour: 'white',
    scale: 'three',
  });
});

test('a rating that the scale has not is shown as it is', () => {
  expect(ratingOf({ scale: 'five', rating: 'exempt' }, five)).toMatchObject({
    words: 'Exempt',
    colour: 'white',
  });
});
