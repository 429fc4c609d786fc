import { type Change, changedDefinition } from '../../test/support/changed-definition.js';
import { targetFaults } from './definition-targets.rules.js';

const [small] = changedDefinition({}).targetSets;
const SET = '/targetSets/0';
const FALLING = `${SET}/measures/0`;
const COUNT = `${SET}/measures/1`;
const POINTS = `${FALLING}/trajectory/points`;

describe('targetFaults', () => {
  it.each<[what: string, change: Change, ...faults: string[]]>([
    ['a set twice', { '/targetSets/-': small }, 'duplicate-target-set /targetSets/1/code'],
    ['two versions of a set', { '/targetSets/-': { ...small, version: 3, supersedes: 2 } }],
    ['one that supersedes itself', { [`${SET}/supersedes`]: 2 }, `supersedes-later ${SET}/supersedes`],
    ['a measure twice', { [`${COUNT}/code`]: 'slow-premises' }, `duplicate-measure ${COUNT}/code`],
    ['a default unit', { [`${FALLING}/unit`]: undefined, [`${SET}/defaults`]: { unit: 'share' } }],
    [
      'a falling measure that rises',
      { [`${POINTS}/2023~124 M12`]: '16/100' },
      `trajectory-against-direction ${POINTS}/2023~124 M12`,
    ],
    [
      'a falling measure that starts above its baseline',
      { [`${POINTS}/2023~124 M06`]: '19/100' },
      `trajectory-against-direction ${POINTS}/2023~124 M06`,
    ],
    [
      'a rising measure that falls',
      { [`${FALLING}/direction`]: 'up' },
      `trajectory-against-direction ${POINTS}/2023~124 M06`,
      `trajectory-against-direction ${POINTS}/2023~124 M12`,
      `trajectory-against-direction ${POINTS}/2024~125 M06`,
      `target-against-direction ${FALLING}/target`,
    ],
    ['the same value in other parts', { [`${POINTS}/2023~124 M12`]: '30/200' }],
    [
      'points that are written out of order',
      { [POINTS]: { '2023/24 M12': '9/100', '2023/24 M06': '15/100' } },
    ],
    [
      'a target behind the baseline',
      { [`${FALLING}/trajectory`]: undefined, [`${FALLING}/target`]: '19/100' },
      `target-against-direction ${FALLING}/target`,
    ],
    [
      'a period outside the calendar',
      { [`${POINTS}/2024~125 M07`]: '2/100' },
      `period-outside-calendar ${POINTS}/2024~125 M07`,
    ],
    [
      'a calendar that cannot be read, which another rule says',
      { '/calendar/first': 'never', [`${POINTS}/2024~125 M07`]: '2/100' },
    ],
    ['all of it', { [`${SET}/target`]: '100/100' }],
    [
      'a rising count that falls by one',
      { [`${COUNT}/baseline`]: { value: '901/1', source: 'invented' } },
      `target-against-direction ${COUNT}/target`,
    ],
    [
      'a falling count that rises by one',
      { [`${COUNT}/direction`]: 'down', [`${COUNT}/baseline`]: { value: '899/1', source: 'invented' } },
      `falling-count ${COUNT}/direction`,
      `target-against-direction ${COUNT}/target`,
    ],
    [
      'a rising measure that stays where it was',
      {
        [`${FALLING}/direction`]: 'up',
        [`${FALLING}/target`]: '18/100',
        [POINTS]: { '2023/24 M12': '18/100', '2024/25 M06': '36/200' },
      },
    ],
    ['a part above the whole', { [`${SET}/target`]: '101/100' }, `part-above-whole ${SET}/target`],
    [
      'a baseline above the whole',
      { [`${FALLING}/baseline/value`]: '101/100' },
      `part-above-whole ${FALLING}/baseline/value`,
    ],
    [
      'a count that is to go down',
      {
        [`${COUNT}/direction`]: 'down',
        [`${COUNT}/trajectory`]: undefined,
        [`${COUNT}/baseline`]: undefined,
      },
      `falling-count ${COUNT}/direction`,
    ],
    ['a count over something', { [`${COUNT}/target`]: '900/1000' }, `count-denominator ${COUNT}/target`],
    [
      'a fault in a default that two measures share, once',
      {
        [`${SET}/defaults`]: { baseline: { value: '9/8', source: 'invented' } },
        [`${FALLING}/baseline`]: undefined,
        [COUNT]: { ...small?.measures[0], baseline: undefined, code: 'another' },
      },
      `part-above-whole ${SET}/defaults/baseline/value`,
    ],
  ])('%s', (_what, change, ...faults) => {
    const found = targetFaults(changedDefinition(change));
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(faults);
  });

  it.each(['numeratorLabel', 'denominatorLabel', 'unit', 'direction', 'weight', 'level', 'target'])(
    'a measure has its %s, of its own or by default',
    (field) =>
      expect(targetFaults(changedDefinition({ [`${FALLING}/${field}`]: undefined }))).toEqual([
        {
          code: 'missing-field',
          message: `${field}: missing here. Add it to the measure, or to the defaults of its set.`,
          pointer: FALLING,
        },
      ]),
  );

  it('says from when to when the calendar runs', () => {
    const [fault] = targetFaults(changedDefinition({ [`${POINTS}/2024~125 M07`]: '2/100' }));
    expect(fault?.message).toBe(
      '2024/25 M07 is not a period of the calendar, which runs from 2023/24 M01 to 2024/25 M06. Correct the label.',
    );
  });
});
