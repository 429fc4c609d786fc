import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { sumPence } from '../../core/money.js';
import { refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Programme } from '../../programmes/programme.entity.js';
import { Tranche } from '../agreements/agreement.entity.js';
import { GateService } from '../gates/gate.service.js';
import { Ledger } from '../ledger.js';
import { letGo } from '../match/cost-evidence.queries.js';
import { Claim, ClaimLine } from './claim.entity.js';
import { type ClaimView, claim } from './claim.queries.js';
import {
  agreementBlockers,
  approvedState,
  dutyBlockers,
  firstApprovalBlockers,
  needsSecondApproval,
  peopleOf,
  reviewBlockers,
} from './claim.rules.js';
import { decided, emptyApprovalBlockers, type LineDecision } from './claim-decision.rules.js';
import { claimAlone, currentLines, type HeldClaim, moved } from './claim-locks.js';
import { approvalMovements, releaseMovements } from './claim-movements.rules.js';
import { decidable, refuseFaults, undecide } from './claim-review.service.js';

/** Approving claims, by one person or by two, and taking an approval back. */
@Injectable()
export class ClaimApprovalService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly gates: GateService,
  ) {}

  /**
   * Approves a recommended claim, in full or in part. Above the programme's threshold this is the first of two
   * approvals: it moves nothing until somebody else gives the second.
   * @throws Problem 403, 404, 412, 428; 409 with all that blocks it, the gate among it; 422 with what is wrong with
   * the lines
   */
  approve(
    actor: Actor,
    id: string,
    revision: number | null,
    { lines: wanted, reason }: { lines: readonly LineDecision[]; reason: string | null },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.approve', reason: reason ?? undefined }, async (tx) => {
      requirePermission(actor, 'claim:approve');
      const { agreement, row } = await claimAlone(tx, id, revision);
      const blocked = reviewBlockers({
        verb: 'approve',
        state: row.state,
        people: peopleOf(row),
        actorId: actor.id,
      });
      refuseIfBlocked(REFUSED, [...blocked, ...agreementBlockers(agreement)]);
      const lines = await currentLines(tx, row);
      refuseFaults(lines, wanted);
      const decisions = decided(lines.map(decidable), wanted);
      refuseIfBlocked(REFUSED, emptyApprovalBlockers(decisions));
      await writeDown(tx, lines, decisions);
      const approvedPence = sumPence(decisions.map((decision) => decision.approvedPence));
      await tx.change(Claim, row, {
        approved_by: actor.id,
        approved_at: tx.at,
        approved_pence: approvedPence,
        decision_reason: reason,
      });
      if (!needsSecondApproval(approvedPence, await secondAbove(tx, row)))
        await this.complete(tx, { agreement, row }, lines);
      return view(tx, id);
    });
  }

  /** Gives the second of two approvals, by another person: the claim is approved as the first one said. @throws Problem 403, 404, 409, 412, 428 */
  approveSecond(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string | null },
  ): Promise<ClaimView> {
    const order = { actor, action: 'claim.second-approve', reason: reason ?? undefined };
    return this.work.run(order, async (tx) => {
      requirePermission(actor, 'claim:approve');
      const { agreement, row } = await claimAlone(tx, id, revision);
      refuseIfBlocked(REFUSED, [
        ...firstApprovalBlockers({ state: row.state, people: peopleOf(row) }),
        ...dutyBlockers('second-approve', actor.id, peopleOf(row)),
        ...agreementBlockers(agreement),
      ]);
      await tx.change(Claim, row, { second_approved_by: actor.id, second_approved_at: tx.at });
      await this.complete(tx, { agreement, row }, await currentLines(tx, row));
      return view(tx, id);
    });
  }

  /** Takes the first of two approvals back while the second is missing. @throws Problem 403, 404, 409, 412, 428 */
  withdrawFirst(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.withdraw-approval', reason }, async (tx) => {
      requirePermission(actor, 'claim:approve');
      const row = await tx.lockRevision(Claim, id, revision, 'claim');
      refuseIfBlocked('There is no first approval to take back.', [
        ...firstApprovalBlockers({ state: row.state, people: peopleOf(row) }),
        ...dutyBlockers('approve', actor.id, peopleOf(row)),
      ]);
      await undecide(tx, await currentLines(tx, row));
      await tx.change(Claim, row, {
        approved_pence: null,
        approved_by: null,
        approved_at: null,
        decision_reason: null,
      });
      return view(tx, id);
    });
  }

  /**
   * Cancels an approval before anything of it is scheduled: the claim is rejected, what was approved goes back to the
   * award, and the evidence is let go.
   * @throws Problem 403, 404, 409, 412, 428
   */
  cancel(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.cancel-approval', reason }, async (tx) => {
      requirePermission(actor, 'claim:approve');
      const { agreement, row } = await claimAlone(tx, id, revision);
      const people = peopleOf(row);
      refuseIfBlocked(
        'This approval cannot be cancelled now.',
        reviewBlockers({ verb: 'cancel-approval', state: row.state, people, actorId: actor.id }),
      );
      const lines = await currentLines(tx, row);
      await this.ledger.post(tx, agreement, {
        kind: 'release',
        datedOn: this.clock.today(),
        narrative: `${row.reference}: approval cancelled`,
        movements: releaseMovements(lines.map(approved), 'approved', row.tranche_id),
        cause: { claimId: id },
      });
      await letGo(tx, { claimId: id });
      await tx.change(Claim, row, {
        ...moved(tx, 'cancel-approval', row),
        approved_pence: null,
        decision_reason: reason,
        ended_by: actor.id,
      });
      // The database keeps what was approved of lines as long as their claim is approved.
      await undecide(tx, lines);
      return view(tx, id);
    });
  }

  /** Lets an approval take effect: its money passes the gate, and is posted. @throws Problem 409 where the gate is shut */
  private async complete(tx: Tx, { agreement, row }: HeldClaim, lines: readonly ClaimLine[]): Promise<void> {
    const tranche = await tx.manager.findOneByOrFail(Tranche, { id: row.tranche_id });
    const state = approvedState(row);
    await this.gates.pass(tx, {
      agreement,
      tranche,
      claim: row,
      step: 'approve',
      proposedPence: row.approved_pence as number,
    });
    await this.ledger.post(tx, agreement, {
      kind: 'approve',
      datedOn: this.clock.today(),
      narrative: `${row.reference} ${state === 'approved' ? 'approved' : 'approved in part'}, tranche ${tranche.number}`,
      movements: approvalMovements(lines.map(decidedLine), row.tranche_id),
      cause: { claimId: row.id },
    });
    await tx.change(Claim, row, moved(tx, state === 'approved' ? 'approve' : 'approve-in-part', row));
  }
}

const REFUSED = 'This claim cannot be approved now.';

const view = async (tx: Tx, id: string): Promise<ClaimView> => (await claim(tx, id)) as ClaimView;

const approved = (line: ClaimLine) => ({ lineId: line.line_id, amountPence: line.approved_pence ?? 0 });

const decidedLine = (line: ClaimLine) => ({
  lineId: line.line_id,
  claimedPence: line.claimed_pence,
  approvedPence: line.approved_pence ?? 0,
});

async function secondAbove(tx: Tx, row: Claim): Promise<number | null> {
  const { terms } = await tx.manager.findOneByOrFail(Programme, { id: row.programme_id });
  return terms.payments?.secondApproverAbovePence ?? null;
}

async function writeDown(
  tx: Tx,
  lines: readonly ClaimLine[],
  decisions: readonly LineDecision[],
): Promise<void> {
  for (const { position, approvedPence, because } of decisions) {
    const line = lines.find((each) => each.position === position) as ClaimLine;
    await tx.change(ClaimLine, line, { approved_pence: approvedPence, disallowed_because: because });
  }
}
