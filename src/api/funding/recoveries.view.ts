import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { RECOVERY, RECOVERY_CAUSES, RECOVERY_STATES } from '../../funding/payments/recovery.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { PaidLineView, PaymentAgreementView } from './payments.view.js';

class RecoveredClaimView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CLM-000012' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...CLAIM_STATES], example: 'recovery-raised' }) state: string;
}

class RecoveredPaymentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'PAY-000012' }) reference: string;
  @Shows('All that was paid.', { ...PENCE, example: 12_500_000 }) amountPence: number;
}

export class RecoveryView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'REC-00003' }) reference: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Who is to pay back.') trust: TrustView;
  @Shows('The agreement that it was paid under.') agreement: PaymentAgreementView;
  @Shows('The claim that it was paid for.') claim: RecoveredClaimView;
  @Shows('The payment.') payment: RecoveredPaymentView;
  @Shows('Why money is asked back.', { enum: [...RECOVERY_CAUSES], example: 'ineligible' }) cause: string;
  @Shows('In words.', { example: 'Two invoices are for training, which is not eligible.' }) reason: string;
  @Shows('Where it is in its life.', { enum: [...RECOVERY_STATES], example: 'raised' }) state: string;
  @Shows('What is asked back.', { ...PENCE, example: 1_250_000 }) amountPence: number;
  @Shows('The day by which it is to be back.', { ...DAY, example: '2018-06-30' }) dueOn: string;
  @Shows('Whether that day has passed and it is neither back nor written off.', { example: false })
  overdue: boolean;
  @Shows('Who raised it.') raisedBy: PersonView;
  @Shows('When.', INSTANT) raisedAt: string;
  @ShowsOrNull('Who agreed to it for the trust.', PersonView) agreedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) agreedAt: string | null;
  @ShowsOrNull('Who recorded the receipt, wrote it off or withdrew it.', PersonView)
  closedBy: PersonView | null;
  @ShowsOrNull(
    'The day on which the money came back, was written off, or the recovery was withdrawn.',
    String,
    {
      ...DAY,
      example: '2018-06-21',
    },
  )
  closedOn: string | null;
  @ShowsOrNull("The bank's reference of the receipt.", String, { example: 'BACS 20180621 0042' })
  receiptReference: string | null;
  @ShowsOrNull('Who allowed a write-off, and where that is written.', String, {
    example: 'Director of finance, letter of 2 July 2018',
  })
  authority: string | null;
  @ShowsOrNull('Why it was written off or withdrawn.', String, { example: 'The supplier is insolvent.' })
  closedBecause: string | null;
  @Shows('What came back or was written off of each funding line; none before.', { type: [PaidLineView] })
  lines: PaidLineView[];
  @Shows('Whether its agreement was made up to show how the system works.', { example: false })
  illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class RecoveryShownView extends RecoveryView {
  @Shows('What may happen to it next.', {
    type: [String],
    enum: [...RECOVERY.verbs],
    example: ['agree', 'write-off', 'withdraw'],
  })
  next: string[];
}

export class RecoveryPageView {
  @Shows('The recoveries, the first due first.', { type: [RecoveryView] }) items: RecoveryView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
