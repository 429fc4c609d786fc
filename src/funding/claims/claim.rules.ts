import { type Blocker, blockers } from '../../core/blockers.js';
import { defineTransitions } from '../../core/transitions.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import { MONEY_PASSES } from '../gates/gate.rules.js';
import { CLAIM_STATES, type ClaimState } from './claim-states.js';

export type ClaimVerb =
  | 'save'
  | 'certify'
  | 'submit'
  | 'check'
  | 'give-back'
  | 'query'
  | 'answer'
  | 'revise'
  | 'recommend'
  | 'approve'
  | 'approve-in-part'
  | 'reject'
  | 'withdraw'
  | 'cancel-approval'
  | 'schedule'
  | 'unschedule'
  | 'pay'
  | 'reverse-payment'
  | 'reconcile'
  | 'raise-recovery'
  | 'withdraw-recovery'
  | 'agree-recovery'
  | 'recover'
  | 'write-off';

const APPROVED: readonly ClaimState[] = ['approved', 'part-approved'];

/**
 * A claim's life (domain.md section 10). Saving drops the certificate: what is submitted is what was certified. What
 * was taken up to be checked may be given back, and waits again. A query is answered as it stands (`answer`), or the
 * claim is changed and becomes a new version (`revise`). A recovery that is taken back leaves the claim paid.
 */
export const CLAIM = defineTransitions<ClaimState, ClaimVerb>('claim', 'draft', CLAIM_STATES, {
  save: { from: ['draft', 'fd-certified'], to: 'draft' },
  certify: { from: ['draft'], to: 'fd-certified' },
  submit: { from: ['fd-certified'], to: 'submitted' },
  check: { from: ['submitted'], to: 'evidence-check' },
  'give-back': { from: ['evidence-check'], to: 'submitted' },
  query: { from: ['evidence-check'], to: 'queried' },
  answer: { from: ['queried'], to: 'evidence-check' },
  revise: { from: ['queried'], to: 'draft' },
  recommend: { from: ['evidence-check'], to: 'recommended' },
  approve: { from: ['recommended'], to: 'approved' },
  'approve-in-part': { from: ['recommended'], to: 'part-approved' },
  reject: { from: ['evidence-check', 'recommended'], to: 'rejected' },
  withdraw: { from: ['draft', 'fd-certified', 'submitted', 'queried'], to: 'withdrawn' },
  'cancel-approval': { from: APPROVED, to: 'rejected' },
  schedule: { from: APPROVED, to: 'scheduled' },
  // Back to how it was approved: `approvedState`.
  unschedule: { from: ['scheduled'], to: 'approved' },
  pay: { from: ['scheduled'], to: 'paid' },
  'reverse-payment': { from: ['paid', 'reconciled'], to: 'approved' },
  reconcile: { from: ['paid'], to: 'reconciled' },
  'raise-recovery': { from: ['paid', 'reconciled', 'recovered', 'written-off'], to: 'recovery-raised' },
  'withdraw-recovery': { from: ['recovery-raised'], to: 'paid' },
  'agree-recovery': { from: ['recovery-raised'], to: 'recovery-agreed' },
  recover: { from: ['recovery-agreed'], to: 'recovered' },
  'write-off': { from: ['recovery-raised', 'recovery-agreed'], to: 'written-off' },
});

/** The state of a claim that is approved and not scheduled: in full, or in part. */
export function approvedState(claim: {
  claimed_pence: number;
  approved_pence: number | null;
}): 'approved' | 'part-approved' {
  return claim.approved_pence === claim.claimed_pence ? 'approved' : 'part-approved';
}

/** What is done with a claim that only some people may do, because of what they did with it before. */
export type ClaimDuty = 'certify' | 'check' | 'approve' | 'second-approve' | 'pay';

/** Who did what with a claim, by ids. */
export interface ClaimPeople {
  /** Everybody who wrote any of its versions. */
  preparerIds: readonly string[];
  certifierId: string | null;
  approverId: string | null;
  secondApproverId: string | null;
}

/** What somebody may have done with a claim. */
type Deed = 'prepared' | 'certified' | 'approved';

/** Whom each duty keeps out: whoever did one of these. */
export const KEEPS_OUT: Record<ClaimDuty, readonly Deed[]> = {
  certify: ['prepared'],
  check: ['prepared', 'certified'],
  approve: ['prepared', 'certified'],
  'second-approve': ['prepared', 'certified', 'approved'],
  pay: ['prepared', 'certified', 'approved'],
};

const KEPT_OUT: Record<ClaimDuty, Pick<Blocker, 'code' | 'message'>> = {
  certify: {
    code: 'certifier-is-preparer',
    message: 'You prepared this claim, so somebody else at your organisation must certify it.',
  },
  check: {
    code: 'checker-is-preparer-or-certifier',
    message: 'You prepared or certified this claim, so somebody else must check it.',
  },
  approve: {
    code: 'approver-is-preparer-or-certifier',
    message: 'You prepared or certified this claim, so somebody else must decide on it.',
  },
  'second-approve': {
    code: 'second-approver-is-not-another',
    message:
      'You prepared, certified or approved this claim, so somebody else must give the second approval.',
  },
  pay: {
    code: 'payer-is-preparer-certifier-or-approver',
    message: 'You prepared, certified or approved this claim, so somebody else must pay it.',
  },
};

