import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { moneyFaults, penceOf, ratioOf } from './definition-money.rules.js';

describe('moneyFaults', () => {
  const TOTALS = '/controlTotals';
  const YEAR = '/awards/0/lines/1/year';
  it.each<[what: string, change: Change, ...faults: string[]]>([
    [
      'awards below the control total',
      { [`${TOTALS}/grantPounds`]: 1200001 },
      `control-grant-mismatch ${TOTALS}/grantPounds`,
    ],
    ['match above it', { [`${TOTALS}/matchPounds`]: 650000 }, `control-match-mismatch ${TOTALS}/matchPounds`],
    [
      'a penny in all',
      { [`${TOTALS}/totalPounds`]: 1850000.76 },
      `control-total-mismatch ${TOTALS}/totalPounds`,
    ],
    [
      'lines below the award',
      { '/awards/0/lines/1/grantPounds': 199999.99 },
      'award-grant-mismatch /awards/0/grantPounds',
    ],
    [
      'match lines above the award',
      { '/awards/0/lines/1/matchPounds': 100000.01 },
      'award-match-mismatch /awards/0/matchPounds',
    ],
    [
      'match below the ratio',
      { '/match/ratio/matchPounds': 0.51 },
      'match-below-ratio /awards/0/matchPounds',
    ],
    ['an award twice', { '/awards/1/trust': 'ZZC01' }, 'duplicate-award /awards/1/trust'],
    ['a line twice', { '/awards/1/lines/1/kind': 'capital' }, 'duplicate-award-line /awards/1/lines/1'],
    ['a year that is none', { [YEAR]: '2024/26' }, `not-a-financial-year ${YEAR}`],
    ['a year after the programme', { [YEAR]: '2025/26' }, `year-outside-programme ${YEAR}`],
    ['a year before the programme', { [YEAR]: '2022/23' }, `year-outside-programme ${YEAR}`],
    ['the years of the programme', {}],
    [
      'a day of the first year and of the last',
      { '/programme/startsOn': '2024-03-31', '/programme/endsOn': '2024-04-01' },
    ],
  ])('%s', (_what, change, ...faults) => {
    const found = moneyFaults(changedDefinition(change));
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(faults);
  });

  it('says both figures in pounds', () => {
    const [fault] = moneyFaults(changedDefinition({ [`${TOTALS}/grantPounds`]: 35000000 }));
    expect(fault?.message).toBe(
      'The awards add up to £1,200,000.50, and the definition says £35,000,000. Correct the one that is wrong.',
    );
  });
});

describe('penceOf', () => {
  it.each([
    [0, 0],
    [0.07, 7],
    [1.15, 115],
    [34999999.99, 3_499_999_999],
    [9999999999.99, 999_999_999_999],
  ])('£%d is %d pence', (pounds, pence) => {
    expect(penceOf(pounds)).toBe(pence);
  });
});

describe('ratioOf', () => {
  it.each<[grantPounds: number, matchPounds: number, matchPence: number, perGrantPence: number]>([
    [1, 1, 1, 1],
    [1, 0.5, 1, 2],
    [3, 2, 2, 3],
    [1, 0, 0, 1],
    [0.3, 0.1, 1, 3],
  ])('£%d to £%d', (grantPounds, matchPounds, matchPence, perGrantPence) => {
    expect(ratioOf({ grantPounds, matchPounds })).toEqual({ matchPence, perGrantPence });
  });
});
