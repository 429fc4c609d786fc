import { calendarPeriods, periodOf } from './reporting-calendar.rules.js';

describe('periodOf', () => {
  it.each<[label: string, cadence: 'quarterly' | 'monthly', days: [string, string] | null]>([
    ['2017/18 Q1', 'quarterly', ['2017-04-01', '2017-06-30']],
    ['2017/18 Q4', 'quarterly', ['2018-01-01', '2018-03-31']],
    ['2019/20 M11', 'monthly', ['2020-02-01', '2020-02-29']],
    ['1999/00 M01', 'monthly', ['1999-04-01', '1999-04-30']],
    ['2190/91 Q4', 'quarterly', ['2191-01-01', '2191-03-31']],
    ['2191/92 Q1', 'quarterly', null],
    ['2017/18 Q5', 'quarterly', null],
    ['2017/18 Q1', 'monthly', null],
    ['2017/18 M1', 'monthly', null],
    ['2017/18 M13', 'monthly', null],
    ['2017/19 Q1', 'quarterly', null],
    ['2017 Q1', 'quarterly', null],
    ['2199/00 Q4', 'quarterly', null],
  ])('%s, %s', (label, cadence, days) => {
    const period = periodOf(label, cadence);
    expect(period && [period.startsOn, period.endsOn]).toEqual(days);
  });
});

describe('calendarPeriods', () => {
  const span = { cadence: 'quarterly', opensDaysAfterEnd: 1, dueDaysAfterEnd: 28 } as const;

  it('lists every period in order, with its days', () => {
    const periods = calendarPeriods({ ...span, first: '2017/18 Q3', last: '2018/19 Q1' });
    expect(periods.map((period) => period.label)).toEqual(['2017/18 Q3', '2017/18 Q4', '2018/19 Q1']);
    expect(periods[1]).toEqual({
      label: '2017/18 Q4',
      financialYear: '2017/18',
      startsOn: '2018-01-01',
      endsOn: '2018-03-31',
      opensOn: '2018-04-01',
      dueOn: '2018-04-28',
    });
  });

  it.each<[what: string, first: string, last: string, count: number]>([
    ['one period', '2017/18 Q1', '2017/18 Q1', 1],
    ['three years', '2017/18 Q1', '2019/20 Q4', 12],
    ['a year below ten', '2008/09 Q4', '2009/10 Q1', 2],
    ['a turn of the century', '1999/00 Q4', '2000/01 Q1', 2],
    ['backwards', '2017/18 Q2', '2017/18 Q1', 0],
    ['a label that is none', '2017/18 Q0', '2017/18 Q1', 0],
  ])('%s: %s to %s', (_what, first, last, count) => {
    expect(calendarPeriods({ ...span, first, last })).toHaveLength(count);
  });

  it('counts twelve months in a year', () => {
    const periods = calendarPeriods({
      ...span,
      cadence: 'monthly',
      first: '2023/24 M01',
      last: '2023/24 M12',
    });
    expect(periods).toHaveLength(12);
    expect(periods[11]).toMatchObject({ label: '2023/24 M12', endsOn: '2024-03-31' });
  });
});