const WHO: Record<Deed, (people: ClaimPeople) => ReadonlyArray<string | null>> = {
  prepared: ({ preparerIds }) => preparerIds,
  certified: ({ certifierId }) => [certifierId],
  approved: ({ approverId, secondApproverId }) => [approverId, secondApproverId],
};

/**
 * Preparer, certifier, approver and payer are different people (domain.md section 9, rule 5); the second approver is
 * different from all before. The database refuses each of these as well.
 */
export function dutyBlockers(duty: ClaimDuty, actorId: string, people: ClaimPeople): Blocker[] {
  const kept = KEEPS_OUT[duty].some((deed) => WHO[deed](people).includes(actorId));
  return kept ? [{ ...KEPT_OUT[duty] }] : [];
}

/** The people of a claim's row. */
export function peopleOf(claim: {
  prepared_by: string[];
  certified_by: string | null;
  approved_by: string | null;
  second_approved_by: string | null;
}): ClaimPeople {
  return {
    preparerIds: claim.prepared_by,
    certifierId: claim.certified_by,
    approverId: claim.approved_by,
    secondApproverId: claim.second_approved_by,
  };
}

/** States in which its money is claimed and not decided on. */
export const HOLDS_CLAIMED: readonly ClaimState[] = ['submitted', 'evidence-check', 'queried', 'recommended'];

/** Claims move only while their agreement runs: nothing is claimed or approved under one that is suspended or ended. */
export function agreementBlockers(agreement: { state: AgreementState; reference: string }): Blocker[] {
  return MONEY_PASSES.includes(agreement.state)
    ? []
    : [
        {
          code: 'agreement-not-active',
          message: `The agreement ${agreement.reference} is ${agreement.state.replaceAll('-', ' ')}; money is claimed and approved only while it is active or closing.`,
        },
      ];
}

/** What blocks a new claim: an advance is claimed from an advance, costs from what is paid on delivery. */
export function newClaimBlockers(wanted: {
  kind: 'costs' | 'advance';
  tranche: { number: number; name: string; basis: 'advance' | 'delivery' };
  agreement: { state: AgreementState; reference: string };
}): Blocker[] {
  const { kind, tranche, agreement } = wanted;
  const name = `Tranche ${tranche.number}, ${tranche.name},`;
  return [
    ...agreementBlockers(agreement),
    ...blockers(
      kind === 'advance' &&
        tranche.basis !== 'advance' && {
          code: 'tranche-not-an-advance',
          message: `${name} is paid on delivery. Claim costs from it.`,
          pointer: '/kind',
        },
      kind === 'costs' &&
        tranche.basis !== 'delivery' && {
          code: 'tranche-is-an-advance',
          message: `${name} is paid in advance. Claim an advance from it, or costs from another tranche.`,
          pointer: '/kind',
        },
    ),
  ];
}

/** A query that has no answer yet. */
export interface OpenQuery {
  /** The line that it is about; null for the claim as a whole. */
  position: number | null;
}

/** Each query is answered before the claim goes back to the funder, even where nothing changes. */
export function unansweredBlockers(queries: readonly OpenQuery[]): Blocker[] {
  return queries.map(({ position }) => ({
    code: 'query-unanswered',
    message: `The query on ${position === null ? 'the claim' : `line ${position}`} has no answer yet. Answer it, even where nothing changes.`,
    ...(position === null ? {} : { pointer: `/lines/${position - 1}` }),
  }));
}

/** What blocks the funder's part, from the check to the decision: the state, and whoever had a part in the claim. */
export function reviewBlockers(review: {
  verb: 'check' | 'give-back' | 'query' | 'recommend' | 'approve' | 'reject' | 'cancel-approval';
  state: ClaimState;
  people: ClaimPeople;
  actorId: string;
}): Blocker[] {
  const { verb, state, people, actorId } = review;
  const duty = ['check', 'give-back', 'query', 'recommend'].includes(verb) ? 'check' : 'approve';
  return [
    ...CLAIM.blockers(verb, state),
    ...dutyBlockers(duty, actorId, people),
    ...blockers(
      verb === 'approve' &&
        state === 'recommended' &&
        people.approverId !== null && {
          code: 'second-approval-missing',
          message: 'This claim has its first approval. It needs a second one, by somebody else.',
        },
    ),
  ];
}

/** What blocks a step that follows a first approval: there is one, and it is not complete. */
export function firstApprovalBlockers(claim: { state: ClaimState; people: ClaimPeople }): Blocker[] {
  const { state, people } = claim;
  return [
    ...CLAIM.blockers('approve', state),
    ...blockers(
      state === 'recommended' &&
        people.approverId === null && {
          code: 'first-approval-missing',
          message: 'This claim has no approval yet.',
        },
    ),
  ];
}

/** Whether an approval needs a second one: above the programme's threshold, and where it has one. */
export function needsSecondApproval(approvedPence: number, abovePence: number | null): boolean {
  return abovePence !== null && approvedPence > abovePence;
}
