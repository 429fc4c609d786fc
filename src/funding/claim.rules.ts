import { defineTransitions } from '../core/transitions.js';

/** The states of a claim (domain.md section 10). */
export const CLAIM_STATES = [
  'draft',
  'fd-certified',
  'submitted',
  'evidence-check',
  'queried',
  'recommended',
  'approved',
  'part-approved',
  'rejected',
  'scheduled',
  'paid',
  'reconciled',
  'recovery-raised',
  'recovery-agreed',
  'recovered',
  'written-off',
  'withdrawn',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export type ClaimVerb =
  | 'save'
  | 'certify'
  | 'submit'
  | 'check'
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
 * A claim's life (domain.md section 10). Saving drops the certificate: what is submitted is what was certified. A
 * query is answered as it stands (`answer`), or the claim is changed and becomes a new version (`revise`). A recovery
 * that is taken back leaves the claim paid.
 */
export const CLAIM = defineTransitions<ClaimState, ClaimVerb>('claim', 'draft', CLAIM_STATES, {
  save: { from: ['draft', 'fd-certified'], to: 'draft' },
  certify: { from: ['draft'], to: 'fd-certified' },
  submit: { from: ['fd-certified'], to: 'submitted' },
  check: { from: ['submitted'], to: 'evidence-check' },
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
