import { type DateOn, formatDate } from '../../core/calendar.js';
import type { GateStep } from '../gates/gate-match.rules.js';
import type { PaymentState } from './payment.rules.js';

/** A gate decision as it stands to a payment of its claim. */
export interface DecisionFacts {
  id: string;
  step: GateStep;
  openedBy: 'conditions' | 'waiver';
  /** Whether it was made when the payment was scheduled, or before. */
  byScheduling: boolean;
  /** Whether it was made in the transaction that scheduled the payment. */
  withScheduling: boolean;
  /** Whether it was made when the payment was recorded as paid, or before; false where it is not paid. */
  byRecording: boolean;
  /** Whether a waiver that opened it had been withdrawn before. */
  waiverWithdrawn: boolean;
}

/** A payment with the decisions about its claim, by when they were made. */
export interface PaymentGateFacts {
  state: PaymentState;
  scheduledOn: DateOn;
  paidOn: DateOn | null;
  /** The decision that the payment refers to. */
  gateDecisionId: string;
  decisions: readonly DecisionFacts[];
}

/** What is wrong with a payment, for an auditor. */
export interface PaymentException {
  code: string;
  message: string;
}

/** Whether money went out for it. */
const wentOut = ({ state }: PaymentGateFacts): boolean =>
  state === 'paid' || state === 'reconciled' || state === 'reversed';

/** The decisions that let a payment through: of each step the last that was made for it, and in time. */
export function decisionsOf<D extends DecisionFacts>(decisions: readonly D[]): D[] {
  const last = (step: GateStep, inTime: (decision: D) => boolean): D | undefined =>
    decisions.findLast((decision) => decision.step === step && inTime(decision));
  return [
    last('approve', ({ byScheduling }) => byScheduling),
    last('schedule', ({ withScheduling }) => withScheduling),
    last('pay', ({ byScheduling, byRecording }) => byRecording && !byScheduling),
  ].filter((decision) => decision !== undefined);
}

/**
 * Why a payment was made before its gate was passed (domain.md section 9, rule 2, and section 11, auditor 3): it is
 * dated before the day on which it was scheduled, or the decision that it refers to was made after it was recorded.
 */
export function beforeDecision(facts: PaymentGateFacts): PaymentException[] {
  if (!wentOut(facts)) return [];
  const { paidOn, scheduledOn, decisions, gateDecisionId } = facts;
  const decision = decisions.find(({ id }) => id === gateDecisionId);
  const found: PaymentException[] = [];
  if (paidOn !== null && paidOn < scheduledOn)
    found.push({
      code: 'paid-before-scheduled',
      message: `It was paid on ${formatDate(paidOn)}, and its gate was passed for it on ${formatDate(scheduledOn)}.`,
    });
  if (decision && !decision.byRecording)
    found.push({
      code: 'decided-after-payment',
      message: 'The gate decision that it refers to was made after it was recorded as paid.',
    });
  return found;
}

/** Which decisions a payment lacks, and which stand on a waiver that was gone by then. */
export function withoutDecision(facts: PaymentGateFacts): PaymentException[] {
  if (facts.state === 'cancelled') return [];
  const made = decisionsOf(facts.decisions);
  const needed: GateStep[] = wentOut(facts) ? ['approve', 'schedule', 'pay'] : ['approve', 'schedule'];
  const names: Record<GateStep, string> = {
    approve: 'its claim was approved',
    schedule: 'it was scheduled',
    pay: 'it was paid',
  };
  return [
    ...needed
      .filter((step) => !made.some((decision) => decision.step === step))
      .map((step) => ({
        code: 'no-gate-decision',
        message: `No gate decision was made by the time that ${names[step]}.`,
      })),
    ...made
      .filter(({ waiverWithdrawn }) => waiverWithdrawn)
      .map(({ step }) => ({
        code: 'waiver-withdrawn',
        message: `A waiver that opened the gate when ${names[step]} had been withdrawn before.`,
      })),
  ];
}
