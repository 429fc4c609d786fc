import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { EXTRACT_ORIGINS, EXTRACT_RESULTS } from '../../funding/payments/extract.rules.js';
import { MILESTONE_STATES } from '../../milestones/milestone.rules.js';
import { PersonView, SourcedView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { ClaimLineView, ClaimPeopleView } from './claims.view.js';
import { CostEvidenceView } from './cost-evidence.view.js';
import { WaivedBlockerView } from './gates.view.js';
import { JournalView } from './ledger.view.js';
import { PaymentAgreementView, PaymentView } from './payments.view.js';
import { RecoveryView } from './recoveries.view.js';

class ChainAwardView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The grant.', PENCE) grantPence: number;
  @Shows('The match.', PENCE) matchPence: number;
  @Shows('Where the figures come from.') sourced: SourcedView;
}

class ChainChangeView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CR-00004' }) reference: string;
}

class ChainVersionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number.', WHOLE) number: number;
  @Shows('From which day it is in force.', { ...DAY, example: '2017-06-01' }) effectiveOn: string;
  @ShowsOrNull('Who prepared it; null where you may not know them.', PersonView)
  preparedBy: PersonView | null;
  @Shows('When.', INSTANT) preparedAt: string;
  @ShowsOrNull('Who approved it.', PersonView) approvedBy: PersonView | null;
  @Shows('When.', INSTANT) approvedAt: string;
  @ShowsOrNull('Who signed it for the trust; a variation is not signed.', PersonView)
  signedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) signedAt: string | null;
  @ShowsOrNull('The change request that made it; null for a first version.', ChainChangeView)
  changeRequest: ChainChangeView | null;
}

class ChainAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
  @Shows('Where it is in its life now.', { enum: [...AGREEMENT_STATES], example: 'active' }) state: string;
  @ShowsOrNull('The agreement that it took over.', PaymentAgreementView)
  predecessor: PaymentAgreementView | null;
  @ShowsOrNull('The version that was in force on the day of the payment.', ChainVersionView)
  version: ChainVersionView | null;
}

class ChainEvidenceView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows("The file's name.", { example: 'go-live-minutes.pdf' }) fileName: string;
  @Shows('SHA-256 of its bytes, in hexadecimal.', {
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  sha256: string;
  @ShowsOrNull('Who uploaded it; null where you may not know them.', PersonView)
  uploadedBy: PersonView | null;
  @Shows('When.', INSTANT) uploadedAt: string;
}

class ChainMilestoneView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code, as returns name it.', { example: 'shared-record/go-live' }) code: string;
  @Shows('Its name.', { example: 'Go-live on all wards' }) name: string;
  @Shows('Where it is in its life now.', { enum: [...MILESTONE_STATES], example: 'met' }) state: string;
  @ShowsOrNull('The day on which it was met.', String, { ...DAY, example: '2018-03-20' }) actualOn:
    | string
    | null;
  @Shows('Its evidence.', { type: [ChainEvidenceView] }) evidence: ChainEvidenceView[];
}

class ChainTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number within the agreement.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live' }) name: string;
  @Shows('An advance is paid before costs arise; the others on what was delivered.', {
    enum: ['advance', 'delivery'],
    example: 'delivery',
  })
  basis: string;
  @Shows('The day that it is planned for.', DAY) plannedOn: string;
  @Shows('Its grant.', { ...PENCE, example: 100_000_000 }) grantPence: number;
  @Shows('The milestones that it rests on.', { type: [ChainMilestoneView] }) milestones: ChainMilestoneView[];
}

class ChainWaiverView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The codes of the blockers that it waives.', { type: [String], example: ['match-below-ratio'] })
  codes: string[];
  @Shows('Why it was granted.', { example: 'The match is agreed and arrives in May.' }) reason: string;
  @Shows('Who gave the authority, and where that is written.', {
    example: 'Programme board, minute 7 of 4 May 2018',
  })
  authority: string;
  @ShowsOrNull('Who granted it.', PersonView) grantedBy: PersonView | null;
  @Shows('When.', INSTANT) grantedAt: string;
  @ShowsOrNull('The last day on which it counts.', String, DAY) expiresOn: string | null;
  @ShowsOrNull('When it was withdrawn.', String, INSTANT) withdrawnAt: string | null;
}

class ChainDecisionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What it let through.', { enum: ['approve', 'schedule', 'pay'], example: 'approve' }) step: string;
  @Shows('What opened the gate.', { enum: ['conditions', 'waiver'], example: 'conditions' }) openedBy: string;
  @ShowsOrNull('Who let it through.', PersonView) decidedBy: PersonView | null;
  @Shows('When.', INSTANT) decidedAt: string;
  @Shows('All that was looked at: the day, the agreement, the grant and the match so far, the milestones.', {
    type: 'object',
    additionalProperties: true,
    example: { on: '2018-05-15', step: 'approve', proposedPence: 12_500_000 },
  })
  facts: object;
  @Shows('What would have kept it shut, with the waiver that let it be.', { type: [WaivedBlockerView] })
  waived: WaivedBlockerView[];
  @Shows('The waivers that it rested on, as they are now.', { type: [ChainWaiverView] })
  waivers: ChainWaiverView[];
}

class ChainClaimView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CLM-000123' }) reference: string;
  @Shows('Costs that arose, or an advance.', { enum: ['costs', 'advance'], example: 'costs' }) kind: string;
  @Shows('Where it is in its life.', { enum: [...CLAIM_STATES], example: 'reconciled' }) state: string;
  @Shows('The version that was approved.', WHOLE) version: number;
  @Shows('What it is for.', { example: 'Costs of the shared record, January to March' }) description: string;
  @Shows('What its lines came to.', { ...PENCE, example: 12_500_000 }) claimedPence: number;
  @ShowsOrNull('What was approved of it.', Number, { ...PENCE, example: 12_500_000 }) approvedPence:
    | number
    | null;
  @Shows('Who did what with it, and when.') people: ClaimPeopleView;
  @Shows('Its lines.', { type: [ClaimLineView] }) lines: ClaimLineView[];
  @Shows('What proves its costs; what counts no more is among it.', { type: [CostEvidenceView] })
  evidence: CostEvidenceView[];
}

class ChainExtractView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @ShowsOrNull('Whose it is; null where it is not yours to see.', String, { enum: [...EXTRACT_ORIGINS] })
  origin: string | null;
  @ShowsOrNull("The file's name; null where it is not yours to see.", String, { example: 'may-2018.csv' })
  fileName: string | null;
  @ShowsOrNull('SHA-256 of its bytes; null where it is not yours to see.', String) sha256: string | null;
  @ShowsOrNull('Who uploaded it.', PersonView) uploadedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) uploadedAt: string | null;
}

class ChainExtractLineView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The extract.') extract: ChainExtractView;
  @ShowsOrNull('The line of the file; null where the payment is in none.', Number, { ...WHOLE, example: 17 })
  line: number | null;
  @ShowsOrNull('The day on which it was booked.', String, { ...DAY, example: '2018-05-21' })
  bookedOn: string | null;
  @ShowsOrNull('What the bank says it is for.', String, { example: 'PAY-000012 NHS ENGLAND' })
  reference: string | null;
  @ShowsOrNull('How much.', Number, { ...PENCE, example: 12_500_000 }) amountPence: number | null;
  @Shows('What became of it.', { enum: [...EXTRACT_RESULTS], example: 'matched' }) result: string;
  @Shows('In words.', { example: 'PAY-000012, £125,000, paid on 20 May 2018.' }) explanation: string;
}

class ChainGapView {
  @Shows('Stable; programs match on it.', { example: 'not-reconciled' }) code: string;
  @Shows('Which link is missing.', { example: 'No line of an extract was matched with it yet.' })
  message: string;
}

export class PaymentChainView {
  @Shows('The payment.') payment: PaymentView;
  @ShowsOrNull('The award that it comes from.', ChainAwardView) award: ChainAwardView | null;
  @Shows('The agreement that it is paid under.') agreement: ChainAgreementView;
  @Shows('The tranche that it comes from, with its milestones and their evidence.') tranche: ChainTrancheView;
  @Shows('The gate decisions that let it through: at the approval, the scheduling and the payment.', {
    type: [ChainDecisionView],
  })
  decisions: ChainDecisionView[];
  @Shows('The claim that it pays.') claim: ChainClaimView;
  @Shows('The journals of the claim and the payment with their postings, oldest first.', {
    type: [JournalView],
  })
  journals: JournalView[];
  @Shows('The lines of extracts that it was held against.', { type: [ChainExtractLineView] })
  extractLines: ChainExtractLineView[];
  @Shows('What was asked back of it.', { type: [RecoveryView] }) recoveries: RecoveryView[];
  @Shows('The links that are missing; none where the chain is whole.', { type: [ChainGapView] })
  gaps: ChainGapView[];
}
