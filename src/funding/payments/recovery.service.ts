import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import { formatPounds, type Pence, sumPence } from '../../core/money.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Agreement } from '../agreements/agreement.entity.js';
import { Claim } from '../claims/claim.entity.js';
import { CLAIM } from '../claims/claim.rules.js';
import { type ClaimState } from '../claims/claim-states.js';
import { Ledger } from '../ledger.js';
import { Payment, Recovery } from './payment.entity.js';
import { agreementOfClaim, standingPayment } from './payment.queries.js';
import { heldBlockers } from './payment.rules.js';
import {
  type RecoveryView,
  recoveriesOf,
  recovery,
  standingOfRecovery,
  stillPaid,
} from './recovery.queries.js';
import {
  RECOVERY,
  type RecoveryCause,
  raisingBlockers,
  receiptBlockers,
  splitOverLines,
  stateWithoutRecovery,
  writeOffBlockers,
} from './recovery.rules.js';

/** What is asked back, and why. */
export interface RecoveryRequest {
  cause: RecoveryCause;
  amountPence: Pence;
  reason: string;
  /** The day by which it is to be back. */
  dueOn: DateOn;
}

/** A recovery with what it rests on, all locked. */
interface Standing {
  agreement: Agreement;
  claim: Claim;
  payment: Payment;
  recovery: Recovery;
}

