import { defineTransitions } from '../core/transitions.js';

/** The states of a change request (domain.md section 10). */
export const CHANGE_REQUEST_STATES = [
  'draft',
  'submitted',
  'impact-assessed',
  'approved',
  'rejected',
  'deferred',
  'withdrawn',
  'applied',
] as const;
export type ChangeRequestState = (typeof CHANGE_REQUEST_STATES)[number];

export type ChangeRequestVerb =
  | 'save'
  | 'submit'
  | 'assess'
  | 'approve'
  | 'reject'
  | 'defer'
  | 'withdraw'
  | 'apply';

/** A change request's life (domain.md section 10). One that was deferred is assessed again before it is decided on. */
export const CHANGE_REQUEST = defineTransitions<ChangeRequestState, ChangeRequestVerb>(
  'change request',
  'draft',
  CHANGE_REQUEST_STATES,
  {
    save: { from: ['draft'], to: 'draft' },
    submit: { from: ['draft'], to: 'submitted' },
    assess: { from: ['submitted', 'impact-assessed', 'deferred'], to: 'impact-assessed' },
    approve: { from: ['impact-assessed'], to: 'approved' },
    reject: { from: ['submitted', 'impact-assessed', 'deferred'], to: 'rejected' },
    defer: { from: ['submitted', 'impact-assessed'], to: 'deferred' },
    withdraw: { from: ['draft', 'submitted', 'impact-assessed', 'deferred'], to: 'withdrawn' },
    apply: { from: ['approved'], to: 'applied' },
  },
);
