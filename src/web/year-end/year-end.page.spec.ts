import type { YearEndPosition } from '../../change-requests/year-end.reader.js';
import { closableYears, closingFacts, closingStep, closingsPage, nothingToClose } from './year-end.page.js';

const PROGRAMME = { startsOn: '2017-04-01', endsOn: '2020-03-31' };
const closed = (...years: string[]) => years.map((financialYear) => ({ financialYear }));

test.each([
  ['2018-03-31', [], []],
  ['2018-04-01', [], ['2017/18']],
  ['2019-04-01', [], ['2017/18', '2018/19']],
  ['2019-04-01', ['2017/18'], ['2018/19']],
  ['2021-01-01', ['2017/18', '2018/19', '2019/20'], []],
])('on %s, with %p closed, %p can be closed', (today, before, years) =>
  expect(closableYears(PROGRAMME, closed(...before), today)).toEqual(years),
);

test('why none can be closed', () => {
  expect(nothingToClose(PROGRAMME, closed('2017/18'))[0]?.message).toBe(
    'The next year to be closed is 2018/19, which ends on 31 March 2019. It is closed after that day.',
  );
  expect(nothingToClose(PROGRAMME, closed('2017/18', '2018/19', '2019/20'))[0]?.message).toBe(
    'Every year of this programme is closed.',
  );
});

test('one year is chosen already, of several none', () => {
  expect(closingStep(['2017/18']).fields[0]).toMatchObject({ name: 'financialYear', value: '2017/18' });
  expect(closingStep(['2017/18', '2018/19']).fields[0]).not.toHaveProperty('value');
});

test('whoever closes sees what lapses', () => {
  const position = {
    financialYear: '2017/18',
    totals: {
      lapsesPence: 100,
      linesThatLapse: 1,
      grantedPence: 500_000_000,
      carryForwardApprovedPence: 0,
      carryForwardPendingPence: 2_000,
    },
  } as unknown as YearEndPosition;
  expect(closingFacts([position]).map(({ value }) => value)).toEqual([
    '£1 of £5,000,000, in 1 line',
    '£0 approved and not applied yet, £20 asked for and not decided',
  ]);
});

test('the closings, and each line that lapsed', () => {
  const closing = {
    ...{ id: 'y', financialYear: '2017/18', lapsedPence: 300, closedBy: { id: 'p', name: 'Pat' } },
    ...{ closedAt: '2018-04-03T09:00:00Z', reason: 'Finance board' },
    lines: [{ trust: { odsCode: 'RW4', name: 'Mersey Care' }, kind: 'capital' as const, lapsedPence: 300 }],
  };
  const { tables } = closingsPage({ slug: 'exemplars', name: 'Exemplars' }, [closing], { closable: [] });
  expect(tables?.map(({ rows }) => rows.map((row) => row.map(({ value }) => value)))).toEqual([
    [['2017/18', 300, 'Pat', '2018-04-03T09:00:00Z', 'Finance board']],
    [['Mersey Care', '2017/18', 'Capital', 300]],
  ]);
});
