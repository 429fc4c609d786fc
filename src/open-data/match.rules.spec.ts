import { MERSEY } from '../../test/support/accepted-grants.js';
import { matchRows } from './match.rules.js';

const shown = (rows: ReturnType<typeof matchRows>) =>
  rows.map(({ financialYear, kind, agreed, accepted }) => [financialYear, kind, agreed, accepted]);

test.each([
  [
    'agreed and accepted stand side by side, in pounds',
    MERSEY,
    [
      ['2017/18', 'capital', 1.5, 0.99],
      ['2018/19', 'revenue', 1.01, 0],
    ],
  ],
  [
    'they are in the order of years and kinds',
    { ...MERSEY, lines: MERSEY.lines.toReversed(), match: [] },
    [
      ['2017/18', 'capital', 1.5, 0],
      ['2018/19', 'revenue', 1.01, 0],
    ],
  ],
  [
    'what was accepted of a line that is in no version any more is not lost',
    { ...MERSEY, lines: [] },
    [['2017/18', 'capital', 0, 0.99]],
  ],
])('%s', (_, row, expected) => expect(shown(matchRows([row], '360G-x'))).toEqual(expected));

test('a row names its grant and whoever holds it', () =>
  expect(matchRows([MERSEY], '360G-x')[0]).toMatchObject({
    grant: '360G-x-exemplars-RW4',
    recipient: 'GB-NHS-RW4',
    recipientName: 'Mersey Care',
  }));
