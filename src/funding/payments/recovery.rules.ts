import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { formatPounds, type Pence, splitPence, sumPence } from '../../core/money.js';
import { defineTransitions } from '../../core/transitions.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import { CLAIM } from '../claims/claim.rules.js';
import { type ClaimState } from '../claims/claim-states.js';
import { heldBlockers, type PaymentState } from './payment.rules.js';

/** The states of a recovery (domain.md sections 8 and 10). */
export const RECOVERY_STATES = ['raised', 'agreed', 'recovered', 'written-off', 'withdrawn'] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

export type RecoveryVerb = 'agree' | 'recover' | 'write-off' | 'withdraw';

/** A recovery's life. */
export const RECOVERY = defineTransitions<RecoveryState, RecoveryVerb>(
  'recovery',
  'raised',
  RECOVERY_STATES,
  {
    agree: { from: ['raised'], to: 'agreed' },
    recover: { from: ['agreed'], to: 'recovered' },
    'write-off': { from: ['raised', 'agreed'], to: 'written-off' },
    withdraw: { from: ['raised'], to: 'withdrawn' },
  },
);

/** Why money is asked back (domain.md section 8). */
export const RECOVERY_CAUSES = ['ineligible', 'unmatched', 'misused', 'overpaid'] as const;
export type RecoveryCause = (typeof RECOVERY_CAUSES)[number];

/**
 * What blocks a recovery from being raised: the claim is paid, none is open, and no more is asked back than is left
 * of what was paid.
 * @param raising.leftPence what was paid of the claim, less what was recovered and written off
 */
export function raisingBlockers(raising: {
  claimState: ClaimState;
  agreement: { state: AgreementState; reference: string };
  amountPence: Pence;
  leftPence: Pence;
  dueOn: DateOn;
  today: DateOn;
}): Blocker[] {
  const { claimState, amountPence, leftPence, dueOn, today } = raising;
  const open = claimState === 'recovery-raised' || claimState === 'recovery-agreed';
  const state = CLAIM.blockers('raise-recovery', claimState);
  return [
    ...(open
      ? [
          {
            code: 'recovery-open',
            message: 'A recovery of this claim is open already. End it first, then raise the next.',
            pointer: '/state',
          },
        ]
      : state),
    ...heldBlockers(raising.agreement),
    ...blockers(
      amountPence < 1 && {
        code: 'amount-missing',
        message: 'A recovery asks one penny or more back.',
        pointer: '/amountPence',
      },
      state.length === 0 &&
        amountPence > leftPence && {
          code: 'more-than-paid',
          message: `${formatPounds(leftPence)} is left of what was paid of this claim; ${formatPounds(amountPence)} is more.`,
          pointer: '/amountPence',
        },
      dueOn < today && {
        code: 'due-in-past',
        message: `${formatDate(dueOn)} has passed. Give the trust until today or a later day.`,
        pointer: '/dueOn',
      },
    ),
  ];
}

/** What blocks a receipt: the trust agreed, and the money came back after it was paid and before today ends. */
export function receiptBlockers(receipt: {
  state: RecoveryState;
  agreement: { state: AgreementState; reference: string };
  receivedOn: DateOn;
  paidOn: DateOn;
  today: DateOn;
}): Blocker[] {
  const { receivedOn, paidOn, today } = receipt;
  return [
    ...RECOVERY.blockers('recover', receipt.state),
    ...heldBlockers(receipt.agreement),
    ...blockers(
      receivedOn > today && {
        code: 'received-in-future',
        message: `${formatDate(receivedOn)} is still to come. Record the receipt once the money is there.`,
        pointer: '/receivedOn',
      },
      receivedOn < paidOn && {
        code: 'received-before-paid',
        message: `It was paid on ${formatDate(paidOn)}, so it cannot have come back on ${formatDate(receivedOn)}. Check the day.`,
        pointer: '/receivedOn',
      },
    ),
  ];
}

/** What blocks a write-off: it is decided by another person than whoever raised the recovery. */
export function writeOffBlockers(writeOff: {
  state: RecoveryState;
  agreement: { state: AgreementState; reference: string };
  raiserId: string;
  actorId: string;
}): Blocker[] {
  return [
    ...RECOVERY.blockers('write-off', writeOff.state),
    ...heldBlockers(writeOff.agreement),
    ...blockers(
      writeOff.raiserId === writeOff.actorId && {
        code: 'write-off-by-raiser',
        message: 'You raised this recovery, so somebody else must write it off.',
      },
    ),
  ];
}

/**
 * What a claim is once a recovery is taken back: what it was before. An earlier recovery that ended says so, and
 * otherwise the payment.
 * @param others the states of the payment's other recoveries, oldest first
 */
export function stateWithoutRecovery(others: readonly RecoveryState[], payment: PaymentState): ClaimState {
  const ended = others.findLast((state) => state === 'recovered' || state === 'written-off');
  return (
    (ended as 'recovered' | 'written-off' | undefined) ?? (payment === 'reconciled' ? 'reconciled' : 'paid')
  );
}

/**
 * How an amount goes over the lines of a claim: in proportion to what is still paid of each, to the penny, and never
 * more than that of any (DESIGN.md, Money).
 * @param amountPence above zero
 * @param paid what is still paid of each funding line; together at least the amount
 * @throws RangeError where there is less, or no amount: ask the blockers first
 */
export function splitOverLines(
  amountPence: Pence,
  paid: ReadonlyArray<{ lineId: string; paidPence: Pence }>,
): Array<{ lineId: string; amountPence: Pence }> {
  const there = sumPence(paid.map(({ paidPence }) => paidPence));
  if (amountPence < 1 || amountPence > there)
    throw new RangeError(`${amountPence} of ${there} pence cannot be taken from a claim`);
  const parts = splitPence(
    amountPence,
    paid.map(({ paidPence }) => paidPence),
  );
  return paid
    .map(({ lineId }, index) => ({ lineId, amountPence: parts[index] as Pence }))
    .filter((part) => part.amountPence > 0);
}
