import fc from 'fast-check';
import type { Blocker } from '../core/blockers.js';
import {
  actualDateBlockers,
  evidenceBlockers,
  forecastMoveBlockers,
  groundsBlockers,
  isOpenMilestone,
  MILESTONE,
  MILESTONE_STATES,
  type MilestoneState,
  type MilestoneVerb,
  OUTCOMES,
  outcomeBlockers,
  type ReturnedMilestone,
  type ReturnedStanding,
  returnedChange,
  reviewEnd,
} from './milestone.rules.js';

const codes = (reasons: Blocker[]) =>
  reasons.map(({ code, pointer }) => (pointer ? `${code} at ${pointer}` : code));

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

test.each<[MilestoneVerb, ReturnType<typeof reviewEnd>]>([
  ['meet', 'met'],
  ['partly-meet', 'partly-met'],
  ['miss', 'not-met'],
  ['withdraw-claim', 'withdrawn'],
  ['waive', 'waived'],
  ['review', null],
  ['claim', null],
  ['reopen', null],
])('with %s a claim ends: %s', (verb, end) => expect(reviewEnd(verb)).toBe(end));

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

test('a step that may not be taken says what it is about', () =>
  expect(MILESTONE.blockers('meet', 'planned')[0]?.message).toContain('This milestone is planned'));

test('open milestones are those that are not met, waived or cancelled', () =>
  expect(MILESTONE_STATES.filter((state) => !isOpenMilestone(state))).toEqual([
    'met',
    'waived',
    'cancelled',
  ]));

const NONE = { changeRequest: null, authority: null, finding: null };
test.each<[MilestoneVerb, Partial<typeof NONE> | object, string[]]>([
  ['start', {}, []],
  ['replan', {}, ['change-request-missing at /changeRequest']],
  ['replan', { changeRequest: 'CR-12' }, []],
  ['replan', { changeRequest: '  ', authority: 'Board' }, ['change-request-missing at /changeRequest']],
  ['reopen', {}, ['finding-missing at /finding']],
  ['reopen', { finding: 'F-3' }, []],
  ['waive', {}, ['authority-missing at /authority']],
  ['waive', { authority: 'Programme board, 4 May 2018' }, []],
  ['cancel', {}, ['authority-missing at /authority']],
])('%s on %p lacks %p', (verb, grounds, lacking) =>
  expect(codes(groundsBlockers(verb, { ...NONE, ...grounds }))).toEqual(lacking),
);

test.each([
  [null, []],
  ['2017-03-31', ['actual-date-before-programme at /actualOn']],
  ['2017-04-01', []],
  ['2018-04-20', []],
  ['2018-04-21', ['actual-date-in-future at /actualOn']],
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
  ['2018-04-01', null, ['date-moved-without-reason at /delayReason']],
  ['2018-04-01', 'supplier', []],
  ['2018-04-01', 'weather', ['unknown-delay-reason at /delayReason']],
  ['2018-03-31', 'weather', ['unknown-delay-reason at /delayReason']],
])('a forecast of %s for a standing 31 March 2018, reason %s', (forecastOn, delayReason, expected) =>
  expect(
    codes(forecastMoveBlockers({ standingOn: '2018-03-31', forecastOn, delayReason, delayReasons: LIST })),
  ).toEqual(expected),
);

test('the words name both dates and the choices', () =>
  expect(
    forecastMoveBlockers({
      standingOn: '2018-03-31',
      forecastOn: '2018-06-30',
      delayReason: null,
      delayReasons: LIST,
    }),
  ).toEqual([
    {
      code: 'date-moved-without-reason',
      message:
        'The forecast moves from 31 March 2018 to 30 June 2018. Choose a delay reason: supplier, staffing.',
      pointer: '/delayReason',
    },
  ]));

