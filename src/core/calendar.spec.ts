import { addDays, daysBetween, formatDate, isDateOn, londonDay, onDay } from './calendar.js';

test.each([
  ['2018-03-31', true],
  ['2016-02-29', true],
  ['2017-02-29', false],
  ['2018-04-31', false],
  ['2018-13-01', false],
  ['2018-00-10', false],
  ['18-03-31', false],
  ['2018-3-31', false],
  ['1900-01-01', true],
  ['1899-12-31', false],
  ['2199-12-31', true],
  ['2200-01-01', false],
  ['2018-01-32', false],
  ['2018-03-31T00:00:00Z', false],
  [20180331, false],
  [null, false],
])('%p as a day: %p', (text, is) => expect(isDateOn(text)).toBe(is));

test.each([
  ['2018-03-31', 1, '2018-04-01'],
  ['2016-02-28', 1, '2016-02-29'],
  ['2018-01-01', -1, '2017-12-31'],
])('%s and %d days is %s', (on, days, then) => {
  expect(addDays(on, days)).toBe(then);
  expect(daysBetween(on, then)).toBe(days);
});

test('what is no day is refused, and is not reckoned with', () => {
  for (const reckon of [() => addDays('2018-02-30', 1), () => daysBetween('2018-01-01', 'soon')])
    expect(reckon).toThrow('is not a day, YYYY-MM-DD');
});

test('a day reads as the NHS writes it', () => expect(formatDate('2018-03-31')).toBe('31 March 2018'));

test.each([
  ['2018-03-31T22:59:00Z', '2018-03-31'],
  ['2018-03-31T23:30:00Z', '2018-04-01'],
  ['2018-12-31T23:30:00Z', '2018-12-31'],
])('%s is %s in London', (instant, on) => expect(londonDay(new Date(instant))).toBe(on));

test.each(['2018-01-15', '2018-07-20', '2018-03-25', '2018-10-28'])(
  'an instant on %s stays on it, from the first of its own day to the last, and a later one stays later',
  (on) => {
    const instants = ['00:00:00.000', '00:00:01.000', '12:00:00.000', '22:59:59.999', '23:59:59.999'];
    const moved = instants.map((time) => onDay(on, new Date(`2026-11-26T${time}Z`)));
    expect(moved.map(londonDay)).toEqual(instants.map(() => on));
    expect([...moved].sort((a, b) => a.getTime() - b.getTime())).toEqual(moved);
    expect(new Set(moved.map(Number)).size).toBe(instants.length);
  },
);
