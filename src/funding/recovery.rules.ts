import { defineTransitions } from '../core/transitions.js';

/** The states of a recovery (domain.md sections 8 and 10). */
export const RECOVERY_STATES = ['raised', 'agreed', 'recovered', 'written-off', 'withdrawn'] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

export type RecoveryVerb = 'agree' | 'recover' | 'write-off' | 'withdraw';

/** A recovery's life. */
export const RECOVERY = defineTransitions<RecoveryState, RecoveryVerb>(
  'recovery',
  'raised',
  RECOVERY_STATES,
  {
    agree: { from: ['raised'], to: 'agreed' },
    recover: { from: ['agreed'], to: 'recovered' },
    'write-off': { from: ['raised', 'agreed'], to: 'written-off' },
    withdraw: { from: ['raised'], to: 'withdrawn' },
  },
);

/** Why money is asked back (domain.md section 8). */
export const RECOVERY_CAUSES = ['ineligible', 'unmatched', 'misused', 'overpaid'] as const;
export type RecoveryCause = (typeof RECOVERY_CAUSES)[number];
