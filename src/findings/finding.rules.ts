import { type Blocker, blockers } from '../core/blockers.js';
import type { Role } from '../core/permissions.js';
import { defineTransitions } from '../core/transitions.js';

/** A fault that a review or an audit found, or what it advises to do (domain.md section 11, auditor 10). */
export const FINDING_KINDS = ['finding', 'recommendation'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const FINDING_STATES = ['open', 'responded', 'implemented', 'closed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** The states in which its owner has something to do, and may be late with it. */
export const OUTSTANDING: readonly FindingState[] = ['open', 'responded'];

/** How soon it matters. */
export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The roles that may have to act on a finding: at the trust that it is about, or at the funder. */
export const OWNER_ROLES = [
  'programme-manager',
  'finance-officer',
  'assessor',
  'trust-lead',
  'trust-finance-director',
] as const satisfies readonly Role[];
export type OwnerRole = (typeof OWNER_ROLES)[number];

/** Whether the owner agrees with what was found. */
export const STANCES = ['agreed', 'partly-agreed', 'not-agreed'] as const;
export type Stance = (typeof STANCES)[number];

/** What a look at it some time later showed. */
export const FOLLOW_UP_OUTCOMES = ['implemented', 'partly', 'not-implemented'] as const;
export type FollowUpOutcome = (typeof FOLLOW_UP_OUTCOMES)[number];

export type FindingVerb = 'respond' | 'confirm' | 'find-wanting' | 'reopen' | 'close';

/**
 * The life of a finding: its owner answers; a follow-up confirms that it is done, or finds it wanting; somebody else
 * closes it; and a follow-up that finds it wanting after that opens it again.
 */
export const FINDING = defineTransitions<FindingState, FindingVerb>('finding', 'open', FINDING_STATES, {
  respond: { from: ['open'], to: 'responded' },
  confirm: { from: ['responded'], to: 'implemented' },
  'find-wanting': { from: ['responded'], to: 'responded' },
  reopen: { from: ['implemented', 'closed'], to: 'open' },
  close: { from: ['responded', 'implemented'], to: 'closed' },
});

/** A finding that something is done on the strength of. */
export interface NamedFinding {
  id: string;
  state: FindingState;
  /** Whose it is; null where it is of the programme as a whole. */
  trustId: string | null;
}

/**
 * Why a finding is no ground for changing something of a trust: it is none of the programme's, it is closed, or it is
 * another trust's (domain.md section 10: a met milestone is reopened only by a finding).
 * @param finding what the programme has under the reference
 */
export function groundBlockers(
  finding: NamedFinding | undefined,
  { reference, trustId }: { reference: string; trustId: string },
): Blocker[] {
  if (!finding)
    return [
      {
        code: 'finding-unknown',
        message: `This programme has no finding ${reference}. Record it first, and name it by its reference.`,
        pointer: '/finding',
      },
    ];
  const about = { kind: 'finding', id: finding.id, name: reference };
  return blockers(
    finding.state === 'closed' && {
      code: 'finding-closed',
      message: `${reference} is closed. What came up since is a finding of its own: record it, and name that one.`,
      pointer: '/finding',
      about,
    },
    finding.trustId !== null &&
      finding.trustId !== trustId && {
        code: 'finding-of-another-trust',
        message: `${reference} is about another trust. Name a finding about this one, or about the programme.`,
        pointer: '/finding',
        about,
      },
  );
}
