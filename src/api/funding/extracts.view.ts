import { DAYS_APART, EXTRACT_ORIGINS, EXTRACT_RESULTS } from '../../funding/payments/extract.rules.js';
import { PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class ExtractCountsView {
  @Shows('Lines that are payments as Exemplar has them.', { ...WHOLE, example: 14 }) matched: number;
  @Shows('Lines that name a payment of another amount or day, or one that is not paid.', {
    ...WHOLE,
    example: 1,
  })
  differs: number;
  @Shows('Lines that are no payment in Exemplar.', { ...WHOLE, example: 1 }) missingInExemplar: number;
  @Shows('Payments of these days that no line names.', { ...WHOLE, example: 0 }) missingInExtract: number;
}

export class ExtractSummaryView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Whose it is.', { enum: [...EXTRACT_ORIGINS], example: 'bank' }) origin: string;
  @Shows("The file's name, cleaned.", { example: 'may-2018.csv' }) fileName: string;
  @Shows('SHA-256 of its bytes, in hexadecimal.', {
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  sha256: string;
  @Shows('The first day of its lines.', { ...DAY, example: '2018-05-01' }) fromOn: string;
  @Shows('The last.', { ...DAY, example: '2018-05-31' }) toOn: string;
  @Shows('How many lines it has below its header.', { ...WHOLE, example: 16 }) lines: number;
  @Shows('What became of its lines, and of the payments of its days.') counts: ExtractCountsView;
  @Shows('Who uploaded it.') uploadedBy: PersonView;
  @Shows('When.', INSTANT) uploadedAt: string;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

class ExtractPaymentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'PAY-000012' }) reference: string;
  @Shows('Where it is in its life now.', { enum: [...PAYMENT_STATES], example: 'reconciled' }) state: string;
  @ShowsOrNull('The day on which it was paid, as Exemplar has it.', String, { ...DAY, example: '2018-05-20' })
  paidOn: string | null;
  @Shows('How much, as Exemplar has it.', { ...PENCE, example: 12_500_000 }) amountPence: number;
  @Shows('Who was paid.') trust: TrustView;
}

class ExtractItemView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @ShowsOrNull('The line of the file, from 1; null for a payment that no line names.', Number, {
    ...WHOLE,
    example: 17,
  })
  line: number | null;
  @ShowsOrNull('The day on which it was booked.', String, { ...DAY, example: '2018-05-21' })
  bookedOn: string | null;
  @ShowsOrNull('What the file says it is for.', String, { example: 'PAY-000012 NHS ENGLAND' })
  reference: string | null;
  @ShowsOrNull('Who was paid, as the file says.', String, { example: 'MERSEY CARE NHS FT' }) payee:
    | string
    | null;
  @ShowsOrNull('How much, as the file says.', Number, { ...PENCE, example: 12_500_000 })
  amountPence: number | null;
  @ShowsOrNull('The payment; null where Exemplar has none.', ExtractPaymentView)
  payment: ExtractPaymentView | null;
  @Shows('What became of it.', { enum: [...EXTRACT_RESULTS], example: 'matched' }) result: string;
  @Shows('What matches, differs or is missing, with both figures.', {
    example: 'PAY-000012, £125,000, paid on 20 May 2018.',
  })
  explanation: string;
}

export class ExtractView extends ExtractSummaryView {
  @Shows('How many days a line may be apart from its payment.', { ...WHOLE, example: DAYS_APART })
  daysApart: number;
  @Shows('A page of its lines in their order, and after them of the payments that no line names.', {
    type: [ExtractItemView],
  })
  items: ExtractItemView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class ExtractPageView {
  @Shows('The extracts, newest first.', { type: [ExtractSummaryView] }) items: ExtractSummaryView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
