import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, daysBetween, formatDate } from '../../core/calendar.js';
import { formatPounds, type Pence } from '../../core/money.js';
import type { MilestoneState } from '../../milestones/milestone.rules.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import type { ClaimState } from '../claims/claim-states.js';
import { type MatchFacts, matchAtGate } from './gate-match.rules.js';

/** Codes of blockers that a gate itself finds; conditions of other rooms have theirs. */
export const GATE_CODES = [
  'agreement-not-active',
  'milestone-not-accepted',
  'match-below-ratio',
  'tranche-exhausted',
] as const;

/** What nobody can waive: there is no agreement to pay under, or no money left to pay. */
export const NEVER_WAIVED: readonly string[] = ['agreement-not-active', 'tranche-exhausted'];

/** States of claims whose grant was paid out. */
export const PAID_CLAIMS: readonly ClaimState[] = [
  'paid',
  'reconciled',
  'recovery-raised',
  'recovery-agreed',
  'recovered',
  'written-off',
];
/** States of claims whose grant was approved, whether or not it was paid. */
export const GRANTED_CLAIMS: readonly ClaimState[] = [
  'approved',
  'part-approved',
  'scheduled',
  ...PAID_CLAIMS,
];

/** Money passes under an agreement that is active; in closing, what was claimed before is still settled. */
export const MONEY_PASSES: readonly AgreementState[] = ['active', 'closing'];

/** A milestone that a tranche rests on. */
export interface GateMilestone {
  id: string;
  /** `project/milestone`. */
  code: string;
  name: string;
  state: MilestoneState;
  /** The day that is agreed now: the baseline, or what an approved change request made of it. */
  agreedOn: DateOn;
  forecastOn: DateOn;
  actualOn: DateOn | null;
}

/** All that a gate looks at, as it stands when it is looked at. */
export interface GateFacts extends MatchFacts {
  agreement: MatchFacts['agreement'] & { id: string; reference: string; state: AgreementState };
  tranche: MatchFacts['tranche'] & { id: string; number: number; name: string; plannedOn: DateOn };
  /** What can still pass: the tranche's grant less what other claims took of it. */
  leftPence: Pence;
  milestones: readonly GateMilestone[];
  /** What conditions of other rooms found for this tranche. */
  given: readonly Blocker[];
}

const inWords = (state: string): string => state.replaceAll('-', ' ');

/** What lets money pass again, by the state of the agreement. */
function agreementClearedBy(state: AgreementState): string {
  if (state === 'suspended') return 'The funder ends the suspension.';
  if (state === 'novated') return 'Claim under the agreement that took this one over.';
  if (state === 'closed' || state === 'terminated' || state === 'withdrawn')
    return 'Nothing: this agreement has ended, and what is left of it goes back to the funder.';
  return 'The agreement is signed and takes effect.';
}

const MILESTONE_CLEARED_BY: Record<MilestoneState, string> = {
  planned: 'The trust delivers it, adds evidence, and claims it met in a return.',
  'in-progress': 'The trust delivers it, adds evidence, and claims it met in a return.',
  'claimed-met': 'An assessor takes the claim under review and decides on it.',
  'under-review': 'The assessor ends the review.',
  'partly-met': 'An approved change request replans it; then it is delivered and claimed met again.',
  'not-met': 'An approved change request replans it; then it is delivered and claimed met again.',
  cancelled: 'An approved change request varies the agreement, so that the tranche rests on something else.',
  met: 'Nothing: it is met.',
  waived: 'Nothing: it is waived.',
};

/** Whether a milestone counts as accepted at a gate: met, or waived by an authority. Partly met does not. */
export function isAccepted(state: MilestoneState): boolean {
  return state === 'met' || state === 'waived';
}

function milestoneBlocker({ id, name, state, agreedOn }: GateMilestone): Blocker {
  return {
    code: 'milestone-not-accepted',
    message: `${name} is ${inWords(state)}; this tranche opens once it is met. It is agreed for ${formatDate(agreedOn)}.`,
    about: { kind: 'milestone', id, name },
    clearedBy: MILESTONE_CLEARED_BY[state],
    dueOn: agreedOn,
  };
}

function matchBlocker(facts: GateFacts): Blocker | false {
  const { agreement, tranche } = facts;
  const { shortfallPence, roomPence, explanation } = matchAtGate(facts);
  return (
    shortfallPence > 0 && {
      code: 'match-below-ratio',
      message: explanation,
      about: { kind: 'match', id: agreement.id, name: `Match under ${agreement.reference}` },
      clearedBy: `The trust evidences ${formatPounds(shortfallPence)} more match and an assessor accepts it; without it ${formatPounds(roomPence ?? 0)} can pass.`,
      dueOn: tranche.plannedOn,
    }
  );
}

function exhaustedBlocker({ tranche, leftPence, proposedPence }: GateFacts): Blocker | false {
  const none = leftPence <= 0;
  return (
    (none || proposedPence > leftPence) && {
      code: 'tranche-exhausted',
      message: none
        ? 'All of this tranche is paid or spoken for; nothing is left to pass.'
        : `${formatPounds(leftPence)} is left of this tranche, and ${formatPounds(proposedPence)} is to pass.`,
      about: { kind: 'tranche', id: tranche.id, name: `Tranche ${tranche.number}: ${tranche.name}` },
      clearedBy: none
        ? 'Draw on another tranche, or vary the agreement by an approved change request.'
        : 'Let no more pass than is left.',
      dueOn: tranche.plannedOn,
    }
  );
}

/**
 * What keeps the gate of a tranche shut (domain.md section 9, rules 2 and 3), each with the thing that it points at,
 * what would clear it, and by when: the tranche's planned day, or the milestone's agreed day. Where nothing is left of
 * a tranche, that is all that is said: there is nothing that the other conditions could hold up.
 */
export function gateBlockers(facts: GateFacts): Blocker[] {
  const { agreement, tranche, milestones, given } = facts;
  const exhausted = exhaustedBlocker(facts);
  if (exhausted && facts.leftPence <= 0) return [exhausted];
  return blockers(
    !MONEY_PASSES.includes(agreement.state) && {
      code: 'agreement-not-active',
      message: `The agreement ${agreement.reference} is ${inWords(agreement.state)}; money passes only under one that is active.`,
      about: { kind: 'agreement', id: agreement.id, name: agreement.reference },
      clearedBy: agreementClearedBy(agreement.state),
      dueOn: tranche.plannedOn,
    },
    ...milestones.filter(({ state }) => !isAccepted(state)).map(milestoneBlocker),
    matchBlocker(facts),
    ...given,
    exhausted,
  );
}

/**
 * How late a gate is: days from its planned day to the day that it is expected on, negative where earlier. It slips
 * while anything is left to pass and that day is later, or the planned day has passed and it is still shut.
 */
export function slipOf(gate: {
  plannedOn: DateOn;
  expectedOn: DateOn;
  leftPence: Pence;
  open: boolean;
  today: DateOn;
}): { slipDays: number; slips: boolean } {
  const slipDays = daysBetween(gate.plannedOn, gate.expectedOn);
  const late = slipDays > 0 || (!gate.open && gate.plannedOn < gate.today);
  return { slipDays, slips: gate.leftPence > 0 && late };
}
