import type { DateOn } from '../../core/calendar.js';
import { type Pence, sumPence } from '../../core/money.js';
import type { Movement, Stage } from '../ledger.rules.js';
import type { ClaimKind } from './claim-lines.rules.js';

/** A line of a claim, as the ledger needs it. */
export interface ClaimedLine {
  /** The funding line. */
  lineId: string;
  claimedPence: Pence;
  incurredOn: DateOn | null;
}

/** What submission claims: of costs, each line for itself with its day; of an advance, each line without one. */
export function claimMovements(
  kind: ClaimKind,
  lines: readonly ClaimedLine[],
  trancheId: string,
): Movement[] {
  return lines.map(({ lineId, claimedPence, incurredOn }) => ({
    lineId,
    source: 'grant',
    from: 'awarded',
    to: 'claimed',
    amountPence: claimedPence,
    trancheId,
    ...(kind === 'costs' && incurredOn !== null ? { incurredOn } : {}),
  }));
}

/** What gives a claim's money back to the award: all that is claimed, or all that was approved. */
export function releaseMovements(
  lines: ReadonlyArray<{ lineId: string; amountPence: Pence }>,
  from: 'claimed' | 'approved',
  trancheId: string,
): Movement[] {
  return movedByLine(lines, from, 'awarded', trancheId);
}

/** What an approval moves: what is approved goes on, and the rest goes back to the award. */
export function approvalMovements(
  lines: ReadonlyArray<{ lineId: string; claimedPence: Pence; approvedPence: Pence }>,
  trancheId: string,
): Movement[] {
  const approved = lines.map(({ lineId, approvedPence }) => ({ lineId, amountPence: approvedPence }));
  const rest = lines.map(({ lineId, claimedPence, approvedPence }) => ({
    lineId,
    amountPence: claimedPence - approvedPence,
  }));
  return [
    ...movedByLine(approved, 'claimed', 'approved', trancheId),
    ...movedByLine(rest, 'claimed', 'awarded', trancheId),
  ];
}

/** One movement for each funding line that has anything to move. */
function movedByLine(
  lines: ReadonlyArray<{ lineId: string; amountPence: Pence }>,
  from: Stage,
  to: Stage,
  trancheId: string,
): Movement[] {
  return [...new Set(lines.map(({ lineId }) => lineId))]
    .map((lineId) => ({
      lineId,
      source: 'grant' as const,
      from,
      to,
      amountPence: sumPence(
        lines.filter((line) => line.lineId === lineId).map(({ amountPence }) => amountPence),
      ),
      trancheId,
    }))
    .filter(({ amountPence }) => amountPence > 0);
}
