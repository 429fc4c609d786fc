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
