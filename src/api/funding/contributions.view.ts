import { CONTRIBUTION_STATES, VALUATIONS } from '../../funding/match/contribution.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { CostEvidenceView } from './cost-evidence.view.js';

export class AgreementRefView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
}

const AMOUNT = { ...PENCE, example: 12_500_000 };

/** A contribution in a list. */
export class ContributionRowView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MAT-00012' }) reference: string;
  @Shows('The agreement.') agreement: AgreementRefView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The financial year of its line.', { example: '2017/18' }) financialYear: string;
  @Shows('The kind of its line.', { enum: ['capital', 'revenue'], example: 'revenue' }) kind: string;
  @Shows("A code of the agreement's types.", { example: 'staff-release' }) type: string;
  @ShowsOrNull('What the agreement calls it.', String, { example: 'Staff released to the programme' })
  typeLabel: string | null;
  @ShowsOrNull("A code of the agreement's eligible categories; null where it lists none.", String, {
    example: 'staff',
  })
  category: string | null;
  @Shows('What it is.', { example: 'Two ward managers released for the record project' })
  description: string;
  @Shows('How it is valued.', { enum: [...VALUATIONS], example: 'payroll' }) valuation: string;
  @Shows('Where it is in its life.', { enum: [...CONTRIBUTION_STATES], example: 'evidenced' })
  state: string;
  @Shows('Whether it counts toward the match ratio: once it is accepted.', { example: false })
  counts: boolean;
  @ShowsOrNull('When it is expected to be evidenced.', String, DAY) expectedOn: string | null;
  @Shows('What is pledged; once it is evidenced, what counts or is to.', AMOUNT) amountPence: number;
  @ShowsOrNull('The net cost.', Number, AMOUNT) netPence: number | null;
  @ShowsOrNull('The VAT.', Number, { ...PENCE, example: 2_500_000 }) vatPence: number | null;
  @ShowsOrNull('Of the VAT, what is got back; it is no contribution.', Number, { ...PENCE, example: 0 })
  recoverableVatPence: number | null;
  @ShowsOrNull('When the cost arose.', String, DAY) incurredOn: string | null;
  @ShowsOrNull('When it was invoiced.', String, DAY) invoicedOn: string | null;
  @ShowsOrNull('When it was paid.', String, DAY) defrayedOn: string | null;
  @Shows('Whoever recorded it, changed it or uploaded its evidence.', { type: [PersonView] })
  recordedBy: PersonView[];
  @ShowsOrNull('Who evidenced it.', PersonView) evidencedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) evidencedAt: string | null;
  @ShowsOrNull('Who accepted or rejected it.', PersonView) decidedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) decidedAt: string | null;
  @ShowsOrNull('Why.', String, { example: 'The payroll extract agrees with the release letters.' })
  decisionReason: string | null;
  @Shows('How many pieces of evidence count.', { ...WHOLE, example: 2 }) countingEvidence: number;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class ContributionPageView {
  @Shows('The contributions, in the order in which they were recorded.', { type: [ContributionRowView] })
  items: ContributionRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class ContributionView extends ContributionRowView {
  @Shows('Its evidence, oldest first; what counts no more is among it.', { type: [CostEvidenceView] })
  evidence: CostEvidenceView[];
}

export class ProvedContributionView extends ContributionView {
  @Shows('Why it counts, or does not.', {
    example: 'It is evidenced, and waits for somebody at the funder to accept it.',
  })
  because: string;
}
