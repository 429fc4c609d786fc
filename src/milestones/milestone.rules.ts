import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';
import { defineTransitions } from '../core/transitions.js';

/** The states of a milestone (domain.md section 10). */
export const MILESTONE_STATES = [
  'planned',
  'in-progress',
  'claimed-met',
  'under-review',
  'met',
  'partly-met',
  'not-met',
  'waived',
  'cancelled',
] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

export type MilestoneVerb =
  | 'start'
  | 'claim'
  | 'withdraw-claim'
  | 'review'
  | 'meet'
  | 'partly-meet'
  | 'miss'
  | 'replan'
  | 'reopen'
  | 'waive'
  | 'cancel';

/**
 * A milestone's life (domain.md section 10). A short piece of work may be claimed met without having been started
 * first. Some verbs need more than the right state: `groundsBlockers`.
 */
export const MILESTONE = defineTransitions<MilestoneState, MilestoneVerb>(
  'milestone',
  'planned',
  MILESTONE_STATES,
  {
    start: { from: ['planned'], to: 'in-progress' },
    claim: { from: ['planned', 'in-progress'], to: 'claimed-met' },
    'withdraw-claim': { from: ['claimed-met'], to: 'in-progress' },
    review: { from: ['claimed-met'], to: 'under-review' },
    meet: { from: ['under-review'], to: 'met' },
    'partly-meet': { from: ['under-review'], to: 'partly-met' },
    miss: { from: ['under-review'], to: 'not-met' },
    // Only by an approved change request.
    replan: { from: ['not-met', 'partly-met'], to: 'in-progress' },
    // Only by a finding.
    reopen: { from: ['met'], to: 'in-progress' },
    // Both only by an authority.
    waive: {
      from: ['planned', 'in-progress', 'claimed-met', 'under-review', 'partly-met', 'not-met'],
      to: 'waived',
    },
    cancel: { from: ['planned', 'in-progress', 'partly-met', 'not-met'], to: 'cancelled' },
  },
);

/** How a claim that a milestone is met ends. */
export type ReviewEnd = 'met' | 'partly-met' | 'not-met' | 'withdrawn' | 'waived';

const ENDS: Partial<Record<MilestoneVerb, ReviewEnd>> = {
  meet: 'met',
  'partly-meet': 'partly-met',
  miss: 'not-met',
  'withdraw-claim': 'withdrawn',
  waive: 'waived',
};

/** How a claim ends by a verb; null where it goes on, or there is none. */
export function reviewEnd(verb: MilestoneVerb): ReviewEnd | null {
  return ENDS[verb] ?? null;
}

/** Whether a trust still has something to say of a milestone: it is not met, waived or cancelled. */
export function isOpenMilestone(state: MilestoneState): boolean {
  return state !== 'met' && state !== 'waived' && state !== 'cancelled';
}

/** What a verb is done on the strength of: references, null where there is none. */
export interface MilestoneGrounds {
  /** An approved change request. */
  changeRequest: string | null;
  /** Who allowed it, and where that is written. */
  authority: string | null;
  /** A finding of a review or an audit. */
  finding: string | null;
}

const GROUNDS: Partial<Record<MilestoneVerb, [keyof MilestoneGrounds, string, string]>> = {
  replan: [
    'changeRequest',
    'change-request-missing',
    'A milestone that was not fully met is replanned by an approved change request only: name it.',
  ],
  reopen: ['finding', 'finding-missing', 'A met milestone is reopened by a finding only: name it.'],
  waive: ['authority', 'authority-missing', 'Say who gave the authority to waive this milestone.'],
  cancel: ['authority', 'authority-missing', 'Say who gave the authority to cancel this milestone.'],
};

/** What a verb lacks beside the right state (domain.md section 10). */
export function groundsBlockers(verb: MilestoneVerb, grounds: MilestoneGrounds): Blocker[] {
  const needed = GROUNDS[verb];
  if (!needed) return [];
  const [ground, code, message] = needed;
  return grounds[ground]?.trim() ? [] : [{ code, message, pointer: `/${ground}` }];
}

/** An actual date is a day of the programme that has come: from its first day to today, both included. */
export function actualDateBlockers(dates: {
  actualOn: DateOn | null;
  today: DateOn;
  programmeStartsOn: DateOn;
}): Blocker[] {
  const { actualOn, today, programmeStartsOn } = dates;
  if (actualOn === null) return [];
  return blockers(
    actualOn > today && {
      code: 'actual-date-in-future',
      message: `The actual date is ${formatDate(actualOn)}, which is still to come. Give it as the forecast until it has happened.`,
      pointer: '/actualOn',
    },
    actualOn < programmeStartsOn && {
      code: 'actual-date-before-programme',
      message: `The actual date is ${formatDate(actualOn)}, before the programme began on ${formatDate(programmeStartsOn)}. Check the year.`,
      pointer: '/actualOn',
    },
  );
}

