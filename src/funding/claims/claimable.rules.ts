import type { Blocker } from '../../core/blockers.js';
import { type Pence, sumPence } from '../../core/money.js';

/** The blocker that the match is: it limits how much passes, and does not shut the gate while some of it can. */
const MATCH = 'match-below-ratio';

/** A tranche and its gate, as they stand for all that is left of it. Whole pence. */
export interface TrancheAtGate {
  id: string;
  number: number;
  name: string;
  basis: 'advance' | 'delivery';
  /** Of the tranche; what is claimed and not decided on is not left. */
  leftPence: Pence;
  /** What keeps the gate from letting all of that pass. */
  blockers: readonly Blocker[];
  /** Blockers that are waived, by their codes. */
  waivedCodes: readonly string[];
  /** How much more grant the accepted match carries at the next approval; null where the match sets no limit. */
  matchRoomPence: Pence | null;
}

/** What limits a claim on a tranche: the smallest of these, each in pence. */
export interface TrancheClaimable {
  id: string;
  number: number;
  name: string;
  basis: 'advance' | 'delivery';
  leftPence: Pence;
  matchRoomPence: Pence | null;
  /** Whether anything can pass the gate now. */
  gateOpen: boolean;
  blockers: readonly Blocker[];
  claimableNowPence: Pence;
  /** Which limit is the smallest; null where nothing but the claim itself is. */
  limitedBy: 'gate' | 'match' | 'lines' | 'tranche';
}

/** What of an agreement can be claimed now, by tranche and in all. Whole pence. */
export interface AgreementClaimable<Line> {
  /** What is left of the award, by line; nothing can be claimed of a year that is closed. */
  lines: Line[];
  /** Claimed and not decided on: it takes its part of what the match carries. */
  claimedPence: Pence;
  tranches: TrancheClaimable[];
  /** Of all tranches together: they share the lines, and the match. */
  claimableNowPence: Pence;
}

/**
 * How much can be claimed now, so that the next approval lets it pass (domain.md section 11, project lead, question
 * 4): no more than is left of the tranche and of the lines, than the accepted match carries beside what is granted
 * and claimed already, and nothing through a gate that is shut.
 * @param claimedPence of the agreement, not decided on
 */
export function claimableNow<Line extends { leftPence: Pence; yearClosed: boolean }>(agreement: {
  lines: Line[];
  claimedPence: Pence;
  tranches: readonly TrancheAtGate[];
}): AgreementClaimable<Line> {
  const { lines, claimedPence } = agreement;
  const linesPence = sumPence(lines.map(({ leftPence, yearClosed }) => (yearClosed ? 0 : leftPence)));
  const tranches = agreement.tranches.map((tranche) => ofTranche(tranche, linesPence, claimedPence));
  const limited = tranches.filter(({ matchRoomPence }) => matchRoomPence !== null);
  const unlimited = tranches.filter(({ matchRoomPence }) => matchRoomPence === null);
  const total = (some: readonly TrancheClaimable[]) =>
    sumPence(some.map(({ claimableNowPence }) => claimableNowPence));
  const room = Math.max(0, ...limited.map(({ matchRoomPence }) => matchRoomPence ?? 0));
  return {
    lines,
    claimedPence,
    tranches,
    claimableNowPence: Math.min(linesPence, total(unlimited) + Math.min(total(limited), room)),
  };
}

function ofTranche(tranche: TrancheAtGate, linesPence: Pence, claimedPence: Pence): TrancheClaimable {
  const { id, number, name, basis, leftPence, blockers, waivedCodes } = tranche;
  const room =
    tranche.matchRoomPence === null || waivedCodes.includes(MATCH)
      ? null
      : Math.max(0, tranche.matchRoomPence - claimedPence);
  const gateOpen = blockers.every(({ code }) => code === MATCH) && room !== 0;
  const limits = [
    { by: 'gate' as const, pence: gateOpen ? null : 0 },
    { by: 'match' as const, pence: room },
    { by: 'lines' as const, pence: linesPence },
    { by: 'tranche' as const, pence: leftPence },
  ].filter((limit): limit is { by: TrancheClaimable['limitedBy']; pence: Pence } => limit.pence !== null);
  const smallest = limits.reduce((least, limit) => (limit.pence < least.pence ? limit : least));
  return {
    id,
    number,
    name,
    basis,
    leftPence,
    matchRoomPence: room,
    gateOpen,
    blockers,
    claimableNowPence: smallest.pence,
    limitedBy: smallest.by,
  };
}
