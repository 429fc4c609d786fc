import { type Blocker, blockers } from '../core/blockers.js';
import type { DateOn } from '../core/calendar.js';
import type { Permission, Role } from '../core/permissions.js';
import { TRUST_ROLES } from '../core/permissions.js';
import {
  FINDING,
  type FindingState,
  type FindingVerb,
  type FollowUpOutcome,
  type OwnerRole,
  type Stance,
} from './finding.rules.js';

/** What the next step of a finding depends on. */
export interface FindingFacts {
  state: FindingState;
  ownerRole: OwnerRole | null;
  /** Whoever answered, and what they said; null until then, and after it was opened again. */
  responderId: string | null;
  stance: Stance | null;
  dueOn: DateOn;
}

/** Who takes a step. A trust's person is told of that trust's findings alone. */
export interface StepTaker {
  id: string;
  role: Role | 'system';
}

/** What may be done with a finding, as an address names it. */
export const FINDING_STEPS = ['response', 'follow-up', 'closure', 'due-date'] as const;
export type FindingStep = (typeof FINDING_STEPS)[number];

/** What each step asks of whoever takes it. */
export const STEP_PERMISSION: Record<FindingStep, Permission> = {
  response: 'finding:answer',
  'follow-up': 'finding:record',
  closure: 'finding:record',
  'due-date': 'finding:record',
};

const isTrustRole = (role: string): boolean => (TRUST_ROLES as readonly string[]).includes(role);

/**
 * Whether a role answers for an owner: the owner's own, and a trust's lead for all that is its trust's. Where only words
 * say who the owner is, a programme manager.
 */
export function answersFor(role: Role | 'system', owner: OwnerRole | null): boolean {
  return (
    role === (owner ?? 'programme-manager') || (role === 'trust-lead' && owner !== null && isTrustRole(owner))
  );
}

/** Why somebody may not answer a finding now. */
export function responseBlockers(facts: FindingFacts, by: StepTaker): Blocker[] {
  return blockers(
    ...FINDING.blockers('respond', facts.state),
    !answersFor(by.role, facts.ownerRole) && {
      code: 'not-the-owner',
      message: `This finding is to be answered by its owner: ${(facts.ownerRole ?? 'programme-manager').replaceAll('-', ' ')}.`,
      pointer: '/ownerRole',
    },
  );
}

/** What a follow-up does to a finding that is in a state. */
export function followUpVerb(state: FindingState, outcome: FollowUpOutcome): FindingVerb {
  if (outcome === 'implemented') return 'confirm';
  return FINDING.blockers('reopen', state).length === 0 ? 'reopen' : 'find-wanting';
}

/** Why a finding cannot be followed up so now: nobody checks what they answered themselves. */
export function followUpBlockers(
  facts: FindingFacts,
  { outcome, evidence }: { outcome: FollowUpOutcome; evidence: string | null },
  by: StepTaker,
): Blocker[] {
  return blockers(
    ...FINDING.blockers(followUpVerb(facts.state, outcome), facts.state),
    facts.responderId === by.id && {
      code: 'checker-is-responder',
      message: 'Whoever answered a finding does not check what became of it. Ask somebody else.',
      pointer: '/outcome',
    },
    outcome === 'implemented' &&
      evidence === null && {
        code: 'evidence-missing',
        message: 'Say what shows that it is implemented.',
        pointer: '/evidence',
      },
  );
}

/** Why a finding cannot be closed now: it is not followed up, or whoever closes it answered it. */
export function closureBlockers(facts: FindingFacts, by: StepTaker): Blocker[] {
  return blockers(
    ...FINDING.blockers('close', facts.state),
    facts.state === 'responded' &&
      facts.stance !== 'not-agreed' && {
        code: 'not-followed-up',
        message: 'Its owner agreed to act. Follow it up first: it is closed once it is implemented.',
        pointer: '/state',
      },
    facts.responderId === by.id && {
      code: 'closer-is-responder',
      message: 'Whoever answered a finding does not close it. Ask somebody else.',
      pointer: '/state',
    },
  );
}

/** Why the day by which a finding is to be answered cannot be moved so. */
export function dueDateBlockers(facts: FindingFacts, { dueOn }: { dueOn: DateOn }): Blocker[] {
  return blockers(
    facts.state === 'closed' && {
      code: 'wrong-state',
      message: 'This finding is closed: nothing of it is due any more.',
      pointer: '/state',
    },
    dueOn === facts.dueOn && {
      code: 'same-day',
      message: 'It is due on this day already. Give another day.',
      pointer: '/dueOn',
    },
  );
}

/** What a finding is after its owner answered. */
export function responded(facts: FindingFacts, stance: Stance, by: StepTaker): FindingFacts {
  return { ...facts, state: FINDING.next('respond', facts.state), stance, responderId: by.id };
}

/** What a finding is after a follow-up; opened again, it waits for a new answer. */
export function followedUp(facts: FindingFacts, outcome: FollowUpOutcome): FindingFacts {
  const verb = followUpVerb(facts.state, outcome);
  const state = FINDING.next(verb, facts.state);
  return verb === 'reopen' ? { ...facts, state, stance: null, responderId: null } : { ...facts, state };
}

/** Why somebody may not take a step now, whatever they would say in it. */
export function stepBlockers(step: FindingStep, facts: FindingFacts, by: StepTaker): Blocker[] {
  switch (step) {
    case 'response':
      return responseBlockers(facts, by);
    case 'follow-up':
      return followUpBlockers(facts, { outcome: 'partly', evidence: null }, by);
    case 'closure':
      return closureBlockers(facts, by);
    case 'due-date':
      return dueDateBlockers(facts, { dueOn: '' });
  }
}

/** The steps that somebody may take now, as far as it depends on the finding and on who they are. */
export function openFindingSteps(facts: FindingFacts, by: StepTaker): FindingStep[] {
  return FINDING_STEPS.filter((step) => stepBlockers(step, facts, by).length === 0);
}
