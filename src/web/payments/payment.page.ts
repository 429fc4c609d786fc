import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import { CLAIM } from '../../funding/claims/claim.rules.js';
import type { ClaimStep } from '../../funding/claims/claim-steps.rules.js';
import type { ShownClaim } from '../../funding/claims/claims.reader.js';
import type { PassageView } from '../../funding/gates/gate.service.js';
import { cancellationBlockers, PAYMENT, type PaymentVerb } from '../../funding/payments/payment.rules.js';
import type { ShownPayment } from '../../funding/payments/payments.reader.js';
import { peopleIds } from '../claims/claim-step.page.js';
import { day, instant, pounds, words } from '../page/format.js';
import type { Link, Page } from '../page/page.js';
import { type Step, stepPage } from '../page/step.js';
import { money, state, table, text } from '../page/table.js';
import { paymentTag, recoveryTag } from './payment.words.js';

/** A step of a payment that a person takes; an extract reconciles it. */
export type PaymentStep = Exclude<PaymentVerb, 'reconcile'>;

/** What a step of a payment is to its claim. */
const OF_CLAIM: Record<PaymentStep, ClaimStep> = {
  pay: 'pay',
  cancel: 'unschedule',
  reverse: 'reverse-payment',
};

/** Every step of a payment: what it means, what it asks, and what is said when it is done. */
export const PAYMENT_STEPS: Record<PaymentStep, (payment: ShownPayment, today: DateOn) => Step> = {
  pay: ({ amountPence, scheduledFor }, today) => ({
    title: 'Record the payment',
    explains: [
      `Say that the bank paid ${pounds(amountPence)}. The gate of the tranche is looked at once more: what held when it was scheduled may not hold now.`,
    ],
    fields: [
      {
        kind: 'day',
        name: 'paidOn',
        label: 'Day on which the bank paid it',
        value: scheduledFor <= today ? scheduledFor : today,
      },
      {
        kind: 'text',
        name: 'bankReference',
        label: 'Bank reference',
        hint: 'As the bank gives it. No other payment of the programme has it.',
        max: 100,
      },
    ],
    button: 'Record it',
    notice: 'The payment is recorded.',
  }),
  cancel: () => ({
    title: 'Cancel the payment',
    explains: [
      'The claim is approved, as before, and can be scheduled anew. A payment that is cancelled stays on record.',
    ],
    fields: [{ kind: 'textarea', name: 'reason', label: 'Reason' }],
    button: 'Cancel the payment',
    warning: true,
    notice: 'The payment was cancelled.',
  }),
  reverse: () => ({
    title: 'Reverse the payment',
    explains: [
      'For a payment that did not arrive, or was recorded by mistake: its postings are mirrored, and the claim is approved, as before.',
      'Where the money arrived and is to come back, ask it back from the page of the claim instead.',
    ],
    fields: [{ kind: 'textarea', name: 'reason', label: 'Reason' }],
    button: 'Reverse the payment',
    warning: true,
    notice: 'The payment was reversed.',
  }),
};

const WORDS: Record<PaymentStep, string> = {
  pay: 'Record the payment',
  cancel: 'Cancel it',
  reverse: 'Reverse it',
};

/** Whether a step is open to the reader of the claim: by the payment's state, and by role and what they did before. */
const isOpen = (step: PaymentStep, payment: ShownPayment, claim: ShownClaim): boolean =>
  payment.next.includes(step) && claim.next.includes(OF_CLAIM[step]);

function actionsOf(payment: ShownPayment, claim: ShownClaim): { forward: Link[]; others: Link[] } {
  const open = (Object.keys(WORDS) as PaymentStep[]).filter((step) => isOpen(step, payment, claim));
  const link = (step: PaymentStep): Link => ({
    text: WORDS[step],
    href: `/payments/${payment.id}/steps/${step}`,
  });
  return {
    forward: open.filter((step) => step === 'pay').map(link),
    others: open.filter((step) => step !== 'pay').map(link),
  };
}

/** The way to a page below a payment's. */
export const paymentTrail = ({
  programme,
  id,
  reference,
}: Pick<ShownPayment, 'programme' | 'id' | 'reference'>): Link[] => [
  { text: 'Payments', href: `/programmes/${programme}/payments` },
  { text: reference, href: `/payments/${id}` },
];

