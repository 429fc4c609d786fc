import { formatPounds, matchFor, type Pence, pence } from '../../core/money.js';

/** When money is let through a gate: each time anew, because what was true at the approval may not be at the payment. */
export type GateStep = 'approve' | 'schedule' | 'pay';

/** Where the grant of an agreement is, without the payment that is proposed. Whole pence. */
export interface GrantSoFar {
  /** Approved and not paid, scheduled payments included. */
  approvedPence: Pence;
  /** Paid and not recovered; what was written off was paid and is not coming back. */
  paidPence: Pence;
  /** Of other claims' payments that are scheduled and not paid. */
  scheduledPence: Pence;
}

/**
 * The cumulative grant before the proposed payment. At the approval, all that is approved or paid. At the scheduling
 * and the payment, what is paid and what is scheduled beside it: two payments on their way at once may not both
 * count the same match, while a claim that is approved and not scheduled is no payment yet.
 */
export function grantBefore(step: GateStep, grant: GrantSoFar): Pence {
  const { approvedPence, paidPence, scheduledPence } = grant;
  return pence(paidPence + (step === 'approve' ? approvedPence : scheduledPence));
}

/** What the match at a gate is worked out from. */
export interface MatchFacts {
  step: GateStep;
  /** At least `matchPence` of match for every `perGrantPence` of grant. */
  agreement: { matchPence: number; perGrantPence: number };
  tranche: { basis: 'advance' | 'delivery' };
  /** What is to pass. */
  proposedPence: Pence;
  grant: GrantSoFar;
  /** Of the whole agreement. */
  acceptedMatchPence: Pence;
}

/** The match at a gate, both figures beside each other (domain.md section 9, rule 3). Whole pence. */
export interface MatchAtGate {
  /** False for an advance, which is exempt. */
  applies: boolean;
  /** Accepted so far, of the whole agreement. */
  acceptedPence: Pence;
  /** Cumulative grant with the proposed payment. */
  grantPence: Pence;
  /** What that grant asks for. */
  requiredPence: Pence;
  /** What is missing; 0 where nothing is, and for an advance. */
  shortfallPence: Pence;
  /** How much more grant the accepted match carries now; null where the match sets no limit. */
  roomPence: Pence | null;
  /** The comparison in words. */
  explanation: string;
}

/** Holds the accepted match against the cumulative grant. An advance is exempt, and says so. */
export function matchAtGate(facts: MatchFacts): MatchAtGate {
  const { agreement, tranche, proposedPence, acceptedMatchPence: accepted } = facts;
  const before = grantBefore(facts.step, facts.grant);
  const grant = pence(before + proposedPence);
  const required = matchFor(grant, agreement);
  const applies = tranche.basis !== 'advance';
  const short = applies ? Math.max(0, required - accepted) : 0;
  const ratio = `${agreement.matchPence}:${agreement.perGrantPence}`;
  const compared = `${formatPounds(accepted)} of match is accepted; ${formatPounds(grant)} of grant in all, this payment included, needs ${formatPounds(required)} at ${ratio}`;
  return {
    applies,
    acceptedPence: accepted,
    grantPence: grant,
    requiredPence: required,
    shortfallPence: short,
    roomPence: applies ? roomFor(accepted, before, agreement) : null,
    explanation: applies
      ? short > 0
        ? `${compared}, so ${formatPounds(short)} is missing.`
        : `${compared}.`
      : 'An advance is paid before match arises, so it is exempt from the match ratio. It counts as grant at every later gate.',
  };
}

/** The largest payment that the accepted match carries beside the grant so far; null without a ratio. */
function roomFor(
  accepted: Pence,
  before: Pence,
  { matchPence, perGrantPence }: { matchPence: number; perGrantPence: number },
): Pence | null {
  if (matchPence === 0) return null;
  const carried = (BigInt(accepted) * BigInt(perGrantPence)) / BigInt(matchPence);
  const room = carried - BigInt(before);
  return room < 0n ? 0 : pence(Number(room));
}
