import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { definitionFaults } from './definition.rules.js';

type Case = [what: string, change: Change, faults: string[]];

const GOAL = {
  code: 'premises-in-reach',
  strategy: 'S',
  title: 'T',
  statement: 'Again.',
  source: 'invented',
};

describe('definitionFaults', () => {
  it('finds nothing wrong with the small programme', () => {
    expect(definitionFaults(changedDefinition({}))).toEqual([]);
  });

  it.each<Case>([
    ['a source that is none', { '/eligibility/source': 'nobody' }, ['unknown-source /eligibility/source']],
    [
      'a source whose key every object has',
      { '/eligibility/source': 'constructor' },
      ['unknown-source /eligibility/source'],
    ],
    [
      'an assumed instead of a source',
      { '/eligibility/source': undefined, '/eligibility/assumed': 'chosen' },
      [],
    ],
    ['no goals of a strategy', { '/strategyGoals': undefined }, []],
    [
      'a goal of a strategy twice',
      { '/strategyGoals/-': GOAL },
      ['duplicate-strategy-goal /strategyGoals/1/code'],
    ],
    [
      'faults of several kinds, all of them',
      { '/programme/funder': 'ZZ9', '/controlTotals/totalPounds': 1, '/calendar/first': '2023/24 Q1' },
      [
        'unknown-organisation /programme/funder',
        'control-total-mismatch /controlTotals/totalPounds',
        'not-a-period /calendar/first',
      ],
    ],
  ])('%s', (_what, change, faults) => {
    const found = definitionFaults(changedDefinition(change));
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(faults);
  });
});