/** Recoveries: money that is asked back, comes back, or is written off (domain.md sections 8 and 10). */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Asks money of a paid claim back.
   * @param revision of the claim
   * @throws Problem 403, 404, 409, 412, 428
   */
  raise(
    actor: Actor,
    claimId: string,
    revision: number | null,
    { cause, amountPence, reason, dueOn }: RecoveryRequest,
  ): Promise<RecoveryView> {
    return this.work.run({ actor, action: 'recovery.raise', reason }, async (tx) => {
      requirePermission(actor, 'recovery:raise');
      const agreementId = await agreementOfClaim(tx, claimId);
      if (!agreementId) throw notFound('claim');
      const agreement = await tx.lock(Agreement, agreementId, 'agreement');
      const claim = await tx.lockRevision(Claim, claimId, revision, 'claim');
      const paid = await standingPayment(tx, claimId);
      const left = paid ? await stillPaid(tx, paid.id) : [];
      refuseIfBlocked(
        'Nothing can be asked back of this claim now.',
        raisingBlockers({
          claimState: claim.state,
          agreement,
          amountPence,
          leftPence: sumPence(left.map(({ paidPence }) => paidPence)),
          dueOn,
          today: this.clock.today(),
        }),
      );
      const { id } = await tx.insert(Recovery, {
        programme_id: claim.programme_id,
        trust_id: claim.trust_id,
        agreement_id: agreement.id,
        claim_id: claim.id,
        payment_id: paid?.id as string,
        cause,
        reason,
        amount_pence: amountPence,
        state: RECOVERY.initial,
        due_on: dueOn,
        raised_by: actor.id,
        illustrative: agreement.illustrative,
      });
      await toState(tx, claim, CLAIM.next('raise-recovery', claim.state));
      return this.view(tx, id);
    });
  }

  /** The trust's finance director agrees to pay back. @throws Problem 403, 404, 409, 412, 428 */
  agree(actor: Actor, id: string, revision: number | null): Promise<RecoveryView> {
    return this.work.run({ actor, action: 'recovery.agree' }, async (tx) => {
      requirePermission(actor, 'recovery:agree');
      const { agreement, claim, recovery: row } = await this.standing(tx, id, revision);
      refuse('agreed', [...RECOVERY.blockers('agree', row.state), ...heldBlockers(agreement)]);
      await tx.change(Recovery, row, {
        state: RECOVERY.next('agree', row.state),
        agreed_by: actor.id,
        agreed_at: tx.at,
      });
      await toState(tx, claim, CLAIM.next('agree-recovery', claim.state));
      return this.view(tx, id);
    });
  }

  /** Records that the money came back. @throws Problem 403, 404, 409, 412, 428 */
  receive(
    actor: Actor,
    id: string,
    revision: number | null,
    { receivedOn, reference }: { receivedOn: DateOn; reference: string },
  ): Promise<RecoveryView> {
    return this.work.run({ actor, action: 'recovery.receive' }, async (tx) => {
      requirePermission(actor, 'recovery:raise');
      const standing = await this.standing(tx, id, revision);
      const { agreement, claim, payment, recovery: row } = standing;
      refuse(
        'recorded as received',
        receiptBlockers({
          state: row.state,
          agreement,
          receivedOn,
          paidOn: payment.paid_on as string,
          today: this.clock.today(),
        }),
      );
      const what = `${formatPounds(row.amount_pence)} of ${claim.reference} came back under ${row.reference}`;
      await this.post(tx, standing, { kind: 'recover', to: 'recovered', datedOn: receivedOn, what });
      await tx.change(Recovery, row, {
        state: RECOVERY.next('recover', row.state),
        closed_by: actor.id,
        closed_on: receivedOn,
        receipt_reference: reference,
      });
      await toState(tx, claim, CLAIM.next('recover', claim.state));
      return this.view(tx, id);
    });
  }

  /** Gives money up, on an authority and by another person than whoever asked for it. @throws Problem 403, 404, 409, 412, 428 */
  writeOff(
    actor: Actor,
    id: string,
    revision: number | null,
    { authority, reason }: { authority: string; reason: string },
  ): Promise<RecoveryView> {
    const order = { actor, action: 'recovery.write-off', reason: `Authority: ${authority}. ${reason}` };
    return this.work.run(order, async (tx) => {
      requirePermission(actor, 'recovery:raise');
      const standing = await this.standing(tx, id, revision);
      const { agreement, claim, recovery: row } = standing;
      refuse(
        'written off',
        writeOffBlockers({ state: row.state, agreement, raiserId: row.raised_by, actorId: actor.id }),
      );
      const today = this.clock.today();
      const what = `${formatPounds(row.amount_pence)} of ${claim.reference} is written off under ${row.reference}`;
      await this.post(tx, standing, { kind: 'write-off', to: 'written-off', datedOn: today, what });
      await tx.change(Recovery, row, {
        state: RECOVERY.next('write-off', row.state),
        closed_by: actor.id,
        closed_on: today,
        authority,
        closed_because: reason,
      });
      await toState(tx, claim, CLAIM.next('write-off', claim.state));
      return this.view(tx, id);
    });
  }

  /** Takes a recovery back that nobody agreed to; the claim is what it was. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<RecoveryView> {
    return this.work.run({ actor, action: 'recovery.withdraw', reason }, async (tx) => {
      requirePermission(actor, 'recovery:raise');
      const { claim, payment, recovery: row } = await this.standing(tx, id, revision);
      refuse('withdrawn', RECOVERY.blockers('withdraw', row.state));
      await tx.change(Recovery, row, {
        state: RECOVERY.next('withdraw', row.state),
        closed_by: actor.id,
        closed_on: this.clock.today(),
        closed_because: reason,
      });
      const before = (await recoveriesOf(tx, payment.id)).map(({ state }) => state);
      const state =
        CLAIM.next('withdraw-recovery', claim.state) && stateWithoutRecovery(before, payment.state);
      await toState(tx, claim, state);
      return this.view(tx, id);
    });
  }

  /** Moves the amount of a recovery out of what is paid, over the lines that it was paid of. */
  private async post(
    tx: Tx,
    { agreement, claim, payment, recovery: row }: Standing,
    entry: { kind: 'recover' | 'write-off'; to: 'recovered' | 'written-off'; datedOn: DateOn; what: string },
  ): Promise<void> {
    const parts = splitOverLines(row.amount_pence, await stillPaid(tx, payment.id));
    await this.ledger.post(tx, agreement, {
      kind: entry.kind,
      datedOn: entry.datedOn,
      narrative: entry.what,
      movements: parts.map(({ lineId, amountPence }) => ({
        lineId,
        source: 'grant',
        from: 'paid',
        to: entry.to,
        amountPence,
      })),
      cause: { claimId: claim.id, paymentId: payment.id, recoveryId: row.id },
    });
  }

  /** Locks a recovery and what it rests on, in the order in which everybody does. */
  private async standing(tx: Tx, id: string, revision: number | null): Promise<Standing> {
    const found = await standingOfRecovery(tx, id);
    if (!found) throw notFound('recovery');
    const agreement = await tx.lock(Agreement, found.agreementId, 'agreement');
    const claim = await tx.lock(Claim, found.claimId, 'claim');
    const payment = await tx.lock(Payment, found.paymentId, 'payment');
    return {
      agreement,
      claim,
      payment,
      recovery: await tx.lockRevision(Recovery, id, revision, 'recovery'),
    };
  }

  private async view(tx: Tx, id: string): Promise<RecoveryView> {
    return (await recovery(tx, id, this.clock.today())) as RecoveryView;
  }
}

function refuse(what: string, reasons: Blocker[]): void {
  refuseIfBlocked(`This recovery cannot be ${what} now.`, reasons);
}

async function toState(tx: Tx, claim: Claim, state: ClaimState): Promise<void> {
  await tx.change(Claim, claim, { state, state_since: tx.at });
}
