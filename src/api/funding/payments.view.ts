import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { PAYMENT, PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import { RECOVERY_STATES } from '../../funding/payments/recovery.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const AMOUNT = { ...PENCE, example: 12_500_000 } as const;

export class PaymentAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
}

export class PaymentClaimView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CLM-000012' }) reference: string;
  @Shows('Costs that arose, or an advance.', { enum: ['costs', 'advance'], example: 'costs' }) kind: string;
  @Shows('Where it is in its life.', { enum: [...CLAIM_STATES], example: 'paid' }) state: string;
}

export class PaymentTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number within the agreement.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live' }) name: string;
}

/** Of a payment or a recovery. */
export class PaidLineView {
  @Shows('The financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Capital or revenue.', { enum: ['capital', 'revenue'], example: 'capital' }) kind: string;
  @Shows('How much.', AMOUNT) amountPence: number;
}

class PaymentGateView {
  @Shows('The id of the gate decision that it rests on.', { format: 'uuid' }) id: string;
  @Shows('When it was made: at the scheduling, and anew at the payment.', {
    enum: ['approve', 'schedule', 'pay'],
    example: 'pay',
  })
  step: string;
  @Shows('What opened the gate.', { enum: ['conditions', 'waiver'], example: 'conditions' }) openedBy: string;
}

class PaymentRecoveryView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'REC-00003' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...RECOVERY_STATES], example: 'agreed' }) state: string;
  @Shows('What is asked back.', { ...PENCE, example: 1_250_000 }) amountPence: number;
}

export class PaymentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference, to be given to the bank.', { example: 'PAY-000012' }) reference: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Who is paid.') trust: TrustView;
  @Shows('The agreement that it is paid under.') agreement: PaymentAgreementView;
  @Shows('The claim that it pays.') claim: PaymentClaimView;
  @Shows('The tranche that it comes from.') tranche: PaymentTrancheView;
  @Shows('Where it is in its life.', { enum: [...PAYMENT_STATES], example: 'paid' }) state: string;
  @Shows('All that was approved of the claim.', AMOUNT) amountPence: number;
  @Shows('The amount by funding line.', { type: [PaidLineView] }) lines: PaidLineView[];
  @Shows('The day that it is scheduled for.', { ...DAY, example: '2018-05-20' }) scheduledFor: string;
  @Shows('The day on which it was scheduled.', { ...DAY, example: '2018-05-15' }) scheduledOn: string;
  @Shows('Who scheduled it.') scheduledBy: PersonView;
  @Shows('When.', INSTANT) scheduledAt: string;
  @ShowsOrNull('The day on which the bank paid it.', String, { ...DAY, example: '2018-05-20' })
  paidOn: string | null;
  @ShowsOrNull("The bank's reference.", String, { example: 'FPS 4471 0093' }) bankReference: string | null;
  @ShowsOrNull('Who recorded it as paid.', PersonView) paidBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) recordedAt: string | null;
  @ShowsOrNull('When a line of an extract was matched with it.', String, INSTANT) reconciledAt: string | null;
  @ShowsOrNull('Why it was cancelled or reversed.', String, { example: 'The bank sent it back.' })
  closedBecause: string | null;
  @Shows('The gate decision that it rests on.') gate: PaymentGateView;
  @Shows('What was asked back of it.', { type: [PaymentRecoveryView] }) recoveries: PaymentRecoveryView[];
  @Shows('Whether its agreement was made up to show how the system works.', { example: false })
  illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class PaymentShownView extends PaymentView {
  @Shows('What may happen to it next; an extract that has it reconciles it.', {
    type: [String],
    enum: [...PAYMENT.verbs],
    example: ['reconcile', 'reverse'],
  })
  next: string[];
}

export class PaymentPageView {
  @Shows('The payments, the latest first.', { type: [PaymentView] }) items: PaymentView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
