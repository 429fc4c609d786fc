import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { bodyFaults } from './definition-bodies.rules.js';

type Case = [what: string, change: Change, ...faults: string[]];

function check(_what: string, change: Change, ...faults: string[]) {
  const found = bodyFaults(changedDefinition(change));
  expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(faults);
}

const SOURCED = { source: 'invented' };
const again = { ods: 'ZZC03', name: 'Again', roles: [], ...SOURCED };
const part = (predecessor: string, successor: string) => ({
  kind: 'took-over-part',
  predecessor,
  successor,
  effectiveOn: '2024-02-01',
  ...SOURCED,
});
const former = (to: string, from?: string) => ({ name: 'Marsh', to, ...(from && { from }), ...SOURCED });
const follower = { role: 'fast-follower', status: 'proposed', follows: 'ZZC01', ...SOURCED };

describe('organisations', () => {
  const [SUCCESSION, NAMES] = ['/successions/0', '/organisations/2/formerly'];
  it.each<Case>([
    ['funder unknown', { '/programme/funder': 'ZZ9' }, 'unknown-organisation /programme/funder'],
    ['funder without the role', { '/programme/funder': 'ZZC01' }, 'role-missing /programme/funder'],
    [
      'predecessor unknown',
      { [`${SUCCESSION}/predecessor`]: 'ZZ9' },
      `unknown-organisation ${SUCCESSION}/predecessor`,
    ],
    [
      'successor unknown',
      { [`${SUCCESSION}/successor`]: 'ZZ9' },
      `unknown-organisation ${SUCCESSION}/successor`,
    ],
    ['project of nobody known', { '/projects/0/trust': 'ZZ9' }, 'unknown-organisation /projects/0/trust'],
    ['project without an award', { '/projects/0/trust': 'ZZC03' }, 'role-missing /projects/0/trust'],
    ['award to nobody known', { '/awards/1/trust': 'ZZ9' }, 'unknown-organisation /awards/1/trust'],
    ['a code twice', { '/organisations/-': again }, 'duplicate-organisation /organisations/4/ods'],
    ['a follower', { '/organisations/3/roles/-': follower }],
    [
      'a follower of nobody known',
      { '/organisations/3/roles/-': { ...follower, follows: 'ZZ9' } },
      'unknown-organisation /organisations/3/roles/1/follows',
    ],
    [
      'a follower of no awardee',
      { '/organisations/1/roles/-': { ...follower, follows: 'ZZC03' } },
      'role-missing /organisations/1/roles/1/follows',
    ],
    ['a role of one day', { '/organisations/3/roles/0/from': '2023-12-31' }],
    [
      'a follower of nobody',
      { '/organisations/3/roles/0/role': 'fast-follower' },
      'follows-whom /organisations/3/roles/0',
    ],
    [
      'a funder that follows',
      { '/organisations/0/roles/0/follows': 'ZZC01' },
      'follows-whom /organisations/0/roles/0',
    ],
    [
      'a follower of itself',
      { '/organisations/1/roles/-': follower },
      'follows-itself /organisations/1/roles/1/follows',
    ],
    [
      'a role that ends before it starts',
      { '/organisations/3/roles/0/from': '2024-01-01' },
      'dates-reversed /organisations/3/roles/0/to',
    ],
    ['a former name of one day', { [NAMES]: [former('2020-06-30'), former('2020-07-01')] }],
    ['former names in order', { [NAMES]: [former('2020-06-30'), former('2023-12-31')] }],
    ['former names out of order', { [`${NAMES}/-`]: former('2023-06-30') }, `names-overlap ${NAMES}/1/to`],
    [
      'former names that overlap',
      { [`${NAMES}/-`]: former('2024-06-30', '2023-12-31') },
      `names-overlap ${NAMES}/1/to`,
    ],
    [
      'a former name that ends before it starts',
      { [`${NAMES}/0/from`]: '2024-01-01' },
      `names-overlap ${NAMES}/0/to`,
    ],
  ])('%s', check);
});

describe('successions', () => {
  it.each<Case>([
    ['renamed, the code kept', { '/successions/-': { ...part('ZZC01', 'ZZC01'), kind: 'renamed' } }],
    [
      'part of itself',
      { '/successions/-': part('ZZC01', 'ZZC01') },
      'succession-of-itself /successions/1/successor',
    ],
    ['there and back', { '/successions/-': part('ZZC02', 'ZZC03') }, 'succession-cycle /successions/1'],
    [
      'a long way round',
      { '/successions/1': part('ZZC02', 'ZZC01'), '/successions/2': part('ZZC01', 'ZZC03') },
      'succession-cycle /successions/2',
    ],
    [
      'back from the first of two',
      { '/successions/1': part('ZZC03', 'ZZC01'), '/successions/2': part('ZZC02', 'ZZC03') },
      'succession-cycle /successions/2',
    ],
    [
      'two circles that share a way',
      {
        '/successions/1': part('ZZC02', 'ZZC03'),
        '/successions/2': part('ZZC02', 'ZZC01'),
        '/successions/3': part('ZZC01', 'ZZC03'),
      },
      'succession-cycle /successions/1',
      'succession-cycle /successions/3',
    ],
    ['parts to two bodies', { '/successions/-': part('ZZC03', 'ZZC01') }],
    [
      'two ways to one body',
      { '/successions/1': part('ZZC03', 'ZZC01'), '/successions/2': part('ZZC01', 'ZZC02') },
    ],
  ])('%s', check);

  it('names everybody on the circle', () => {
    const change = { '/successions/1': part('ZZC02', 'ZZC01'), '/successions/2': part('ZZC01', 'ZZC03') };
    expect(bodyFaults(changedDefinition(change))[0]?.message).toContain('ZZC01 → ZZC03 → ZZC02 → ZZC01');
  });
});
