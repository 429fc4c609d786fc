import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import { formatPounds } from '../../core/money.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Agreement, Tranche } from '../agreements/agreement.entity.js';
import { Claim } from '../claims/claim.entity.js';
import { approvedState, CLAIM, peopleOf } from '../claims/claim.rules.js';
import { GateService } from '../gates/gate.service.js';
import { Ledger } from '../ledger.js';
import { Payment } from './payment.entity.js';
import {
  agreementOfClaim,
  approvedLines,
  type PaymentView,
  payJournalOf,
  payment,
  paymentWithBankKey,
  standingOf,
} from './payment.queries.js';
import {
  bankKey,
  cancellationBlockers,
  PAYMENT,
  paidByLine,
  recordBlockers,
  reversalBlockers,
  schedulingBlockers,
} from './payment.rules.js';
import { recoveriesOf } from './recovery.queries.js';

/** A payment with what it rests on, all locked. */
interface Standing {
  agreement: Agreement;
  claim: Claim;
  payment: Payment;
}

/** Payments: scheduling what was approved of a claim, and saying that it was paid. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly gates: GateService,
  ) {}

  /**
   * Schedules what was approved of a claim, through the gate of its tranche.
   * @param revision of the claim
   * @throws Problem 403, 404, 409 with all that blocks it or keeps the gate shut, 412, 428
   */
  schedule(
    actor: Actor,
    claimId: string,
    revision: number | null,
    { scheduledFor }: { scheduledFor: DateOn },
  ): Promise<PaymentView> {
    return this.work.run({ actor, action: 'payment.schedule' }, async (tx) => {
      requirePermission(actor, 'payment:make');
      const agreement = await this.agreementOf(tx, claimId);
      const claim = await tx.lockRevision(Claim, claimId, revision, 'claim');
      const lines = await approvedLines(tx, claimId);
      const today = this.clock.today();
      refuseIfBlocked(
        'This claim cannot be scheduled for payment now.',
        schedulingBlockers({
          claimState: claim.state,
          approvedPence: claim.approved_pence,
          linesPence: lines.map(({ approvedPence }) => approvedPence ?? 0),
          people: peopleOf(claim),
          payerId: actor.id,
          scheduledFor,
          today,
        }),
      );
      const { id } = await tx.insert(Payment, {
        programme_id: claim.programme_id,
        trust_id: claim.trust_id,
        agreement_id: agreement.id,
        claim_id: claim.id,
        tranche_id: claim.tranche_id,
        gate_decision_id: await this.passGate(tx, { agreement, claim }, 'schedule'),
        amount_pence: claim.approved_pence as number,
        state: PAYMENT.initial,
        scheduled_for: scheduledFor,
        scheduled_on: today,
        scheduled_by: actor.id,
        illustrative: agreement.illustrative,
      });
      await tx.change(Claim, claim, { state: CLAIM.next('schedule', claim.state), state_since: tx.at });
      return (await payment(tx, id)) as PaymentView;
    });
  }

  /** Takes a scheduled payment back, before it is paid. @throws Problem 403, 404, 409, 412, 428 */
  cancel(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<PaymentView> {
    return this.work.run({ actor, action: 'payment.cancel', reason }, async (tx) => {
      const { claim, payment: row } = await this.standing(tx, actor, id, revision);
      refuseIfBlocked(
        'This payment cannot be cancelled now.',
        cancellationBlockers({ state: row.state, people: peopleOf(claim), payerId: actor.id }),
      );
      await tx.change(Payment, row, { state: PAYMENT.next('cancel', row.state), closed_because: reason });
      await backToApproved(tx, claim, 'unschedule');
      return (await payment(tx, id)) as PaymentView;
    });
  }

  /**
   * Records that the bank paid it, where the gate of its tranche is still open: what held when it was scheduled may not
   * hold now.
   * @throws Problem 403, 404, 409 with all that blocks it or keeps the gate shut, 412, 428
   */
  record(
    actor: Actor,
    id: string,
    revision: number | null,
    { paidOn, bankReference }: { paidOn: DateOn; bankReference: string },
  ): Promise<PaymentView> {
    return this.work.run({ actor, action: 'payment.pay' }, async (tx) => {
      const { agreement, claim, payment: row } = await this.standing(tx, actor, id, revision);
      const key = bankKey(bankReference);
      refuseIfBlocked(
        'This payment cannot be recorded as paid now.',
        recordBlockers({
          state: row.state,
          people: peopleOf(claim),
          payerId: actor.id,
          scheduledOn: row.scheduled_on,
          paidOn,
          today: this.clock.today(),
          bankReference,
          takenBy: (await paymentWithBankKey(tx, row.programme_id, key)) ?? null,
        }),
      );
      await tx.change(Payment, row, {
        gate_decision_id: await this.passGate(tx, { agreement, claim }, 'pay'),
        state: PAYMENT.next('pay', row.state),
        paid_on: paidOn,
        bank_reference: bankReference.trim(),
        paid_by: actor.id,
        recorded_at: tx.at,
      });
      await this.ledger.post(tx, agreement, {
        kind: 'pay',
        datedOn: paidOn,
        narrative: `${row.reference} pays ${formatPounds(row.amount_pence)} of ${claim.reference}`,
        movements: paidByLine(await approvedLines(tx, claim.id)).map(({ lineId, amountPence }) => ({
          lineId,
          source: 'grant',
          from: 'approved',
          to: 'paid',
          amountPence,
        })),
        cause: { claimId: claim.id, paymentId: row.id },
      });
      await tx.change(Claim, claim, { state: CLAIM.next('pay', claim.state), state_since: tx.at });
      return (await payment(tx, id)) as PaymentView;
    });
  }

  /**
   * Undoes a payment that did not arrive, or was recorded by mistake: its journal is reversed, and the claim is as
   * approved as before.
   * @throws Problem 403, 404, 409, 412, 428
   */
  reverse(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<PaymentView> {
    return this.work.run({ actor, action: 'payment.reverse', reason }, async (tx) => {
      const { agreement, claim, payment: row } = await this.standing(tx, actor, id, revision);
      refuseIfBlocked(
        'This payment cannot be reversed now.',
        reversalBlockers({
          state: row.state,
          agreement,
          people: peopleOf(claim),
          payerId: actor.id,
          recoveries: await recoveriesOf(tx, row.id),
        }),
      );
      const journal = await payJournalOf(tx, row.id);
      if (!journal) throw new Error(`${row.reference} is ${row.state} and has no journal`);
      await this.ledger.reverse(tx, agreement, journal, {
        datedOn: this.clock.today(),
        narrative: `${row.reference} is reversed: ${reason}`,
      });
      await tx.change(Payment, row, { state: PAYMENT.next('reverse', row.state), closed_because: reason });
      await backToApproved(tx, claim, 'reverse-payment');
      return (await payment(tx, id)) as PaymentView;
    });
  }

  private async agreementOf(tx: Tx, claimId: string): Promise<Agreement> {
    const id = await agreementOfClaim(tx, claimId);
    if (!id) throw notFound('claim');
    return tx.lock(Agreement, id, 'agreement');
  }

  /** Locks a payment and what it rests on, in the order in which everybody does. */
  private async standing(tx: Tx, actor: Actor, id: string, revision: number | null): Promise<Standing> {
    requirePermission(actor, 'payment:make');
    const found = await standingOf(tx, id);
    if (!found) throw notFound('payment');
    const agreement = await tx.lock(Agreement, found.agreementId, 'agreement');
    const claim = await tx.lock(Claim, found.claimId, 'claim');
    return { agreement, claim, payment: await tx.lockRevision(Payment, id, revision, 'payment') };
  }

  private async passGate(
    tx: Tx,
    { agreement, claim }: { agreement: Agreement; claim: Claim },
    step: 'schedule' | 'pay',
  ): Promise<string> {
    const tranche = await tx.manager.findOneByOrFail(Tranche, { id: claim.tranche_id });
    const proposedPence = claim.approved_pence as number;
    return this.gates.pass(tx, { agreement, tranche, claim, step, proposedPence });
  }
}

/** Takes a locked claim back to how it was approved: in full, or in part. */
async function backToApproved(tx: Tx, claim: Claim, verb: 'unschedule' | 'reverse-payment'): Promise<void> {
  const state = CLAIM.next(verb, claim.state) && approvedState(claim);
  await tx.change(Claim, claim, { state, state_since: tx.at });
}
