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