const STANDING: ReturnedStanding = {
  state: 'planned',
  baseline_on: '2018-03-31',
  forecast_on: '2018-03-31',
  actual_on: null,
  delay_reason: null,
};
const LINE: ReturnedMilestone = {
  milestone: 'record/live',
  forecastOn: '2018-03-31',
  actualOn: null,
  claim: 'none',
  delayReason: null,
};
test.each<[string, Partial<ReturnedStanding>, Partial<ReturnedMilestone>, Partial<ReturnedStanding>]>([
  ['nothing new', {}, {}, {}],
  ['no forecast', {}, { forecastOn: null }, {}],
  [
    'a later forecast',
    {},
    { forecastOn: '2018-06-30', delayReason: 'supplier' },
    { forecast_on: '2018-06-30', delay_reason: 'supplier' },
  ],
  [
    'a late forecast again',
    { forecast_on: '2018-06-30', delay_reason: 'supplier' },
    { forecastOn: '2018-06-30' },
    {},
  ],
  [
    'a forecast back at the baseline',
    { forecast_on: '2018-06-30', delay_reason: 'supplier' },
    {},
    { forecast_on: '2018-03-31', delay_reason: null },
  ],
  ['a start', {}, { claim: 'started' }, { state: 'in-progress' }],
  ['a start again', { state: 'in-progress' }, { claim: 'started' }, {}],
  [
    'a claim',
    { state: 'in-progress' },
    { claim: 'met', actualOn: '2018-03-20' },
    { state: 'claimed-met', actual_on: '2018-03-20' },
  ],
  [
    'a claim of what is under review',
    { state: 'under-review', actual_on: '2018-03-20' },
    { claim: 'met', actualOn: '2018-03-20' },
    {},
  ],
  ['a claim of what was not met', { state: 'not-met' }, { claim: 'met' }, {}],
  ['an actual date taken away', { state: 'in-progress', actual_on: '2018-03-20' }, {}, { actual_on: null }],
  ['anything of what is met', { state: 'met', actual_on: '2018-03-20' }, { forecastOn: '2018-06-30' }, {}],
  ['anything of what is waived', { state: 'waived' }, { claim: 'met', actualOn: '2018-03-20' }, {}],
])('a return that says %s changes only that', (_, standing, line, change) =>
  expect(returnedChange({ ...STANDING, ...standing }, { ...LINE, ...line })).toEqual(change),
);

const DECISION = {
  outcome: 'met',
  actualOn: '2018-03-20',
  uploadedBy: ['lead'],
  reviewerId: 'reviewer',
} as const;
test.each<[Partial<Parameters<typeof outcomeBlockers>[0]>, string[]]>([
  [{}, []],
  [{ uploadedBy: [] }, ['evidence-missing']],
  [{ actualOn: null }, ['actual-date-missing at /actualOn']],
  [{ actualOn: null, uploadedBy: [] }, ['evidence-missing', 'actual-date-missing at /actualOn']],
  [{ outcome: 'partly-met', actualOn: null, uploadedBy: [] }, []],
  [{ outcome: 'not-met', actualOn: null, uploadedBy: [] }, []],
  [{ uploadedBy: ['reviewer'] }, ['reviewer-is-uploader']],
  [{ outcome: 'not-met', uploadedBy: ['reviewer', 'reviewer'] }, ['reviewer-is-uploader']],
  [{ uploadedBy: ['reviewer', 'lead'] }, []],
])('the outcome of a review with %p is blocked by %p', (decision, expected) =>
  expect(codes(outcomeBlockers({ ...DECISION, ...decision }))).toEqual(expected),
);

test('a review that cannot end yet says what the trust does', () =>
  expect(
    outcomeBlockers({ ...DECISION, actualOn: null, uploadedBy: [] }).map(({ clearedBy }) => clearedBy),
  ).toEqual([
    'The trust uploads evidence to this milestone.',
    'The trust gives the actual date in a return.',
  ]));

test('every outcome is the state that its verb leads to', () => {
  expect(Object.keys(OUTCOMES)).toEqual(['met', 'partly-met', 'not-met']);
  for (const [outcome, verb] of Object.entries(OUTCOMES))
    expect(MILESTONE.next(verb, 'under-review')).toBe(outcome);
});

test.each(MILESTONE_STATES.map((state) => [state, !isOpenMilestone(state)] as const))(
  'evidence is refused for a milestone that is %s: %p',
  (state, refused) =>
    expect(codes(evidenceBlockers(state))).toEqual(refused ? ['milestone-closed at /state'] : []),
);
