import { latestRating, type Rating, ratingChange } from './delivery.rules.js';

const FIVE = {
  code: 'five',
  points: ['green', 'amber-green', 'amber', 'amber-red', 'red'].map((code) => ({ code })),
};
const of = (rating: string, scale = 'five') => ({ scale, rating });

test.each([
  ['no rating before', null, of('red'), 'first'],
  ['one point down', of('green'), of('amber-green'), 'worse'],
  ['many points down', of('green'), of('red'), 'worse'],
  ['one point up', of('amber'), of('amber-green'), 'better'],
  ['the same', of('amber'), of('amber'), 'same'],
  ['another scale before', of('amber', 'three'), of('red'), 'not-compared'],
  ['another scale before, the same word', of('amber', 'three'), of('amber'), 'not-compared'],
  [
    'two of an earlier scale, whose order is not known',
    of('amber', 'three'),
    of('red', 'three'),
    'not-compared',
  ],
  ['two of an earlier scale, alike', of('amber', 'three'), of('amber', 'three'), 'same'],
  ['to a rating that the scale has not', of('red'), of('exempt'), 'not-compared'],
  ['from the best', of('green'), of('amber'), 'worse'],
  ['to the best', of('amber'), of('green'), 'better'],
  ['a rating that the scale has not', of('exempt'), of('red'), 'not-compared'],
] as const)('%s', (_, before, now, change) => expect(ratingChange(before, now, FIVE)).toBe(change));

const rated = (period: string, rating: string): Rating => ({
  period,
  endsOn: '2018-03-31',
  ...of(rating),
  reason: null,
  illustrative: false,
});

test.each([
  [[], null],
  [['amber'], ['first', undefined, 'P1']],
  [
    ['red', 'green', 'amber'],
    ['worse', 'P2', 'P3'],
  ],
] as const)('the latest of %j', (ratings, expected) => {
  const latest = latestRating(
    ratings.map((rating, index) => rated(`P${index + 1}`, rating)),
    FIVE,
  );
  expect(latest && [latest.change, latest.before?.period, latest.now.period]).toEqual(expected);
});
