import { type Blocker, blockers } from '../core/blockers.js';
import { defineTransitions } from '../core/transitions.js';

/** A fault that a review or an audit found, or what it advises to do (domain.md section 11, auditor 10). */
export const FINDING_KINDS = ['finding', 'recommendation'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const FINDING_STATES = ['open', 'closed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** A finding is answered once: what comes up again is another one. */
export const FINDING = defineTransitions<FindingState, 'close'>('finding', 'open', FINDING_STATES, {
  close: { from: ['open'], to: 'closed' },
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
    finding.state !== 'open' && {
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
