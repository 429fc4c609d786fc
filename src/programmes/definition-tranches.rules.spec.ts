import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { trancheFaults } from './definition-tranches.rules.js';

describe('trancheFaults', () => {
  const FIRST = '/awards/0/tranches/0';
  const SECOND = '/awards/0/tranches/1';
  const OPENS = `${SECOND}/milestones`;
  const more = {
    number: 3,
    name: 'In the end',
    basis: 'delivery',
    plannedOn: '2024-09-30',
    grantPounds: 0.01,
    milestones: ['fellside-valleys/live'],
    source: 'invented',
  };
  const TAKEN_OVER = {
    '/successions/-': {
      kind: 'took-over-all',
      predecessor: 'ZZC01',
      successor: 'ZZC02',
      effectiveOn: '2024-03-01',
      source: 'invented',
    },
    '/projects/0/trust': 'ZZC02',
  };
  it.each<[what: string, change: Change, ...faults: string[]]>([
    ['the instalments as they are', {}],
    ['none at all', { '/awards/0/tranches': undefined }],
    ['an empty list', { '/awards/0/tranches': [] }],
    ['a number left out', { [`${SECOND}/number`]: 3 }, `tranche-out-of-order ${SECOND}/number`],
    ['a number twice', { [`${SECOND}/number`]: 1 }, `tranche-out-of-order ${SECOND}/number`],
    ['a first that is not 1', { [`${FIRST}/number`]: 2 }, `tranche-out-of-order ${FIRST}/number`],
    [
      'numbers the other way round',
      { [`${FIRST}/number`]: 2, [`${SECOND}/number`]: 1 },
      `tranche-out-of-order ${FIRST}/number`,
      `tranche-out-of-order ${SECOND}/number`,
    ],
    ['an advance without a milestone', { [`${FIRST}/basis`]: 'advance', [`${FIRST}/milestones`]: undefined }],
    ['an advance that a milestone opens', { [`${FIRST}/basis`]: 'advance' }],
    ['a delivery without a milestone', { [OPENS]: undefined }, `tranche-without-milestone ${SECOND}`],
    ['a delivery with an empty list', { [OPENS]: [] }, `tranche-without-milestone ${SECOND}`],
    ['a delivery with two', { [OPENS]: ['fellside-valleys/live', 'fellside-valleys/procured'] }],
    ['a milestone of no project', { [OPENS]: ['fellside-hills/live'] }, `unknown-milestone ${OPENS}/0`],
    [
      'no milestone of the project',
      { [OPENS]: ['fellside-valleys/live', 'fellside-valleys/dead'] },
      `unknown-milestone ${OPENS}/1`,
    ],
    [
      'a milestone of another council',
      { [OPENS]: ['marsh-masts/live'] },
      `milestone-of-another-awardee ${OPENS}/0`,
    ],
    ['a milestone of whoever took the council over', TAKEN_OVER],
    [
      'a milestone of whoever took over a part of it',
      { ...TAKEN_OVER, '/successions/-': { ...TAKEN_OVER['/successions/-'], kind: 'took-over-part' } },
      'milestone-of-another-awardee /awards/0/tranches/0/milestones/0',
      `milestone-of-another-awardee ${OPENS}/0`,
    ],
    [
      'a milestone twice',
      { [OPENS]: ['fellside-valleys/live', 'fellside-valleys/live'] },
      `duplicate-tranche-milestone ${OPENS}/1`,
    ],
    ['a council that nobody knows, which another rule says', { '/awards/0/trust': 'ZZC09' }],
    ['a project of nobody known, which another rule says', { '/projects/0/trust': 'ZZC09' }],
    ['a penny less', { [`${SECOND}/grantPounds`]: 249999.99 }, 'award-tranche-mismatch /awards/0/tranches'],
    ['a penny more', { '/awards/0/tranches/-': more }, 'award-tranche-mismatch /awards/0/tranches'],
    [
      'a penny that came from another',
      { [`${SECOND}/grantPounds`]: 249999.99, '/awards/0/tranches/-': more },
    ],
    ['the first day of the programme', { [`${FIRST}/plannedOn`]: '2023-04-01' }],
    [
      'the day before',
      { [`${FIRST}/plannedOn`]: '2023-03-31' },
      `tranche-outside-programme ${FIRST}/plannedOn`,
    ],
    ['the last day', { [`${SECOND}/plannedOn`]: '2024-09-30' }],
    [
      'the day after',
      { [`${SECOND}/plannedOn`]: '2024-10-01' },
      `tranche-outside-programme ${SECOND}/plannedOn`,
    ],
    ['two on one day', { [`${SECOND}/plannedOn`]: '2023-08-31' }],
    [
      'a later one that is earlier',
      { [`${SECOND}/plannedOn`]: '2023-08-30' },
      `tranche-dates-reversed ${SECOND}/plannedOn`,
    ],
    [
      'an earlier one outside the programme',
      { [`${SECOND}/plannedOn`]: '2023-03-31' },
      `tranche-outside-programme ${SECOND}/plannedOn`,
      `tranche-dates-reversed ${SECOND}/plannedOn`,
    ],
  ])('%s', (_what, change, ...faults) => {
    const found = trancheFaults(changedDefinition(change));
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(faults);
  });

  it('says both figures in pounds', () => {
    const [fault] = trancheFaults(changedDefinition({ [`${FIRST}/grantPounds`]: 450000 }));
    expect(fault?.message).toBe(
      'The instalments of ZZC01 add up to £700,000, and its award says £700,000.50. Correct the instalments or the award.',
    );
  });

  it('says which instalment it should be', () => {
    const [fault] = trancheFaults(changedDefinition({ [`${SECOND}/number`]: 5 }));
    expect(fault?.message).toBe(
      'This is instalment 2 of the award, and it says 5. Number them 1, 2, 3 in the order of the file.',
    );
  });

  it('says whose milestone it is', () => {
    const [fault] = trancheFaults(changedDefinition({ [OPENS]: ['marsh-masts/live'] }));
    expect(fault?.message).toBe(
      "marsh-masts/live is a milestone of ZZC02, and this instalment is of ZZC01. Name one of ZZC01's own.",
    );
  });
});
