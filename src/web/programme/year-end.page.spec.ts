import type { YearEndPosition } from '../../change-requests/year-end.reader.js';
import { outlookOf, type YearEndLine } from '../../change-requests/year-end-position.rules.js';
import { sumPence } from '../../core/money.js';
import type { YearEndView } from '../../funding/year-end/year-end.queries.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { yearEndPage, yearsOf } from './year-end.page.js';

const programme = {
  slug: 'p',
  name: 'P',
  startsOn: '2017-04-01',
  endsOn: '2020-03-31',
} as ProgrammeView;

const LINE: YearEndLine = {
  trust: { odsCode: 'A', name: 'Trust A' },
  kind: 'capital',
  agreements: [],
  grantedPence: 1_000_00,
  notClaimedPence: 400_00,
  claimedPence: 100_00,
  approvedPence: 0,
  paidPence: 500_00,
  recoveredPence: 0,
  writtenOffPence: 0,
  lapsedPence: 0,
  withdrawnPence: 0,
  forecast: { period: '2018/19 Q1', spentToDatePence: 550_00, forecastPence: 900_00 },
  carryForward: { pendingPence: 50_00, approvedPence: 150_00, appliedPence: 0, requests: [] },
};

const CLOSED: YearEndView = {
  id: 'y',
  financialYear: '2018/19',
  lapsedPence: 700_00,
  closedBy: { id: 'x', name: 'Fiona' },
  closedAt: '2019-04-03T09:00:00Z',
  reason: 'The accounts are made up.',
  lines: [{ trust: LINE.trust, kind: 'capital', lapsedPence: 300_00 }],
};

const totalsOf = (lines: YearEndPosition['lines']): YearEndPosition['totals'] => {
  const sum = (of: (line: (typeof lines)[number]) => number) => sumPence(lines.map(of));
  return {
    lines: lines.length,
    linesThatLapse: lines.filter(({ lapsesPence }) => lapsesPence > 0).length,
    linesWithoutForecast: lines.filter(({ forecast }) => forecast === null).length,
    grantedPence: sum((line) => line.grantedPence),
    notClaimedPence: sum((line) => line.notClaimedPence),
    claimedPence: sum((line) => line.claimedPence),
    approvedPence: sum((line) => line.approvedPence),
    paidPence: sum((line) => line.paidPence),
    recoveredPence: sum((line) => line.recoveredPence),
    writtenOffPence: sum((line) => line.writtenOffPence),
    lapsedPence: sum((line) => line.lapsedPence),
    withdrawnPence: sum((line) => line.withdrawnPence),
    lapsesPence: sum((line) => line.lapsesPence),
    lapsesAfterApprovedPence: sum((line) => line.lapsesAfterApprovedPence),
    expectedUnderspendPence: sum((line) => line.expectedUnderspendPence ?? 0),
    carryForwardPendingPence: sum(({ carryForward }) => carryForward.pendingPence),
    carryForwardApprovedPence: sum(({ carryForward }) => carryForward.approvedPence),
    carryForwardAppliedPence: sum(({ carryForward }) => carryForward.appliedPence),
  };
};

function shown(
  given: YearEndLine[],
  { daysLeft = 30, closed = null as YearEndView | null, own = false } = {},
) {
  const lines = given.map((line) => ({ ...line, ...outlookOf(line, closed !== null) }));
  const position: YearEndPosition = {
    financialYear: '2018/19',
    endsOn: '2019-03-31',
    daysLeft,
    closed,
    lines,
    next: null,
    totals: totalsOf(lines),
  };
  const { tables = [], model } = yearEndPage(programme, position, closed ? [closed] : [], {
    own,
    mayClose: false,
  });
  return {
    tables: Object.fromEntries(tables.map((table) => [table.id, table])),
    model: model as { outlook: string; linesWithForecast: number },
  };
}

test('the years of a programme', () => {
  expect(yearsOf(programme)).toEqual(['2017/18', '2018/19', '2019/20']);
  expect(yearsOf({ startsOn: '2018-01-01', endsOn: '2018-03-31' })).toEqual(['2017/18']);
});

test('what lapses: what is not claimed, less what may be carried', () => {
  const { tables, model } = shown([LINE, { ...LINE, kind: 'revenue', forecast: null }]);
  expect(tables.lines?.rows[0]?.map(({ value }) => value)).toEqual([
    'Trust A',
    'Capital',
    1_000_00,
    400_00,
    900_00,
    100_00,
    250_00,
  ]);
  expect(tables.lines?.rows[0]?.at(-1)?.note).toBe('£50 asked for, £150 approved');
  expect(tables.lines?.foot?.map(({ value }) => value)).toEqual([
    'Total',
    '',
    2_000_00,
    800_00,
    '',
    100_00,
    500_00,
  ]);
  expect(tables.lines?.foot?.[5]?.note).toBe('1 line without a forecast');
  expect(model).toMatchObject({
    outlook: '£500 of 2018/19 lapses on 31 March 2019, in 30 days, if nothing is done.',
    linesWithForecast: 1,
  });
});

test.each([
  [{ daysLeft: 1 }, [LINE], '£250 of 2018/19 lapses on 31 March 2019, in 1 day, if nothing is done.'],
  [
    { daysLeft: 0 },
    [LINE],
    '£250 of 2018/19 lapses on 31 March 2019: the year is over, and what is not claimed lapses when it is closed.',
  ],
  [{}, [{ ...LINE, notClaimedPence: 0 }], 'Nothing of 2018/19 is left to lapse on 31 March 2019.'],
  [
    { closed: CLOSED },
    [{ ...LINE, notClaimedPence: 0, lapsedPence: 300_00 }],
    '2018/19 was closed on 3 April 2019 at 10:00am by Fiona. £300 lapsed.',
  ],
])('in words: %j', (when, lines, words) => expect(shown(lines, when).model.outlook).toBe(words));

test.each([
  [false, 700_00],
  [true, 300_00],
])('of a closed year a trust (%p) sees its own', (own, lapsed) =>
  expect(shown([], { closed: CLOSED, own }).tables['closed-years']?.rows[0]?.[1]?.value).toBe(lapsed),
);