/**
 * A forecast later than the standing one needs a delay reason, and any reason given is a code of the programme's
 * list. An earlier forecast needs none. No forecast leaves the standing one as it is.
 * @param move.standingOn the last accepted forecast, or the baseline where there is none yet
 * @param move.delayReasons the codes of the programme's list
 */
export function forecastMoveBlockers(move: {
  standingOn: DateOn;
  forecastOn: DateOn | null;
  delayReason: string | null;
  delayReasons: readonly string[];
}): Blocker[] {
  const { standingOn, forecastOn, delayReason, delayReasons } = move;
  return blockers(
    delayReason === null &&
      forecastOn !== null &&
      forecastOn > standingOn && {
        code: 'date-moved-without-reason',
        message: `The forecast moves from ${formatDate(standingOn)} to ${formatDate(forecastOn)}. Choose a delay reason: ${delayReasons.join(', ')}.`,
        pointer: '/delayReason',
      },
    delayReason !== null &&
      !delayReasons.includes(delayReason) && {
        code: 'unknown-delay-reason',
        message: `"${delayReason}" is not one of this programme's delay reasons: ${delayReasons.join(', ')}. Choose one of them.`,
        pointer: '/delayReason',
      },
  );
}

/** What an accepted return says of one milestone. */
export interface ReturnedMilestone {
  /** `project/milestone`. */
  milestone: string;
  forecastOn: DateOn | null;
  actualOn: DateOn | null;
  claim: 'none' | 'started' | 'met';
  delayReason: string | null;
}

/** What a return moves of a milestone. */
export interface ReturnedStanding {
  state: MilestoneState;
  baseline_on: DateOn;
  forecast_on: DateOn;
  actual_on: DateOn | null;
  delay_reason: string | null;
}

/**
 * What an accepted return changes of a milestone: only what differs from what stands, nothing where none does or
 * where the milestone is closed. No forecast leaves the standing one; no actual date takes the standing one away. A
 * delay reason stands until the forecast is back at the baseline. A claim that stands already, or that the state
 * does not allow, changes nothing.
 */
export function returnedChange(
  standing: ReturnedStanding,
  line: ReturnedMilestone,
): Partial<ReturnedStanding> {
  if (!isOpenMilestone(standing.state)) return {};
  const verb = line.claim === 'met' ? 'claim' : 'start';
  const claimed = line.claim !== 'none' && MILESTONE.blockers(verb, standing.state).length === 0;
  const forecastOn = line.forecastOn ?? standing.forecast_on;
  const wanted: Partial<ReturnedStanding> = {
    state: claimed ? MILESTONE.next(verb, standing.state) : standing.state,
    forecast_on: forecastOn,
    actual_on: line.actualOn,
    delay_reason: line.delayReason ?? (forecastOn > standing.baseline_on ? standing.delay_reason : null),
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => standing[name as keyof ReturnedStanding] !== value),
  );
}

/** How a review may end, and the verb that it is. */
export const OUTCOMES = {
  met: 'meet',
  'partly-met': 'partly-meet',
  'not-met': 'miss',
} as const satisfies Partial<Record<MilestoneState, MilestoneVerb>>;
export type MilestoneOutcome = keyof typeof OUTCOMES;

/**
 * What blocks the outcome of a review, beside the state: a milestone is met on a day and with proof, and nobody
 * decides on proof that is all their own (domain.md section 9, rule 5).
 * @param decision.uploadedBy who uploaded each piece of evidence
 */
export function outcomeBlockers(decision: {
  outcome: MilestoneOutcome;
  actualOn: DateOn | null;
  uploadedBy: readonly string[];
  reviewerId: string;
}): Blocker[] {
  const { outcome, actualOn, uploadedBy, reviewerId } = decision;
  return blockers(
    outcome === 'met' &&
      uploadedBy.length === 0 && {
        code: 'evidence-missing',
        message: 'A milestone is met with evidence only, and this one has none.',
        clearedBy: 'The trust uploads evidence to this milestone.',
      },
    outcome === 'met' &&
      actualOn === null && {
        code: 'actual-date-missing',
        message: 'A milestone is met on a day, and this one has no actual date.',
        pointer: '/actualOn',
        clearedBy: 'The trust gives the actual date in a return.',
      },
    uploadedBy.length > 0 &&
      uploadedBy.every((uploader) => uploader === reviewerId) && {
        code: 'reviewer-is-uploader',
        message: 'You uploaded all of this evidence, so you cannot decide on it. Ask another person.',
      },
  );
}

/** Why no evidence can be added to a milestone. */
export function evidenceBlockers(state: MilestoneState): Blocker[] {
  return blockers(
    !isOpenMilestone(state) && {
      code: 'milestone-closed',
      message: `This milestone is ${state}: its evidence is complete as it was decided on.`,
      pointer: '/state',
    },
  );
}
