import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { formatPounds, type Pence, sumPence } from '../../core/money.js';
import { defineTransitions } from '../../core/transitions.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import { CLAIM, type ClaimPeople, dutyBlockers } from '../claims/claim.rules.js';
import { type ClaimState } from '../claims/claim-states.js';

/** The states of a payment (domain.md section 8). */
export const PAYMENT_STATES = ['scheduled', 'paid', 'reconciled', 'cancelled', 'reversed'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export type PaymentVerb = 'pay' | 'reconcile' | 'cancel' | 'reverse';

/** A payment's life. One that did not arrive, or was recorded by mistake, is reversed, and another is scheduled. */
export const PAYMENT = defineTransitions<PaymentState, PaymentVerb>('payment', 'scheduled', PAYMENT_STATES, {
  pay: { from: ['scheduled'], to: 'paid' },
  reconcile: { from: ['paid'], to: 'reconciled' },
  cancel: { from: ['scheduled'], to: 'cancelled' },
  reverse: { from: ['paid', 'reconciled'], to: 'reversed' },
});

/** A novated agreement holds no money: what was paid under it stands in the ledger of the one that took it over. */
export function heldBlockers({ state, reference }: { state: AgreementState; reference: string }): Blocker[] {
  return blockers(
    state === 'novated' && {
      code: 'agreement-novated',
      message: `${reference} was novated, and what was paid under it went with it: nothing of that is reversed or asked back here.`,
    },
  );
}

/**
 * What blocks a payment from being scheduled, beside its gate: whoever prepared, certified or approved the claim does
 * not pay it (domain.md section 9, rule 5), and nothing is scheduled for a day that has passed.
 * @param scheduling.approvedPence null where nothing was decided yet
 * @param scheduling.linesPence what was approved of the lines of the claim's current version
 */
export function schedulingBlockers(scheduling: {
  claimState: ClaimState;
  approvedPence: Pence | null;
  linesPence: readonly Pence[];
  people: ClaimPeople;
  payerId: string;
  scheduledFor: DateOn;
  today: DateOn;
}): Blocker[] {
  const { claimState, approvedPence, linesPence, scheduledFor, today } = scheduling;
  const state = CLAIM.blockers('schedule', claimState);
  const lines = sumPence(linesPence);
  return [
    ...state,
    ...dutyBlockers('pay', scheduling.payerId, scheduling.people),
    ...blockers(
      state.length === 0 &&
        !approvedPence && {
          code: 'nothing-approved',
          message: 'Nothing was approved of this claim, so there is nothing to pay.',
        },
      state.length === 0 &&
        lines !== (approvedPence ?? 0) && {
          code: 'lines-do-not-add-up',
          message: `${formatPounds(lines)} is approved of its lines and ${formatPounds(approvedPence ?? 0)} of the claim. Have the approval put right first.`,
        },
      scheduledFor < today && {
        code: 'scheduled-in-past',
        message: `${formatDate(scheduledFor)} has passed. Choose today or a later day.`,
        pointer: '/scheduledFor',
      },
    ),
  ];
}

/** A bank reference as it is compared: its letters and digits, in lower case. The database keeps it unique as this. */
export function bankKey(reference: string): string {
  return reference.replaceAll(/[^A-Za-z0-9]+/g, '').toLowerCase();
}

/**
 * What blocks a payment from being recorded as paid, beside its gate.
 * @param record.takenBy the payment of the programme that stands with this bank reference already
 */
export function recordBlockers(record: {
  state: PaymentState;
  people: ClaimPeople;
  payerId: string;
  scheduledOn: DateOn;
  paidOn: DateOn;
  today: DateOn;
  bankReference: string;
  takenBy: { id: string; reference: string } | null;
}): Blocker[] {
  const { scheduledOn, paidOn, today, takenBy } = record;
  return [
    ...PAYMENT.blockers('pay', record.state),
    ...dutyBlockers('pay', record.payerId, record.people),
    ...blockers(
      paidOn > today && {
        code: 'paid-in-future',
        message: `${formatDate(paidOn)} is still to come. Record the payment once the bank has made it.`,
        pointer: '/paidOn',
      },
      paidOn < scheduledOn && {
        code: 'paid-before-scheduled',
        message: `It was scheduled on ${formatDate(scheduledOn)}, and nothing is paid before that. Check the day.`,
        pointer: '/paidOn',
      },
      bankKey(record.bankReference) === '' && {
        code: 'bank-reference-empty',
        message: 'A bank reference has a letter or a digit. Copy it from the bank.',
        pointer: '/bankReference',
      },
      takenBy && {
        code: 'bank-reference-taken',
        message: `The payment ${takenBy.reference} has this bank reference already. Each payment has its own.`,
        pointer: '/bankReference',
        about: { kind: 'payment', id: takenBy.id, name: takenBy.reference },
      },
    ),
  ];
}

/** What blocks a cancellation. */
export function cancellationBlockers(cancellation: {
  state: PaymentState;
  people: ClaimPeople;
  payerId: string;
}): Blocker[] {
  const { state, people, payerId } = cancellation;
  return [...PAYMENT.blockers('cancel', state), ...dutyBlockers('pay', payerId, people)];
}

/** What blocks a reversal: money that is asked back, or came back, did arrive. */
export function reversalBlockers(reversal: {
  state: PaymentState;
  agreement: { state: AgreementState; reference: string };
  people: ClaimPeople;
  payerId: string;
  /** That are not withdrawn. */
  recoveries: ReadonlyArray<{ id: string; reference: string }>;
}): Blocker[] {
  return [
    ...PAYMENT.blockers('reverse', reversal.state),
    ...dutyBlockers('pay', reversal.payerId, reversal.people),
    ...heldBlockers(reversal.agreement),
    ...reversal.recoveries.map(({ id, reference }) => ({
      code: 'recovery-stands',
      message: `The recovery ${reference} rests on this payment, so it arrived.`,
      about: { kind: 'recovery', id, name: reference },
      clearedBy: `Withdraw ${reference}, where it is only raised.`,
    })),
  ];
}

/** How much of each funding line a claim is paid: what was approved of its lines, by funding line, without zeros. */
export function paidByLine(
  lines: ReadonlyArray<{ lineId: string; approvedPence: Pence | null }>,
): Array<{ lineId: string; amountPence: Pence }> {
  const sums = new Map<string, Pence>();
  for (const { lineId, approvedPence } of lines)
    sums.set(lineId, sumPence([sums.get(lineId) ?? 0, approvedPence ?? 0]));
  return [...sums]
    .filter(([, amountPence]) => amountPence > 0)
    .map(([lineId, amountPence]) => ({ lineId, amountPence }));
}
