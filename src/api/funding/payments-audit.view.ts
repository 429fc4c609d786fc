import { PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import { DUTIES } from '../../funding/payments/payment-duties.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { PaymentClaimView, PaymentTrancheView } from './payments.view.js';

class AuditedPaymentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'PAY-000012' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...PAYMENT_STATES], example: 'paid' }) state: string;
  @Shows('How much.', { ...PENCE, example: 12_500_000 }) amountPence: number;
  @Shows('The day on which it was scheduled.', { ...DAY, example: '2018-05-15' }) scheduledOn: string;
  @ShowsOrNull('The day on which it was paid.', String, { ...DAY, example: '2018-05-20' })
  paidOn: string | null;
  @Shows('Who is paid.') trust: TrustView;
  @Shows('The claim that it pays.') claim: PaymentClaimView;
  @Shows('The tranche that it comes from.') tranche: PaymentTrancheView;
  @Shows('Whether its agreement was made up to show how the system works.', { example: false })
  illustrative: boolean;
}

class ExceptionDecisionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What it let through.', { enum: ['approve', 'schedule', 'pay'], example: 'pay' }) step: string;
  @ShowsOrNull('Who let it through.', PersonView) decidedBy: PersonView | null;
  @Shows('When.', INSTANT) decidedAt: string;
}

class ExceptionWaiverView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Why it was granted.', { example: 'The match is agreed and arrives in May.' }) reason: string;
  @Shows('Who gave the authority, and where that is written.', {
    example: 'Programme board, minute 7 of 4 May 2018',
  })
  authority: string;
  @Shows('Who granted it.') grantedBy: PersonView;
}

class ExceptionReasonView {
  @Shows('Stable; programs match on it.', { example: 'match-below-ratio' }) code: string;
  @Shows('In words.', { example: '£5,000 of match is accepted; £10,000 is needed.' }) message: string;
}

class WaivedPaymentView {
  @Shows('The payment.') payment: AuditedPaymentView;
  @Shows('The decision that rested on a waiver.') decision: ExceptionDecisionView;
  @Shows('The waivers that it rested on.', { type: [ExceptionWaiverView] }) waivers: ExceptionWaiverView[];
  @Shows('What they let be.', { type: [ExceptionReasonView] }) waived: ExceptionReasonView[];
}

class ExceptionalPaymentView {
  @Shows('The payment.') payment: AuditedPaymentView;
  @Shows('What is wrong with it.', { type: [ExceptionReasonView] }) reasons: ExceptionReasonView[];
}

class ExceptionsLookedAtView {
  @Shows('How many payments there are, cancelled ones included.', { ...WHOLE, example: 42 }) payments: number;
  @Shows('How many gate decisions there are.', { ...WHOLE, example: 130 }) decisions: number;
}

class FoundPaymentsView {
  @Shows('How many payments there are, whichever page this is.', { ...WHOLE, example: 1 }) count: number;
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class WaivedPaymentsView extends FoundPaymentsView {
  @Shows('A page of them, one entry for each decision.', { type: [WaivedPaymentView] })
  items: WaivedPaymentView[];
}

class ExceptionalPaymentsView extends FoundPaymentsView {
  @Shows('A page of them.', { type: [ExceptionalPaymentView] }) items: ExceptionalPaymentView[];
}

class AdvancesView extends FoundPaymentsView {
  @Shows('A page of them.', { type: [AuditedPaymentView] }) items: AuditedPaymentView[];
}

export class PaymentExceptionsView {
  @Shows('What was looked at.') lookedAt: ExceptionsLookedAtView;
  @Shows('Payments whose gate was opened by a waiver.') openedByWaiver: WaivedPaymentsView;
  @Shows('Payments made before their gate was passed.') beforeDecision: ExceptionalPaymentsView;
  @Shows('Payments that lack a gate decision that stood.') withoutDecision: ExceptionalPaymentsView;
  @Shows('Payments in advance of costs, which no match has to go with.') advances: AdvancesView;
}

const DUTY = { enum: [...DUTIES], example: 'approver' } as const;

class DutyPeopleView {
  @Shows('What they did.', DUTY) duty: string;
  @Shows('Who did it; nobody where it is empty.', { type: [PersonView] }) people: PersonView[];
}

class PaidClaimView {
  @Shows('The payment, with the claim that it pays.') payment: AuditedPaymentView;
  @Shows('Who did what, in the order in which it is done.', { type: [DutyPeopleView] })
  duties: DutyPeopleView[];
}

class DutyBreachView {
  @Shows('The payment, with the claim that it pays.') payment: AuditedPaymentView;
  @Shows('What is wrong.', {
    enum: ['same-person', 'duty-missing', 'second-approval-missing', 'write-off-by-raiser'],
    example: 'same-person',
  })
  code: string;
  @Shows('In words.', { example: 'Amina Hussain was payer and approver.' }) message: string;
  @Shows('The duties that should have been apart, or that nobody had.', {
    type: [String],
    ...DUTY,
    example: ['payer', 'approver'],
  })
  duties: string[];
  @Shows('Who had them.', { type: [PersonView] }) people: PersonView[];
}

class DutyOverrideView extends ExceptionWaiverView {
  @Shows('The payment, with the claim that it pays.') payment: AuditedPaymentView;
  @Shows('What else whoever granted it did for the claim.', { type: [String], ...DUTY, example: [] })
  granterAlso: string[];
}

class DutiesLookedAtView {
  @Shows('How many claims there are.', { ...WHOLE, example: 60 }) claims: number;
  @Shows('How many of them are paid: those that were looked at.', { ...WHOLE, example: 41 })
  paidClaims: number;
}

class DutyBreachesView {
  @Shows('How many paid claims have one, whichever page this is.', { ...WHOLE, example: 0 }) count: number;
  @Shows('Those in a page of claims, one entry for each.', { type: [DutyBreachView] })
  items: DutyBreachView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class DutyOverridesView {
  @Shows('How many there are in all, each once for a claim, whichever page this is.', {
    ...WHOLE,
    example: 1,
  })
  count: number;
  @Shows('Those in a page of claims.', { type: [DutyOverrideView] }) items: DutyOverrideView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class SeparationOfDutiesView {
  @Shows('What was looked at.') lookedAt: DutiesLookedAtView;
  @Shows('Every break of the separation of duties, in all paid claims.') breaches: DutyBreachesView;
  @Shows('Every waiver that opened a gate, in all paid claims.') overrides: DutyOverridesView;
  @Shows('The paid claims, with who did what.', { type: [PaidClaimView] }) items: PaidClaimView[];
  @ShowsOrNull('The cursor of the next page of paid claims.', String) next: string | null;
}
