import { type Blocker, blockers } from '../../core/blockers.js';
import { formatPounds, type Pence, sumPence } from '../../core/money.js';
import type { Fault } from '../../core/problems.js';

/** What somebody says of one line of a claim: how much of it, and why not all. */
export interface LineDecision {
  position: number;
  approvedPence: Pence;
  /** Needed where that is less than claimed, and only there. */
  because: string | null;
}

/** A line that is decided on. */
export interface DecidableLine {
  position: number;
  claimedPence: Pence;
  /** What was recommended where that is less than claimed; null where it is all of it, or nothing was said. */
  recommendedPence: Pence | null;
  recommendedBecause: string | null;
}

/** What is wrong with decisions as they were sent: each penny that is disallowed has its reason. */
export function decisionFaults(lines: readonly DecidableLine[], wanted: readonly LineDecision[]): Fault[] {
  return wanted.flatMap(({ position, approvedPence, because }, index) => {
    const at = (field: string) => `/lines/${index}/${field}`;
    const line = lines.find((each) => each.position === position);
    if (!line)
      return [
        { code: 'unknown-line', message: `The claim has no line ${position}.`, pointer: at('position') },
      ];
    if (wanted.findIndex((each) => each.position === position) < index)
      return [
        {
          code: 'line-twice',
          message: `Line ${position} is decided on above already.`,
          pointer: at('position'),
        },
      ];
    const faults: Fault[] = [];
    if (approvedPence > line.claimedPence)
      faults.push({
        code: 'more-than-claimed',
        message: `Line ${position} claims ${formatPounds(line.claimedPence)}; no more than that can be approved.`,
        pointer: at('approvedPence'),
      });
    if (approvedPence < line.claimedPence && because === null)
      faults.push({
        code: 'reason-missing',
        message: `Say why ${formatPounds(line.claimedPence - approvedPence)} of line ${position} is not approved.`,
        pointer: at('because'),
      });
    if (approvedPence === line.claimedPence && because !== null)
      faults.push({
        code: 'nothing-disallowed',
        message: `Line ${position} is approved in full, so there is nothing to give a reason for.`,
        pointer: at('because'),
      });
    return faults;
  });
}

/**
 * What is approved of every line: as it is decided; else as it was recommended; else in full.
 * @param wanted without faults
 */
export function decided(lines: readonly DecidableLine[], wanted: readonly LineDecision[]): LineDecision[] {
  return lines.map(
    ({ position, claimedPence, recommendedPence, recommendedBecause }) =>
      wanted.find((each) => each.position === position) ?? {
        position,
        approvedPence: recommendedPence ?? claimedPence,
        because: recommendedBecause,
      },
  );
}

/** What blocks an approval of nothing: that is a rejection. */
export function emptyApprovalBlockers(decisions: readonly LineDecision[]): Blocker[] {
  return blockers(
    sumPence(decisions.map(({ approvedPence }) => approvedPence)) === 0 && {
      code: 'nothing-approved',
      message: 'Nothing of this claim would be approved. Reject it instead, with the reason.',
      pointer: '/lines',
    },
  );
}
