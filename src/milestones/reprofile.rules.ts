import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';
import { isOpenMilestone, type MilestoneState, type MilestoneVerb } from './milestone.rules.js';

/** The day that a change request asks for. */
export interface ReprofiledMilestone {
  /** `project/milestone`. */
  milestone: string;
  agreedOn: DateOn;
  /** A code of the programme's list; null where there is none. */
  delayReason: string | null;
}

/** What a programme says of its days. */
export interface ReprofileDates {
  programmeStartsOn: DateOn;
  /** The codes of its list. */
  delayReasons: readonly string[];
}

/** What a change request moves of a milestone. */
export interface ReprofileStanding {
  state: MilestoneState;
  baseline_on: DateOn;
  agreed_on: DateOn | null;
  delay_reason: string | null;
}

/** The day that is agreed now: the baseline, until a change request moved it. */
export function agreedDay(standing: { baseline_on: DateOn; agreed_on: DateOn | null }): DateOn {
  return standing.agreed_on ?? standing.baseline_on;
}

/** The verb that another day goes with: what was not fully met goes on; what is planned or under way stays so. */
export function reprofileVerb(state: MilestoneState): MilestoneVerb | null {
  return state === 'not-met' || state === 'partly-met' ? 'replan' : null;
}

/**
 * Why a milestone cannot be given another day. It is open and not claimed met, the day is another one within the
 * programme's time, and a later day has a reason (domain.md section 10: replanned by an approved change request only).
 */
export function reprofileBlockers(
  standing: ReprofileStanding,
  { agreedOn, delayReason }: Omit<ReprofiledMilestone, 'milestone'>,
  { programmeStartsOn, delayReasons }: ReprofileDates,
): Blocker[] {
  const standingOn = agreedDay(standing);
  const choices = delayReasons.join(', ');
  return [
    ...stateBlockers(standing.state),
    ...blockers(
      agreedOn === standingOn && {
        code: 'agreed-day-same',
        message: `${formatDate(agreedOn)} is the day that is agreed already. Give another day, or leave this milestone out.`,
        pointer: '/agreedOn',
      },
      agreedOn < programmeStartsOn && {
        code: 'agreed-day-before-programme',
        message: `${formatDate(agreedOn)} is before the programme began on ${formatDate(programmeStartsOn)}. Check the year.`,
        pointer: '/agreedOn',
      },
      delayReason === null &&
        agreedOn > standingOn && {
          code: 'date-moved-without-reason',
          message: `The agreed day moves from ${formatDate(standingOn)} to ${formatDate(agreedOn)}. Choose a delay reason: ${choices}.`,
          pointer: '/delayReason',
        },
      delayReason !== null &&
        !delayReasons.includes(delayReason) && {
          code: 'unknown-delay-reason',
          message: `"${delayReason}" is not one of this programme's delay reasons: ${choices}. Choose one of them.`,
          pointer: '/delayReason',
        },
    ),
  ];
}

function stateBlockers(state: MilestoneState): Blocker[] {
  return blockers(
    !isOpenMilestone(state) && {
      code: 'milestone-closed',
      message: `This milestone is ${state}, so its day stays what it is.`,
    },
    (state === 'claimed-met' || state === 'under-review') && {
      code: 'milestone-claimed',
      message: 'This milestone is claimed met, so its day stays until the claim is decided on.',
      clearedBy: 'The review ends, or the trust takes its claim back.',
    },
  );
}

/**
 * What another day changes of a milestone: the forecast starts from it anew. A delay reason stands until the day is
 * back at the baseline.
 */
export function reprofiledTo(
  standing: ReprofileStanding,
  { agreedOn, delayReason }: Omit<ReprofiledMilestone, 'milestone'>,
): { agreed_on: DateOn; forecast_on: DateOn; delay_reason: string | null } {
  const late = agreedOn > standing.baseline_on;
  return {
    agreed_on: agreedOn,
    forecast_on: agreedOn,
    delay_reason: delayReason ?? (late ? standing.delay_reason : null),
  };
}
