import { outlookOf, type YearEndLine } from './year-end-position.rules.js';

const CARRY = { pendingPence: 0, approvedPence: 0, appliedPence: 0, requests: [] };
const LINE: YearEndLine = {
  trust: { odsCode: 'RW4', name: 'Trust' },
  kind: 'capital',
  agreements: [],
  grantedPence: 10_000,
  notClaimedPence: 6_000,
  claimedPence: 1_000,
  approvedPence: 500,
  paidPence: 2_500,
  recoveredPence: 0,
  writtenOffPence: 0,
  lapsedPence: 0,
  withdrawnPence: 0,
  forecast: { period: '2018/19 Q3', spentToDatePence: 4_000, forecastPence: 7_000 },
  carryForward: CARRY,
};

test.each<[string, Partial<YearEndLine>, boolean, [number | null, number, number]]>([
  ['half forecast', {}, false, [3_000, 6_000, 6_000]],
  ['no forecast', { forecast: null }, false, [null, 6_000, 6_000]],
  [
    'more forecast than granted',
    { forecast: { period: '', spentToDatePence: 0, forecastPence: 10_001 } },
    false,
    [0, 6_000, 6_000],
  ],
  [
    'a carry-forward asked for',
    { carryForward: { ...CARRY, pendingPence: 5_000 } },
    false,
    [3_000, 6_000, 6_000],
  ],
  [
    'a carry-forward approved',
    { carryForward: { ...CARRY, approvedPence: 5_000 } },
    false,
    [3_000, 6_000, 1_000],
  ],
  [
    'more approved than is left',
    { carryForward: { ...CARRY, approvedPence: 9_000 } },
    false,
    [3_000, 6_000, 0],
  ],
  ['all claimed', { notClaimedPence: 0 }, false, [3_000, 0, 0]],
  ['a year that is closed', {}, true, [3_000, 0, 0]],
])('a line with %s', (_, over, closed, [expected, lapses, after]) =>
  expect(outlookOf({ ...LINE, ...over }, closed)).toEqual({
    expectedUnderspendPence: expected,
    lapsesPence: lapses,
    lapsesAfterApprovedPence: after,
  }),
);
