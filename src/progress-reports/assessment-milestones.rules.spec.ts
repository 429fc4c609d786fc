import { INPUT, milestone as MILESTONE } from '../../test/support/assessed-return.js';
import type { MilestoneState } from '../milestones/milestone.rules.js';
import type { AssessedMilestone, AssessmentInput, AssessmentRule } from './assessment-input.js';
import {
  actualDateChanges,
  actualDates,
  assessMilestones,
  claimOutOfTurn,
  claimWithoutEvidence,
  dateMoves,
  milestoneBeyondEligibility,
  unknownMilestone,
} from './assessment-milestones.rules.js';
import type { MilestoneLine } from './return-content.js';
import { EMPTY_CONTENT } from './return-lines.rules.js';

type Case = [string, Partial<MilestoneLine>, Partial<AssessedMilestone>, string[]];

/** "Go live", in progress, baseline 31 March 2018 and no other date, told of on 20 April 2018. */
function input(line: Partial<MilestoneLine>, milestone: Partial<AssessedMilestone> = {}): AssessmentInput {
  const told: MilestoneLine = {
    milestone: 'go-live',
    forecastOn: '2018-03-31',
    actualOn: null,
    claim: 'none',
    delayReason: null,
    note: null,
    ...line,
  };
  return {
    ...INPUT,
    programme: { ...INPUT.programme, delayReasons: ['supplier', 'staffing'] },
    milestones: [{ ...MILESTONE, ...milestone }],
    content: { ...EMPTY_CONTENT, milestones: [told] },
  };
}
const brief = (rule: AssessmentRule, line: Partial<MilestoneLine>, milestone: Partial<AssessedMilestone>) =>
  rule(input(line, milestone)).map(({ severity, code, place }) => `${severity} ${code} ${place}`);

test.each<Case>([
  ['known', {}, {}, []],
  ['unknown', { milestone: 'gone' }, {}, ['blocking unknown-milestone /milestones/0/milestone']],
])('unknown milestone: %s', (_, line, milestone, expected) =>
  expect(brief(unknownMilestone, line, milestone)).toEqual(expected),
);

test.each<Case>([
  ['no claim', {}, {}, []],
  ['work began', { claim: 'started' }, {}, []],
  ['met without', { claim: 'met' }, {}, ['blocking claim-without-evidence /milestones/0/claim']],
  ['met with', { claim: 'met' }, { evidenceCount: 1 }, []],
])('evidence: %s', (_, line, milestone, expected) =>
  expect(brief(claimWithoutEvidence, line, milestone)).toEqual(expected),
);

const REFUSED = ['blocking claim-not-possible /milestones/0/claim'];
test.each<[MilestoneState, string[], string[]]>([
  ['planned', [], []],
  ['in-progress', [], []],
  ['claimed-met', [], []],
  ['under-review', [], []],
  ['met', REFUSED, REFUSED],
  ['partly-met', REFUSED, REFUSED],
  ['not-met', REFUSED, REFUSED],
  ['waived', REFUSED, REFUSED],
  ['cancelled', REFUSED, REFUSED],
])('claims on a milestone that is %s', (state, started, met) => {
  expect(brief(claimOutOfTurn, { claim: 'none' }, { state })).toEqual([]);
  expect(brief(claimOutOfTurn, { claim: 'started' }, { state })).toEqual(started);
  expect(brief(claimOutOfTurn, { claim: 'met' }, { state })).toEqual(met);
});

test.each<Case>([
  ['none', {}, {}, []],
  ['today', { claim: 'met', actualOn: '2018-04-20' }, {}, []],
  ['none, claimed met', { claim: 'met' }, {}, ['blocking actual-date-missing /milestones/0/actualOn']],
  [
    'tomorrow',
    { claim: 'met', actualOn: '2018-04-21' },
    {},
    ['blocking actual-date-in-future /milestones/0/actualOn'],
  ],
  [
    'before the programme',
    { actualOn: '2017-03-31' },
    {},
    ['blocking actual-date-before-programme /milestones/0/actualOn'],
  ],
])('actual date: %s', (_, line, milestone, expected) =>
  expect(brief(actualDates, line, milestone)).toEqual(expected),
);

