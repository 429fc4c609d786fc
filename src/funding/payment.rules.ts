import { defineTransitions } from '../core/transitions.js';

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
