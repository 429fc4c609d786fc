import type { Blocker } from '../core/blockers.js';
import { MILESTONE, MILESTONE_STATES, type MilestoneState } from './milestone.rules.js';
import {
  agreedDay,
  type ReprofileStanding,
  reprofileBlockers,
  reprofiledTo,
  reprofileVerb,
} from './reprofile.rules.js';

const codes = (reasons: Blocker[]) =>
  reasons.map(({ code, pointer }) => (pointer ? `${code} at ${pointer}` : code));

const STANDING: ReprofileStanding = {
  state: 'planned',
  baseline_on: '2018-03-31',
  agreed_on: null,
  delay_reason: null,
};
const DATES = { programmeStartsOn: '2017-04-01', delayReasons: ['supplier', 'staff'] };

test.each([
  [null, '2018-03-31'],
  ['2018-06-30', '2018-06-30'],
  ['2018-01-31', '2018-01-31'],
])('with %s agreed instead of the baseline of 31 March 2018, the agreed day is %s', (agreed_on, day) =>
  expect(agreedDay({ ...STANDING, agreed_on })).toBe(day),
);

test.each<[MilestoneState, string[]]>([
  ['planned', []],
  ['in-progress', []],
  ['partly-met', []],
  ['not-met', []],
  ['claimed-met', ['milestone-claimed']],
  ['under-review', ['milestone-claimed']],
  ['met', ['milestone-closed']],
  ['waived', ['milestone-closed']],
  ['cancelled', ['milestone-closed']],
])('another day for a milestone that is %s is blocked by %p', (state, expected) =>
  expect(
    codes(reprofileBlockers({ ...STANDING, state }, { agreedOn: '2018-06-30', delayReason: 'staff' }, DATES)),
  ).toEqual(expected),
);

test('what goes on by another day is exactly what the state table lets be replanned', () => {
  expect(MILESTONE_STATES.filter((state) => reprofileVerb(state) === 'replan')).toEqual(
    MILESTONE_STATES.filter((state) => MILESTONE.open(state).includes('replan')),
  );
});

test.each<[Partial<ReprofileStanding>, string, string | null, string[]]>([
  [{}, '2018-06-30', 'supplier', []],
  [{}, '2018-06-30', null, ['date-moved-without-reason at /delayReason']],
  [{}, '2018-06-30', 'weather', ['unknown-delay-reason at /delayReason']],
  [{}, '2018-03-31', null, ['agreed-day-same at /agreedOn']],
  [{}, '2018-01-31', null, []],
  [{}, '2018-01-31', 'weather', ['unknown-delay-reason at /delayReason']],
  [{}, '2017-04-01', null, []],
  [{}, '2017-03-31', null, ['agreed-day-before-programme at /agreedOn']],
  [{ agreed_on: '2018-06-30' }, '2018-06-30', null, ['agreed-day-same at /agreedOn']],
  [{ agreed_on: '2018-06-30' }, '2018-03-31', null, []],
  [{ agreed_on: '2018-06-30' }, '2018-09-30', null, ['date-moved-without-reason at /delayReason']],
])('of %p, the day %s for the reason %s is blocked by %p', (standing, agreedOn, delayReason, expected) =>
  expect(codes(reprofileBlockers({ ...STANDING, ...standing }, { agreedOn, delayReason }, DATES))).toEqual(
    expected,
  ),
);

test.each<[Partial<ReprofileStanding>, string, string | null, string | null]>([
  [{}, '2018-06-30', 'supplier', 'supplier'],
  [{ delay_reason: 'staff' }, '2018-06-30', 'supplier', 'supplier'],
  [{ delay_reason: 'staff', agreed_on: '2018-09-30' }, '2018-06-30', null, 'staff'],
  [{ delay_reason: 'staff', agreed_on: '2018-09-30' }, '2018-03-31', null, null],
])('%p at %s for the reason %s keeps the reason %s', (standing, agreedOn, delayReason, delay_reason) =>
  expect(reprofiledTo({ ...STANDING, ...standing }, { agreedOn, delayReason })).toEqual({
    agreed_on: agreedOn,
    forecast_on: agreedOn,
    delay_reason,
  }),
);

test('a claimed milestone says what makes it free', () =>
  expect(
    reprofileBlockers(
      { ...STANDING, state: 'claimed-met' },
      { agreedOn: '2018-06-30', delayReason: 'staff' },
      DATES,
    )[0]?.clearedBy,
  ).toBe('The review ends, or the trust takes its claim back.'));
