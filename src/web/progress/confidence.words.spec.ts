import { ratingTag, scaleWords } from './confidence.words.js';

const scale = (...labels: string[]) => ({
  code: 'ours',
  name: 'Ours',
  points: labels.map((label) => ({ code: label.toLowerCase(), label })),
});
const FIVE = scale('Green', 'Amber-Green', 'Amber', 'Amber-Red', 'Red');
const THREE = scale('Green', 'Amber', 'Red');

test.each([
  [FIVE, 'green', 'ours', 'Green', 'green'],
  [FIVE, 'amber', 'ours', 'Amber', 'yellow'],
  [FIVE, 'red', 'ours', 'Red', 'red'],
  [THREE, 'amber', 'ours', 'Amber', 'yellow'],
  [THREE, 'red', 'ours', 'Red', 'red'],
  [scale('Only'), 'only', 'ours', 'Only', 'green'],
  // Five points are never mapped to three: a rating of another scale says of which.
  [THREE, 'amber-red', 'theirs', 'Amber red (theirs)', 'grey'],
  [THREE, 'red', 'theirs', 'Red (theirs)', 'grey'],
  [THREE, 'exempt', 'ours', 'Exempt (ours)', 'grey'],
])('a rating of %#', (of, rating, code, words, colour) =>
  expect(ratingTag({ scale: code, rating }, of)).toEqual({ words, colour }),
);

test('a scale has its name where it is the programme’s', () => {
  expect(scaleWords({ scale: 'ours', rating: 'red' }, THREE)).toBe('Ours');
  expect(scaleWords({ scale: 'theirs', rating: 'red' }, THREE)).toBe('theirs');
});
