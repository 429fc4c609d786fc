import { PersonView, TrustView } from '../common.view.js';
import { DAY, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const KINDS = ['recovery', 'finding', 'recommendation'];

class OverdueActionView {
  @Shows('What it is.', { enum: KINDS }) kind: string;
  @Shows('Its id: of a recovery, or of a finding.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'REC-00002' }) reference: string;
  @ShowsOrNull('The trust that it is about; null where it is about the programme.', TrustView)
  trust: TrustView | null;
  @Shows('Who is to act; for a recovery, the trust that is to pay back.', {
    example: 'Chief information officer, Mersey Care',
  })
  owner: string;
  @Shows('Why the money is asked back, or what was found or advised.', {
    example: 'The invoice is for licences of another programme.',
  })
  statement: string;
  @Shows('The cause of a recovery, or the review that a finding comes from.', { example: 'ineligible' })
  origin: string;
  @Shows('Where it is in its life.', { example: 'agreed' }) state: string;
  @ShowsOrNull('What is to be paid back; null for a finding.', Number, { ...PENCE, example: 1_200_000 })
  amountPence: number | null;
  @Shows('The day by which it was due.', DAY) dueOn: string;
  @Shows('Days since then.', { ...WHOLE, example: 12 }) daysLate: number;
  @Shows('Who raised it.') raisedBy: PersonView;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

class OverdueSumView {
  @Shows('Of what.', { enum: KINDS }) kind: string;
  @Shows('How many are overdue.', { ...WHOLE, example: 2 }) count: number;
  @ShowsOrNull('What recoveries come to; null for the others.', Number, { ...PENCE, example: 2_400_000 })
  amountPence: number | null;
}

export class OverdueActionPageView {
  @Shows('The day as on which they are late.', { ...DAY, example: '2018-10-01' }) asOn: string;
  @Shows('How many there are in all, of each kind.', { type: [OverdueSumView] }) sums: OverdueSumView[];
  @Shows('What is overdue, the longest overdue first.', { type: [OverdueActionView] })
  items: OverdueActionView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
