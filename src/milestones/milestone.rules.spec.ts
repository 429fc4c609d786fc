import fc from 'fast-check';
import {
  actualDateBlockers,
  baselineBlockers,
  dateMoveBlockers,
  forecastMoveBlockers,
  groundsBlockers,
  isOpenMilestone,
  MILESTONE,
  MILESTONE_STATES,
  type MilestoneState,
  type MilestoneVerb,
} from './milestone.rules.js';

const codes = (reasons: Array<{ code: string }>) => reasons.map((reason) => reason.code);

test.each<[MilestoneVerb, MilestoneState, MilestoneState]>([
  ['start', 'planned', 'in-progress'],
  ['claim', 'planned', 'claimed-met'],
  ['claim', 'in-progress', 'claimed-met'],
  ['withdraw-claim', 'claimed-met', 'in-progress'],
  ['review', 'claimed-met', 'under-review'],
  ['meet', 'under-review', 'met'],
  ['partly-meet', 'under-review', 'partly-met'],
  ['miss', 'under-review', 'not-met'],
  ['replan', 'not-met', 'in-progress'],
  ['replan', 'partly-met', 'in-progress'],
  ['reopen', 'met', 'in-progress'],
  ['waive', 'under-review', 'waived'],
  ['cancel', 'planned', 'cancelled'],
])('%s leads from %s to %s', (verb, from, to) => expect(MILESTONE.next(verb, from)).toBe(to));

test.each<[MilestoneState, MilestoneVerb[]]>([
  ['planned', ['start', 'claim', 'waive', 'cancel']],
  ['in-progress', ['claim', 'waive', 'cancel']],
  ['claimed-met', ['withdraw-claim', 'review', 'waive']],
  ['under-review', ['meet', 'partly-meet', 'miss', 'waive']],
  ['met', ['reopen']],
  ['partly-met', ['replan', 'waive', 'cancel']],
  ['not-met', ['replan', 'waive', 'cancel']],
  ['waived', []],
  ['cancelled', []],
])('a milestone that is %s allows exactly %p', (state, verbs) =>
  expect(MILESTONE.open(state)).toEqual(verbs),
);

test('whatever is done, a milestone is met only straight after its review', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MILESTONE.verbs), { maxLength: 30 }), (verbs) => {
      let state: MilestoneState = 'planned';
      for (const verb of verbs) {
        if (MILESTONE.blockers(verb, state).length > 0) continue;
        const next = MILESTONE.next(verb, state);
        if (next === 'met') expect(state).toBe('under-review');
        state = next;
      }
    }),
  );
});

test('open milestones are those that are not met, waived or cancelled', () =>
  expect(MILESTONE_STATES.filter((state) => !isOpenMilestone(state))).toEqual([
    'met',
    'waived',
    'cancelled',
  ]));

const NONE = { changeRequest: null, authority: null, finding: null };
test.each<[MilestoneVerb, Partial<typeof NONE> | object, string[]]>([
  ['start', {}, []],
  ['replan', {}, ['change-request-missing']],
  ['replan', { changeRequest: 'CR-12' }, []],
  ['replan', { changeRequest: '  ', authority: 'Board' }, ['change-request-missing']],
  ['reopen', {}, ['finding-missing']],
  ['reopen', { finding: 'F-3' }, []],
  ['waive', {}, ['authority-missing']],
  ['waive', { authority: 'Programme board, 4 May 2018' }, []],
  ['cancel', {}, ['authority-missing']],
])('%s on %p lacks %p', (verb, grounds, lacking) =>
  expect(codes(groundsBlockers(verb, { ...NONE, ...grounds }))).toEqual(lacking),
);

test.each([
  [null, []],
  ['2017-03-31', ['actual-date-before-programme']],
  ['2017-04-01', []],
  ['2018-04-20', []],
  ['2018-04-21', ['actual-date-in-future']],
])('an actual date of %s, on 20 April 2018', (actualOn, expected) =>
  expect(
    codes(actualDateBlockers({ actualOn, today: '2018-04-20', programmeStartsOn: '2017-04-01' })),
  ).toEqual(expected),
);

const LIST = ['supplier', 'staffing'];
test.each([
  ['2018-03-31', null, []],
  ['2018-03-30', null, []],
  [null, null, []],
  ['2018-04-01', null, ['date-moved-without-reason']],
  ['2018-04-01', 'supplier', []],
  ['2018-04-01', 'weather', ['unknown-delay-reason']],
  ['2018-03-31', 'weather', ['unknown-delay-reason']],
])('a forecast of %s for a standing 31 March 2018, reason %s', (forecastOn, delayReason, expected) =>
  expect(
    codes(forecastMoveBlockers({ standingOn: '2018-03-31', forecastOn, delayReason, delayReasons: LIST })),
  ).toEqual(expected),
);

test('the words name both dates and the choices', () =>
  expect(
    dateMoveBlockers({
      standingOn: '2018-03-31',
      forecastOn: '2018-06-30',
      delayReason: null,
      delayReasons: LIST,
      actualOn: null,
      today: '2018-04-20',
      programmeStartsOn: '2017-04-01',
    }),
  ).toEqual([
    {
      code: 'date-moved-without-reason',
      message:
        'The forecast moves from 31 March 2018 to 30 June 2018. Choose a delay reason: supplier, staffing.',
      pointer: '/delayReason',
    },
  ]));

test('a baseline never changes', () => {
  expect(baselineBlockers('2018-03-31', '2018-03-31')).toEqual([]);
  expect(codes(baselineBlockers('2018-03-31', '2018-03-30'))).toEqual(['baseline-fixed']);
});
