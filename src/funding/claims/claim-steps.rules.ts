import type { Permission, Role } from '../../core/permissions.js';
import { roleMay } from '../../core/permissions.js';
import {
  CLAIM,
  type ClaimDuty,
  type ClaimPeople,
  type ClaimVerb,
  dutyBlockers,
  KEEPS_OUT,
} from './claim.rules.js';
import { CLAIM_STATES, type ClaimState } from './claim-states.js';

/** What somebody may do with a claim: a verb of its state table, or a step that leaves its state as it is. */
export type ClaimStep =
  | Exclude<ClaimVerb, 'approve-in-part'>
  | 'answer-query'
  | 'second-approve'
  | 'withdraw-approval';

interface StepTerms {
  permission: Permission;
  /** Who is kept out by what they did before. */
  duty: ClaimDuty | null;
  /** Whether a claim that could go this way waits for it: the way forward, and not a way out. */
  awaited: boolean;
}

const step = (permission: Permission, duty: ClaimDuty | null, awaited = false): StepTerms => ({
  permission,
  duty,
  awaited,
});

/** Who may take each step. */
export const CLAIM_STEPS: Record<ClaimStep, StepTerms> = {
  save: step('claim:prepare', null, true),
  certify: step('claim:certify', 'certify', true),
  submit: step('claim:submit', null, true),
  check: step('claim:check', 'check', true),
  'give-back': step('claim:check', 'check'),
  query: step('claim:check', 'check'),
  'answer-query': step('claim:prepare', null),
  answer: step('claim:submit', null, true),
  revise: step('claim:prepare', null),
  recommend: step('claim:check', 'check', true),
  approve: step('claim:approve', 'approve', true),
  'second-approve': step('claim:approve', 'second-approve', true),
  'withdraw-approval': step('claim:approve', 'approve'),
  reject: step('claim:approve', 'approve'),
  withdraw: step('claim:submit', null),
  'cancel-approval': step('claim:approve', 'approve'),
  schedule: step('payment:make', 'pay', true),
  unschedule: step('payment:make', 'pay'),
  pay: step('payment:make', 'pay', true),
  'reverse-payment': step('payment:make', 'pay'),
  reconcile: step('payment:make', null),
  'raise-recovery': step('recovery:raise', null),
  'withdraw-recovery': step('recovery:raise', null),
  'agree-recovery': step('recovery:agree', null, true),
  recover: step('recovery:raise', null, true),
  'write-off': step('recovery:raise', null),
};

/** What of a claim decides which steps are open. */
export interface ClaimStanding {
  state: ClaimState;
  people: ClaimPeople;
  unansweredQueries: number;
}

/** In which states a trust may answer what it was asked: until the claim is with the funder again. */
export const MENDING: readonly ClaimState[] = ['queried', 'draft', 'fd-certified'];

/** Whether a claim is where a step begins, whoever takes it. */
function isAt(name: ClaimStep, { state, people, unansweredQueries }: ClaimStanding): boolean {
  const halfApproved = people.approverId !== null;
  if (name === 'answer-query') return MENDING.includes(state) && unansweredQueries > 0;
  if (name === 'second-approve' || name === 'withdraw-approval')
    return state === 'recommended' && halfApproved;
  if (name === 'approve' && halfApproved) return false;
  return CLAIM.open(state).includes(name);
}

/**
 * The steps that an actor may take with a claim as it stands: by its state, by role and by what they did before.
 * What else may be in the way is in the claim's blockers.
 */
export function openSteps(actor: { id: string; role: Role | 'system' }, claim: ClaimStanding): ClaimStep[] {
  return (Object.keys(CLAIM_STEPS) as ClaimStep[]).filter((name) => {
    const { permission, duty } = CLAIM_STEPS[name];
    const may = actor.role === 'system' || roleMay(actor.role, permission);
    const kept = duty !== null && dutyBlockers(duty, actor.id, claim.people).length > 0;
    return may && !kept && isAt(name, claim);
  });
}

/** A state in which claims wait for a role, and whom of that role they do not wait for. */
export interface Awaited {
  state: ClaimState;
  keepsOut: { prepared: boolean; certified: boolean; approved: boolean };
  /** Only where something is claimed. */
  filled: boolean;
}

/** In which states claims wait for people of a role, and for whom of them not (domain.md section 11, question 7). */
export function awaitedOf(role: Role | 'system'): Awaited[] {
  return (Object.keys(CLAIM_STEPS) as ClaimStep[]).flatMap((name) => {
    const { permission, duty, awaited } = CLAIM_STEPS[name];
    // A second approval is an approval by somebody else than the first: one row says both.
    if (!awaited || name === 'approve' || (role !== 'system' && !roleMay(role, permission))) return [];
    const states = name === 'second-approve' ? (['recommended'] as const) : statesOf(name);
    const out = duty === null ? [] : KEEPS_OUT[duty];
    const keepsOut = {
      prepared: out.includes('prepared'),
      certified: out.includes('certified'),
      approved: out.includes('approved'),
    };
    return states.map((state) => ({ state, keepsOut, filled: name === 'certify' }));
  });
}

/** The states in which a claim waits for a step; a certified draft waits for its submission, not for changes. */
function statesOf(name: ClaimStep): readonly ClaimState[] {
  if (name === 'save') return ['draft'];
  return CLAIM_STATES.filter((state) => (CLAIM.open(state) as ClaimStep[]).includes(name));
}