const factsOf = (payment: ShownPayment) => [
  { label: 'Claim', value: payment.claim.reference, href: `/claims/${payment.claim.id}` },
  { label: 'Agreement', value: payment.agreement.reference, href: `/agreements/${payment.agreement.id}` },
  { label: 'Tranche', value: `${payment.tranche.number}, ${payment.tranche.name}` },
  { label: 'Scheduled for', value: day(payment.scheduledFor) },
  { label: 'Scheduled by', value: `${payment.scheduledBy.name}, ${instant(payment.scheduledAt)}` },
  ...(payment.paidOn ? [{ label: 'Paid on', value: day(payment.paidOn) }] : []),
  ...(payment.bankReference ? [{ label: 'Bank reference', value: payment.bankReference }] : []),
  ...(payment.paidBy
    ? [{ label: 'Recorded by', value: `${payment.paidBy.name}, ${instant(payment.recordedAt)}` }]
    : []),
  ...(payment.reconciledAt ? [{ label: 'Found in an extract', value: instant(payment.reconciledAt) }] : []),
  ...(payment.closedBecause ? [{ label: `Why it was ${payment.state}`, value: payment.closedBecause }] : []),
  {
    label: 'Gate',
    value: payment.gate.openedBy === 'waiver' ? 'Opened by a waiver' : 'Open by its conditions',
  },
];

/** The page of a payment, with the steps that are open to its reader. */
export function paymentPage(payment: ShownPayment, claim: ShownClaim): Page {
  return {
    view: 'payments/payment.njk',
    title: `Payment ${payment.reference}`,
    caption: payment.trust.name,
    trail: paymentTrail(payment).slice(0, 1),
    tables: [
      table<ShownPayment['lines'][number]>({
        id: 'lines',
        caption: 'By line of the award',
        rows: payment.lines,
        columns: [
          text('Financial year', ({ financialYear }) => financialYear),
          text('Kind', ({ kind }) => words(kind)),
          money('Amount', ({ amountPence }) => amountPence),
        ],
        empty: 'It is of no line.',
      }),
      table<ShownPayment['recoveries'][number]>({
        id: 'recoveries',
        caption: 'Recoveries',
        rows: payment.recoveries,
        columns: [
          text('Recovery', ({ reference }) => reference, { href: ({ id }) => `/recoveries/${id}` }),
          state('State', (row) => recoveryTag(row.state)),
          money('Amount', ({ amountPence }) => amountPence),
        ],
        empty: 'Nothing of it was asked back.',
      }),
    ],
    model: {
      payment,
      tag: paymentTag(payment.state),
      facts: factsOf(payment),
      actions: actionsOf(payment, claim),
      chain: `/payments/${payment.id}/chain`,
    },
  };
}

/** Why a step is not open: the payment's state, and what its reader did with the claim. */
function closedBecause(
  step: PaymentStep,
  payment: ShownPayment,
  claim: ShownClaim,
  actorId: string,
): Blocker[] {
  if (isOpen(step, payment, claim)) return [];
  const people = peopleIds(claim);
  const [ofState, ofPeople] = [
    PAYMENT.blockers(step, payment.state),
    cancellationBlockers({ state: 'scheduled', people, payerId: actorId }),
  ];
  const found = [...ofState, ...ofPeople];
  return found.length > 0 ? found : CLAIM.blockers('reverse-payment', claim.state);
}

/** The page of a step of a payment, with what is in its way. */
export function paymentStepPage(
  payment: ShownPayment,
  step: PaymentStep,
  at: { claim: ShownClaim; actorId: string; today: DateOn; passage: PassageView | null },
): Page {
  const closed = closedBecause(step, payment, at.claim, at.actorId);
  const page = stepPage(PAYMENT_STEPS[step](payment, at.today), {
    action: `/payments/${payment.id}/steps/${step}`,
    caption: `Payment ${payment.reference}, ${payment.trust.name}`,
    revision: payment.revision,
    trail: paymentTrail(payment),
    facts: [
      { label: 'Amount', value: pounds(payment.amountPence) },
      { label: 'Claim', value: payment.claim.reference },
      { label: 'Scheduled for', value: day(payment.scheduledFor) },
      ...(at.passage ? [{ label: 'Match', value: at.passage.match.explanation }] : []),
    ],
    back: `/payments/${payment.id}`,
  });
  return {
    ...page,
    view: 'claims/step.njk',
    model: {
      ...page.model,
      closed: closed.length > 0,
      blockers: closed.length > 0 ? closed : (at.passage?.blockers ?? []),
    },
  };
}
