import { defineTransitions } from '../core/transitions.js';

/** The states of a contribution of match: it counts toward the ratio once it is accepted. */
export const CONTRIBUTION_STATES = ['pledged', 'evidenced', 'accepted', 'rejected', 'withdrawn'] as const;
export type ContributionState = (typeof CONTRIBUTION_STATES)[number];

export type ContributionVerb = 'evidence' | 'accept' | 'reject' | 'withdraw' | 'take-back';

/** A contribution's life (domain.md section 9, rules 3 and 4). A rejected one can be evidenced anew. */
export const CONTRIBUTION = defineTransitions<ContributionState, ContributionVerb>(
  'contribution',
  'pledged',
  CONTRIBUTION_STATES,
  {
    evidence: { from: ['pledged', 'rejected'], to: 'evidenced' },
    accept: { from: ['evidenced'], to: 'accepted' },
    reject: { from: ['evidenced'], to: 'rejected' },
    withdraw: { from: ['pledged', 'rejected'], to: 'withdrawn' },
    // An acceptance that turns out to be wrong: the ledger reverses it.
    'take-back': { from: ['accepted'], to: 'evidenced' },
  },
);

/** How a contribution is valued, from what proves most to what proves least. */
export const VALUATIONS = [
  'invoice',
  'payroll',
  'time-record',
  'independent',
  'market-rate',
  'estimate',
] as const;
export type Valuation = (typeof VALUATIONS)[number];
