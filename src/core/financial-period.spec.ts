import { addDays } from './calendar.js';
import {
  financialMonth,
  financialYear,
  financialYearOf,
  financialYearsFrom,
  isFinancialYear,
  quarter,
  quarterOf,
} from './financial-period.js';

test.each([
  ['2017-04-01', '2017/18', '2017/18 Q1'],
  ['2017-06-30', '2017/18', '2017/18 Q1'],
  ['2017-07-01', '2017/18', '2017/18 Q2'],
  ['2017-12-31', '2017/18', '2017/18 Q3'],
  ['2018-01-01', '2017/18', '2017/18 Q4'],
  ['2018-03-31', '2017/18', '2017/18 Q4'],
  ['2018-04-01', '2018/19', '2018/19 Q1'],
  ['1999-05-01', '1999/00', '1999/00 Q1'],
])('%s falls in %s and %s', (on, year, label) => {
  expect(financialYearOf(on)).toBe(year);
  const period = quarterOf(on);
  expect(period.label).toBe(label);
  expect(period.startsOn <= on && on <= period.endsOn).toBe(true);
});

test.each([
  ['2017/18', true],
  ['1999/00', true],
  ['2199/00', true],
  ['2200/01', false],
  ['0000/01', false],
  ['2017/19', false],
  ['2017-18', false],
  ['2017/2018', false],
  [2017, false],
])('%p as a financial year: %p', (text, is) => expect(isFinancialYear(text)).toBe(is));

test.each([
  [1, '2017-04-01', '2017-06-30'],
  [2, '2017-07-01', '2017-09-30'],
  [3, '2017-10-01', '2017-12-31'],
  [4, '2018-01-01', '2018-03-31'],
] as const)('quarter %d runs from %s to %s', (number, startsOn, endsOn) => {
  expect(quarter('2017/18', number)).toEqual({ label: `2017/18 Q${number}`, startsOn, endsOn });
});

test('what is no day and what is no year is refused', () => {
  expect(() => financialYearOf('2017-02-30')).toThrow('2017-02-30 is not a day, YYYY-MM-DD');
  expect(() => financialYear('2017/19')).toThrow('2017/19 is not a financial year, such as 2017/18');
});

test('twelve months make the year without a gap', () => {
  const all = Array.from({ length: 12 }, (_, i) => financialMonth('2019/20', i + 1));
  expect(all.map(({ label }) => label.slice(8)).join(' ')).toBe(
    'M01 M02 M03 M04 M05 M06 M07 M08 M09 M10 M11 M12',
  );
  for (const [index, { startsOn }] of all.entries())
    expect(startsOn).toBe(index === 0 ? '2019-04-01' : addDays(all[index - 1]?.endsOn ?? '', 1));
  expect(all[10]).toEqual({ label: '2019/20 M11', startsOn: '2020-02-01', endsOn: '2020-02-29' });
  expect(all[11]?.endsOn).toBe(financialYear('2019/20').endsOn);
});

test.each([0, 13, 1.5, Number.NaN])('there is no month %d', (number) =>
  expect(() => financialMonth('2019/20', number)).toThrow('Months are 1 to 12'),
);

test.each([
  ['2017-04-01', '2018-04-01', ['2017/18', '2018/19']],
  ['2017-04-01', '2020-03-31', ['2017/18', '2018/19', '2019/20']],
  ['2017-12-31', '2018-04-01', ['2017/18', '2018/19']],
  ['2018-03-31', '2018-03-31', ['2017/18']],
  ['2018-04-01', '2018-03-31', []],
])('the financial years from %s to %s', (from, to, years) =>
  expect(financialYearsFrom(from, to)).toEqual(years),
);
