import { endOfDay, instantAsked } from './as-at.js';

test.each([
  ['2018-01-31', '2018-01-31T23:59:59.999999Z'],
  ['2018-07-20', '2018-07-20T22:59:59.999999Z'],
  // Clocks go forward on 25 March 2018 and back on 28 October.
  ['2018-03-24', '2018-03-24T23:59:59.999999Z'],
  ['2018-03-25', '2018-03-25T22:59:59.999999Z'],
  ['2018-10-27', '2018-10-27T22:59:59.999999Z'],
  ['2018-10-28', '2018-10-28T23:59:59.999999Z'],
])('%s ends in London at %s', (on, ends) => expect(endOfDay(on)).toBe(ends));

test.each([
  ['2018-03-31', '2018-03-31T22:59:59.999999Z'],
  ['2018-07-20', null],
  ['2018-03-31T00:00:00Z', '2018-03-31T00:00:00Z'],
  ['2018-03-31T00:00Z', '2018-03-31T00:00Z'],
  ['2018-03-31T12:30:00.123456+01:00', '2018-03-31T12:30:00.123456+01:00'],
  ['2018-03-31T12:30:00.1234567Z', undefined],
  ['2018-03-31T12:30:00', undefined],
  ['2018-03-31T24:00:00Z', undefined],
  ['2018-02-30T12:30:00Z', undefined],
  ['2018-02-30', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('on 20 July 2018, %j asks for %s', (text, instant) =>
  expect(instantAsked(text, '2018-07-20')).toBe(instant),
);
