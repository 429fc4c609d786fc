import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { deliveryFaults } from './definition-delivery.rules.js';

describe('deliveryFaults', () => {
  const BASELINE = '/projects/0/milestones/0/baselineOn';
  const goal = { code: 'connected', statement: 'Again.', source: 'invented' };
  it.each<[what: string, change: Change, ...faults: string[]]>([
    ['a project twice', { '/projects/1/code': 'fellside-valleys' }, 'duplicate-project /projects/1/code'],
    ['a goal twice', { '/projects/0/goals/-': goal }, 'duplicate-goal /projects/0/goals/1/code'],
    [
      'a milestone twice in a project',
      { '/projects/0/milestones/1/code': 'procured' },
      'duplicate-milestone /projects/0/milestones/1/code',
    ],
    ['milestones of one code in two projects of a council', { '/projects/1/trust': 'ZZC01' }],
    ['a baseline too early', { [BASELINE]: '2023-03-31' }, `milestone-outside-programme ${BASELINE}`],
    ['a baseline too late', { [BASELINE]: '2024-10-01' }, `milestone-outside-programme ${BASELINE}`],
    ['a baseline on the first day', { [BASELINE]: '2023-04-01' }],
    ['a baseline on the last day', { [BASELINE]: '2024-09-30' }],
    [
      'a programme that ends before it starts',
      { '/programme/startsOn': '2023-06-01', '/programme/endsOn': '2023-05-31', '/projects': [] },
      'dates-reversed /programme/endsOn',
      'period-outside-programme /calendar/first',
      'period-outside-programme /calendar/last',
    ],
    ['costs of one day', { '/eligibility/endsOn': '2023-04-01' }],
    [
      'costs that end before they start',
      { '/eligibility/endsOn': '2023-03-31' },
      'dates-reversed /eligibility/endsOn',
    ],
    [
      'match that ends before it starts',
      { '/match/rules/endsOn': '2023-03-31' },
      'dates-reversed /match/rules/endsOn',
    ],
    [
      'a kind of cost twice',
      { '/eligibility/categories/2/code': 'equipment' },
      'duplicate-code /eligibility/categories/2/code',
    ],
    [
      'a heading twice',
      { '/narrativeSections/-': { code: 'summary', title: 'Again', maxLength: 1 } },
      'duplicate-code /narrativeSections/1/code',
    ],
    [
      'a kind of match twice',
      { '/match/rules/types/1/code': 'cash' },
      'duplicate-code /match/rules/types/1/code',
    ],
    ['a reason twice', { '/delayReasons/1/code': 'wayleave' }, 'duplicate-code /delayReasons/1/code'],
    [
      'a point twice',
      { '/confidenceScale/points/2/code': 'green' },
      'duplicate-code /confidenceScale/points/2/code',
    ],
    ['a quarter among months', { '/calendar/first': '2023/24 Q1' }, 'not-a-period /calendar/first'],
    ['a year that is none', { '/calendar/first': '2023/25 M01' }, 'not-a-period /calendar/first'],
    [
      'a first and a last of which one day is in the programme',
      { '/programme/startsOn': '2023-04-30', '/programme/endsOn': '2024-09-01' },
    ],
    ['one period', { '/calendar/last': '2023/24 M01' }],
    ['a first too early', { '/calendar/first': '2022/23 M12' }, 'period-outside-programme /calendar/first'],
    ['a last too late', { '/calendar/last': '2024/25 M07' }, 'period-outside-programme /calendar/last'],
    [
      'a calendar backwards',
      { '/calendar/first': '2024/25 M06', '/calendar/last': '2024/25 M05' },
      'periods-reversed /calendar/last',
    ],
    [
      'returns due before they open',
      { '/calendar/opensDaysAfterEnd': 11 },
      'due-before-open /calendar/dueDaysAfterEnd',
    ],
    ['returns due on the day they open', { '/calendar/opensDaysAfterEnd': 10 }],
  ])('%s', (_what, change, ...faults) => {
    const found = deliveryFaults(changedDefinition(change));
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(faults);
  });

  it.each([
    ['monthly', '2017/18 M01'],
    ['quarterly', '2017/18 Q1'],
  ])('says what a period of a %s calendar is like', (cadence, example) => {
    const [fault] = deliveryFaults(
      changedDefinition({ '/calendar/cadence': cadence, '/calendar/first': 'May' }),
    );
    expect(fault?.message).toBe(
      `May is not a period of a ${cadence} calendar. Write one such as ${example}.`,
    );
  });
});
