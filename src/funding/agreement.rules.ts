import { defineTransitions } from '../core/transitions.js';

/** The states of an agreement (domain.md section 10). */
export const AGREEMENT_STATES = [
  'draft',
  'in-due-diligence',
  'approved',
  'offered',
  'signed',
  'active',
  'suspended',
  'closing',
  'closed',
  'withdrawn',
  'terminated',
  'novated',
] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

export type AgreementVerb =
  | 'begin-due-diligence'
  | 'return-to-draft'
  | 'approve'
  | 'offer'
  | 'sign'
  | 'activate'
  | 'suspend'
  | 'resume'
  | 'begin-closing'
  | 'close'
  | 'withdraw'
  | 'terminate'
  | 'novate';

/** An agreement's life (domain.md section 10). */
export const AGREEMENT = defineTransitions<AgreementState, AgreementVerb>(
  'agreement',
  'draft',
  AGREEMENT_STATES,
  {
    'begin-due-diligence': { from: ['draft'], to: 'in-due-diligence' },
    'return-to-draft': { from: ['in-due-diligence'], to: 'draft' },
    approve: { from: ['in-due-diligence'], to: 'approved' },
    offer: { from: ['approved'], to: 'offered' },
    sign: { from: ['offered'], to: 'signed' },
    activate: { from: ['signed'], to: 'active' },
    suspend: { from: ['active'], to: 'suspended' },
    resume: { from: ['suspended'], to: 'active' },
    'begin-closing': { from: ['active', 'suspended'], to: 'closing' },
    close: { from: ['closing'], to: 'closed' },
    withdraw: { from: ['draft', 'in-due-diligence', 'approved', 'offered', 'signed'], to: 'withdrawn' },
    terminate: { from: ['active', 'suspended', 'closing'], to: 'terminated' },
    novate: { from: ['active', 'suspended', 'closing'], to: 'novated' },
  },
);

/** States in which its money stands in the ledger. */
export const IN_FORCE: readonly AgreementState[] = ['active', 'suspended', 'closing', 'closed', 'terminated'];
