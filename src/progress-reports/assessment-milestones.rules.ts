import { formatDate } from '../core/calendar.js';
import { actualDateBlockers, forecastMoveBlockers, MILESTONE } from '../milestones/milestone.rules.js';
import {
  type AssessedMilestone,
  type AssessmentInput,
  type AssessmentRule,
  type Finding,
  found,
} from './assessment-input.js';
import type { MilestoneLine } from './return-content.js';
import { isBlank } from './return-lines.rules.js';

type LineRule = (
  line: MilestoneLine,
  milestone: AssessedMilestone,
  index: number,
  input: AssessmentInput,
) => Finding[];

/** A rule of each line whose milestone is known. */
const eachMilestone =
  (rule: LineRule): AssessmentRule =>
  (input) =>
    input.content.milestones.flatMap((line, index) => {
      const milestone = input.milestones.find((each) => each.code === line.milestone);
      return milestone ? rule(line, milestone, index, input) : [];
    });

/** A line for a milestone that the trust does not have: blocking. */
export const unknownMilestone: AssessmentRule = ({ content, milestones }) =>
  content.milestones.flatMap((line, index) =>
    milestones.some((milestone) => milestone.code === line.milestone)
      ? []
      : found(
          'blocking',
          'unknown-milestone',
          'milestones',
          `/${index}/milestone`,
          `There is no milestone "${line.milestone}" in this programme for you. Check its code, or remove the line.`,
        ),
  );

/** A claim needs evidence: blocking, because a claim without it cannot be reviewed. */
export const claimWithoutEvidence = eachMilestone((line, milestone, index) =>
  line.claim === 'met' && milestone.evidenceCount === 0
    ? [
        found(
          'blocking',
          'claim-without-evidence',
          'milestones',
          `/${index}/claim`,
          `"${milestone.name}" is claimed met and has no evidence. Add a file that shows it, or take the claim back.`,
        ),
      ]
    : [],
);

/**
 * A claim that the milestone's state does not allow: blocking, because accepting it would do nothing. A claim that
 * stands already (claimed met, under review, or begun) may be repeated.
 */
export const claimOutOfTurn = eachMilestone((line, { name, state }, index) => {
  if (line.claim === 'none') return [];
  const standing = state === 'claimed-met' || state === 'under-review';
  // What may be claimed met is to begin, or has begun.
  if (standing || MILESTONE.blockers('claim', state).length === 0) return [];
  const replan = state === 'not-met' || state === 'partly-met';
  return [
    found(
      'blocking',
      'claim-not-possible',
      'milestones',
      `/${index}/claim`,
      `"${name}" is ${state.replaceAll('-', ' ')}, so it cannot be claimed ${line.claim}. ${replan ? 'Ask for a change request to replan it first.' : 'Take the claim back.'}`,
    ),
  ];
});

/** An actual date is a day of the programme that has come, and a claim of having met a milestone gives one: blocking. */
export const actualDates = eachMilestone((line, milestone, index, { today, programme }) => {
  if (line.claim === 'met' && line.actualOn === null)
    return [
      found(
        'blocking',
        'actual-date-missing',
        'milestones',
        `/${index}/actualOn`,
        `"${milestone.name}" is claimed met without the day on which it was. Give the actual date.`,
      ),
    ];
  return actualDateBlockers({ actualOn: line.actualOn, today, programmeStartsOn: programme.startsOn }).map(
    ({ code, message, pointer }) =>
      found('blocking', code, 'milestones', `/${index}${pointer}`, `"${milestone.name}": ${message}`),
  );
});

/**
 * Dates that move later without a reason: blocking. The forecast, or the actual date once there is one, is held
 * against the standing forecast (the baseline where there is none); an actual date already on record is settled.
 */
export const dateMoves = eachMilestone((line, milestone, index, { programme }) => {
  const standingOn = milestone.forecastOn ?? milestone.baselineOn;
  const { actualOn, delayReason } = line;
  const findings = forecastMoveBlockers({
    standingOn,
    forecastOn: actualOn === null ? line.forecastOn : null,
    delayReason,
    delayReasons: programme.delayReasons,
  }).map(({ code, message, pointer }) =>
    found('blocking', code, 'milestones', `/${index}${pointer}`, `"${milestone.name}": ${message}`),
  );
  if (actualOn === null || actualOn === milestone.actualOn || actualOn <= standingOn || delayReason !== null)
    return findings;
  return [
    found(
      'blocking',
      'date-moved-without-reason',
      'milestones',
      `/${index}/delayReason`,
      `"${milestone.name}": The actual date is ${formatDate(actualOn)}, later than the forecast of ${formatDate(standingOn)}. Choose a delay reason: ${programme.delayReasons.join(', ')}.`,
    ),
  ];
});

/** An actual date on record that is changed or taken away without a note: blocking. */
export const actualDateChanges = eachMilestone((line, milestone, index) =>
  milestone.actualOn !== null && line.actualOn !== milestone.actualOn && isBlank(line.note)
    ? [
        found(
          'blocking',
          'actual-date-changed-without-note',
          'milestones',
          `/${index}/note`,
          `"${milestone.name}": The actual date on record is ${formatDate(milestone.actualOn)}, and this return ${line.actualOn ? `says ${formatDate(line.actualOn)}` : 'takes it away'}. Say why in the note.`,
        ),
      ]
    : [],
);

/**
 * A forecast after the last day on which costs count: a warning, because the date may be true and still needs an
 * answer to who pays for the work after that day.
 */
export const milestoneBeyondEligibility = eachMilestone((line, milestone, index, { programme }) =>
  line.actualOn === null && line.forecastOn !== null && line.forecastOn > programme.eligibility.to
    ? [
        found(
          'warning',
          'milestone-beyond-eligibility',
          'milestones',
          `/${index}/forecastOn`,
          `"${milestone.name}" is forecast for ${formatDate(line.forecastOn)}, after ${formatDate(programme.eligibility.to)}, the last day on which costs count. Bring it forward, or ask for a change.`,
        ),
      ]
    : [],
);

/** All rules about milestones, in the order in which they are told. */
export function assessMilestones(input: AssessmentInput): Finding[] {
  return [
    unknownMilestone,
    claimWithoutEvidence,
    claimOutOfTurn,
    actualDates,
    dateMoves,
    actualDateChanges,
    milestoneBeyondEligibility,
  ].flatMap((rule) => rule(input));
}
