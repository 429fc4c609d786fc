import * as format from './format.js';

test.each([
  [500_000_000, '£5,000,000', '£5.0m'],
  [123_456, '£1,234.56', '£1,234.56'],
  [0, '£0', '£0'],
  [-4_200_000_00, '-£4,200,000', '-£4.2m'],
  [999_949_99, '£999,949.99', '£1000k'],
  [999_950_00, '£999,950', '£1.0m'],
  [42_000_000, '£420,000', '£420k'],
  [9_999_49, '£9,999.49', '£9,999.49'],
])('%i pence is %s, in short %s', (pence, exact, short) => {
  expect(format.pounds(pence)).toBe(exact);
  expect(format.shortPounds(pence)).toBe(short);
});

test.each([
  ['2018-03-31', '31 March 2018'],
  [null, '–'],
])('the day %p is %s', (on, text) => expect(format.day(on)).toBe(text));

test.each([
  ['2018-03-31T13:05:00Z', '31 March 2018 at 2:05pm'],
  ['2018-01-01T00:00:00Z', '1 January 2018 at 12:00am'],
  [null, '–'],
])('the instant %p is %s in London', (at, text) => expect(format.instant(at)).toBe(text));

test.each([
  [{ numerator: 1, denominator: 3 }, '33.3%'],
  [{ numerator: 9999, denominator: 10000 }, '99.9%'],
  [{ numerator: 10, denominator: 10 }, '100.0%'],
  [{ numerator: 0, denominator: 0 }, '–'],
  [null, '–'],
])('%p is a share of %s', (parts, text) => expect(format.share(parts)).toBe(text));

test('words, counts and points read as people write them', () => {
  expect(format.words('fd-certified')).toBe('FD certified');
  expect(format.words('self-reported')).toBe('Self-reported');
  expect(format.words('trust-certified')).toBe('Trust certified');
  expect(format.plural(1, 'claim')).toBe('1 claim');
  expect(format.plural(1200, 'claim')).toBe('1,200 claims');
  expect(format.points(3.14)).toBe('+3.1 points');
  expect(format.points(-0.4)).toBe('-0.4 points');
});

test.each([
  ['aims/v2', 'Aims, version 2'],
  ['aims/v3', null],
])('the target set %s is called %p', (ref, name) =>
  expect(format.targetSetName(ref, [{ ref: 'aims/v2', name: 'Aims' }])).toBe(name),
);