const MOVED = ['blocking date-moved-without-reason /milestones/0/delayReason'];
const UNKNOWN = ['blocking unknown-delay-reason /milestones/0/delayReason'];
test.each<Case>([
  ['as the baseline', {}, {}, []],
  ['earlier', { forecastOn: '2018-03-30' }, {}, []],
  ['later', { forecastOn: '2018-04-01' }, {}, MOVED],
  ['later, with a reason', { forecastOn: '2018-04-01', delayReason: 'supplier' }, {}, []],
  ['later, with another', { forecastOn: '2018-04-01', delayReason: 'weather' }, {}, UNKNOWN],
  ['as forecast before', { forecastOn: '2018-06-30' }, { forecastOn: '2018-06-30' }, []],
  ['later than before', { forecastOn: '2018-07-01' }, { forecastOn: '2018-06-30' }, MOVED],
  ['no forecast', { forecastOn: null }, {}, []],
  ['met on the day', { forecastOn: null, actualOn: '2018-03-31' }, {}, []],
  ['met late', { forecastOn: null, actualOn: '2018-04-01' }, {}, MOVED],
  ['met late, with a reason', { actualOn: '2018-04-01', delayReason: 'staffing' }, {}, []],
  ['met late, as on record', { actualOn: '2018-04-01' }, { actualOn: '2018-04-01' }, []],
  ['a forecast no longer counts once met', { forecastOn: '2019-01-01', actualOn: '2018-03-01' }, {}, []],
])('dates that move: %s', (_, line, milestone, expected) =>
  expect(brief(dateMoves, line, milestone)).toEqual(expected),
);

test.each<Case>([
  ['new', { actualOn: '2018-03-01' }, {}, []],
  ['the same', { actualOn: '2018-03-01' }, { actualOn: '2018-03-01' }, []],
  [
    'another',
    { actualOn: '2018-03-02' },
    { actualOn: '2018-03-01' },
    ['blocking actual-date-changed-without-note /milestones/0/note'],
  ],
  ['another, with a note', { actualOn: '2018-03-02', note: 'A slip.' }, { actualOn: '2018-03-01' }, []],
  ['gone', {}, { actualOn: '2018-03-01' }, ['blocking actual-date-changed-without-note /milestones/0/note']],
])('an actual date on record: %s', (_, line, milestone, expected) =>
  expect(brief(actualDateChanges, line, milestone)).toEqual(expected),
);

test.each<Case>([
  ['the last day', { forecastOn: '2020-03-31' }, {}, []],
  [
    'a day later',
    { forecastOn: '2020-04-01' },
    {},
    ['warning milestone-beyond-eligibility /milestones/0/forecastOn'],
  ],
  ['met already', { forecastOn: '2020-04-01', actualOn: '2018-03-01' }, {}, []],
])('beyond eligibility: %s', (_, line, milestone, expected) =>
  expect(brief(milestoneBeyondEligibility, line, milestone)).toEqual(expected),
);

test('the words name the milestone, the figures and what to do', () =>
  expect(
    assessMilestones(
      input({ claim: 'met', actualOn: '2018-04-30', forecastOn: null }, { state: 'not-met' }),
    ).map((finding) => finding.message),
  ).toEqual([
    '"Go live" is claimed met and has no evidence. Add a file that shows it, or take the claim back.',
    '"Go live" is not met, so it cannot be claimed met. Ask for a change request to replan it first.',
    '"Go live": The actual date is 30 April 2018, which is still to come. Give it as the forecast until it has happened.',
    '"Go live": The actual date is 30 April 2018, later than the forecast of 31 March 2018. Choose a delay reason: supplier, staffing.',
  ]));

test.each<[MilestoneState, string]>([
  ['not-met', 'is not met, so it cannot be claimed started. Ask for a change request to replan it first.'],
  [
    'partly-met',
    'is partly met, so it cannot be claimed started. Ask for a change request to replan it first.',
  ],
  ['met', 'is met, so it cannot be claimed started. Take the claim back.'],
])('a claim on a milestone that is %s is told what to do', (state, words) =>
  expect(claimOutOfTurn(input({ claim: 'started' }, { state }))[0]?.message).toBe(`"Go live" ${words}`),
);

test('a milestone is known by any of the trust', () => {
  const given = input({});
  const milestones = [{ ...MILESTONE, code: 'plan' }, ...given.milestones];
  expect(unknownMilestone({ ...given, milestones })).toEqual([]);
});

test('a later line is found in its own place', () => {
  const given = input({ claim: 'met' });
  given.content.milestones.unshift({ ...given.content.milestones[0], claim: 'none' } as MilestoneLine);
  expect(claimWithoutEvidence(given)).toMatchObject([{ place: '/milestones/1/claim' }]);
});
