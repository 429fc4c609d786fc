import {
  type DecidableLine,
  decided,
  decisionFaults,
  emptyApprovalBlockers,
  type LineDecision,
} from './claim-decision.rules.js';

const line = (
  position: number,
  claimedPence: number,
  recommendedPence: number | null = null,
): DecidableLine => ({
  position,
  claimedPence,
  recommendedPence,
  recommendedBecause: recommendedPence === null ? null : 'Not eligible',
});
const LINES = [line(1, 100), line(2, 200, 150), line(3, 300)];

test.each<[string, LineDecision[], string[]]>([
  ['nothing said', [], []],
  ['less, with its reason', [{ position: 1, approvedPence: 99, because: 'One' }], []],
  ['none, with its reason', [{ position: 1, approvedPence: 0, because: 'All' }], []],
  ['all of it', [{ position: 1, approvedPence: 100, because: null }], []],
  ['less, without', [{ position: 1, approvedPence: 99, because: null }], ['reason-missing /lines/0/because']],
  [
    'all, with one',
    [{ position: 1, approvedPence: 100, because: 'One' }],
    ['nothing-disallowed /lines/0/because'],
  ],
  [
    'more',
    [{ position: 1, approvedPence: 101, because: null }],
    ['more-than-claimed /lines/0/approvedPence'],
  ],
  ['another line', [{ position: 4, approvedPence: 1, because: 'x' }], ['unknown-line /lines/0/position']],
  [
    'a line twice',
    [
      { position: 1, approvedPence: 100, because: null },
      { position: 1, approvedPence: 1, because: 'x' },
    ],
    ['line-twice /lines/1/position'],
  ],
])('%s', (_, wanted, expected) =>
  expect(decisionFaults(LINES, wanted).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(expected),
);

test('what is not approved without a reason is told by its amount', () =>
  expect(decisionFaults(LINES, [{ position: 2, approvedPence: 150, because: null }])).toMatchObject([
    { message: 'Say why £0.50 of line 2 is not approved.' },
  ]));

test('as it is decided, else as it was recommended, else in full', () =>
  expect(decided(LINES, [{ position: 3, approvedPence: 1, because: 'Late' }])).toEqual([
    { position: 1, approvedPence: 100, because: null },
    { position: 2, approvedPence: 150, because: 'Not eligible' },
    { position: 3, approvedPence: 1, because: 'Late' },
  ]));

test('what was recommended can be overruled', () =>
  expect(decided(LINES, [{ position: 2, approvedPence: 200, because: null }])[1]).toEqual({
    position: 2,
    approvedPence: 200,
    because: null,
  }));

test('an approval of nothing is a rejection', () => {
  const none = LINES.map(({ position }) => ({ position, approvedPence: 0, because: 'No' }));
  expect(emptyApprovalBlockers(none)).toMatchObject([{ code: 'nothing-approved', pointer: '/lines' }]);
  expect(emptyApprovalBlockers([...none, { position: 4, approvedPence: 1, because: null }])).toEqual([]);
});
