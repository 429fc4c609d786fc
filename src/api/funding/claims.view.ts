import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { CLAIM_STEPS } from '../../funding/claims/claim-steps.rules.js';
import { PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import { RECOVERY_STATES } from '../../funding/payments/recovery.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { BlockerView } from '../problem.view.js';
import { CostEvidenceView } from './cost-evidence.view.js';

const LINE_KINDS = { enum: ['capital', 'revenue'], example: 'capital' };
const BASES = { enum: ['advance', 'delivery'], example: 'delivery' };
const YEAR = { example: '2017/18' };
const AMOUNT = { ...PENCE, example: 12_500_000 } as const;

class ClaimAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...AGREEMENT_STATES], example: 'active' }) state: string;
}

class ClaimTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('From 1.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On delivery' }) name: string;
  @Shows('Paid in advance, or on what was delivered.', BASES) basis: string;
}

class ClaimProjectView {
  @Shows('Its code.', { example: 'shared-record' }) code: string;
  @Shows('Its name.', { example: 'Shared record' }) name: string;
}

export class ClaimLineView {
  @Shows('From 1.', WHOLE) position: number;
  @Shows('The id of its funding line.', { format: 'uuid' }) lineId: string;
  @Shows('The financial year of that.', YEAR) financialYear: string;
  @Shows('Capital or revenue.', LINE_KINDS) kind: string;
  @ShowsOrNull('The project; null in an advance.', ClaimProjectView) project: ClaimProjectView | null;
  @ShowsOrNull('The eligible category.', String, { example: 'software' }) category: string | null;
  @Shows('What was bought or done.', { example: 'Ward network points, 40 wards' }) description: string;
  @ShowsOrNull('Who was paid.', String, { example: 'Northern Networks Ltd' }) supplier: string | null;
  @ShowsOrNull("The supplier's reference.", String, { example: 'INV-20417' }) invoiceReference: string | null;
  @ShowsOrNull('When the cost arose.', String, DAY) incurredOn: string | null;
  @ShowsOrNull('When it was invoiced.', String, DAY) invoicedOn: string | null;
  @ShowsOrNull('When it was paid.', String, DAY) defrayedOn: string | null;
  @ShowsOrNull('Net amount of the whole invoice.', Number, AMOUNT) netPence: number | null;
  @ShowsOrNull('Its VAT.', Number, AMOUNT) vatPence: number | null;
  @ShowsOrNull('What of its VAT is got back.', Number, { ...PENCE, example: 0 }) recoverableVatPence:
    | number
    | null;
  @Shows('What is claimed.', AMOUNT) claimedPence: number;
  @ShowsOrNull('What is recommended, where something is said of the line.', Number, AMOUNT)
  recommendedPence: number | null;
  @ShowsOrNull('Why not all of it is recommended.', String) recommendedBecause: string | null;
  @ShowsOrNull('What is approved; null until that is decided.', Number, AMOUNT) approvedPence: number | null;
  @ShowsOrNull('Why not all of it is approved.', String, { example: 'Training of staff is not eligible.' })
  disallowedBecause: string | null;
  @ShowsOrNull('The id of the evidence that counts for it.', String, { format: 'uuid' }) evidence:
    | string
    | null;
}

export class ClaimQueryView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The version that was queried.', WHOLE) version: number;
  @ShowsOrNull('The line; null for the whole claim.', Number, WHOLE) position: number | null;
  @Shows('What is asked.', { example: 'Which wards does this invoice cover?' }) question: string;
  @ShowsOrNull('Who asks.', PersonView) raisedBy: PersonView | null;
  @Shows('When.', INSTANT) raisedAt: string;
  @ShowsOrNull('The answer.', String) answer: string | null;
  @ShowsOrNull('Who answered.', PersonView) answeredBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) answeredAt: string | null;
}

export class ClaimPeopleView {
  @Shows('Everybody who wrote any version, or uploaded evidence.', { type: [PersonView] })
  preparedBy: PersonView[];
  @ShowsOrNull('Who certified the current version.', PersonView) certifiedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) certifiedAt: string | null;
  @ShowsOrNull('Who submitted it.', PersonView) submittedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) submittedAt: string | null;
  @ShowsOrNull('Who took it to be checked.', PersonView) checkedBy: PersonView | null;
  @ShowsOrNull('When; null also where that was before it was kept.', String, INSTANT) checkedAt:
    | string
    | null;
  @ShowsOrNull('Who recommended it.', PersonView) recommendedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) recommendedAt: string | null;
  @ShowsOrNull('Who approved it; where two approvals are needed, the first.', PersonView)
  approvedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) approvedAt: string | null;
  @ShowsOrNull('Who gave the second approval, where one is needed.', PersonView)
  secondApprovedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) secondApprovedAt: string | null;
  @ShowsOrNull('Who withdrew or rejected it, or cancelled its approval.', PersonView)
  endedBy: PersonView | null;
}

class ClaimPaymentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'PAY-000012' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...PAYMENT_STATES], example: 'paid' }) state: string;
  @Shows('In pence.', AMOUNT) amountPence: number;
}

class ClaimRecoveryView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'REC-00003' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...RECOVERY_STATES], example: 'raised' }) state: string;
  @Shows('In pence.', AMOUNT) amountPence: number;
}

class ClaimWindowView {
  @Shows('The first day.', { ...DAY, example: '2017-04-01' }) startsOn: string;
  @Shows('The last day.', { ...DAY, example: '2020-03-31' }) endsOn: string;
}

class TrancheLeftView {
  @Shows('From 1.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On delivery' }) name: string;
  @Shows('What is left of it.', PENCE) leftPence: number;
}

export class LineLeftView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its financial year.', YEAR) financialYear: string;
  @Shows('Capital or revenue.', LINE_KINDS) kind: string;
  @Shows('What is left of the award in it.', PENCE) leftPence: number;
  @Shows('Whether its year is closed: what was not claimed by then has lapsed.', { example: false })
  yearClosed: boolean;
}

class ClaimLineLeftView extends LineLeftView {
  @Shows('What the version before claimed of it: a revised claim keeps to that in a year that is closed.', {
    ...PENCE,
    example: 0,
  })
  claimedBeforePence: number;
}

class ClaimLimitsView {
  @Shows('When costs must have arisen.') window: ClaimWindowView;
  @Shows('Codes of the eligible categories; none where the agreement lists none.', {
    type: [String],
    example: ['software'],
  })
  categories: string[];
  @Shows('The tranche of this claim.') tranche: TrancheLeftView;
  @Shows('The funding lines of the agreement.', { type: [ClaimLineLeftView] }) lines: ClaimLineLeftView[];
}

/** What a claim in a list has, and one that is read by itself too. */
class ClaimHeadView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CLM-000123' }) reference: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The agreement that it is made under.') agreement: ClaimAgreementView;
  @Shows('The tranche that it draws on.') tranche: ClaimTrancheView;
  @Shows('Costs that arose, or an advance.', { enum: ['costs', 'advance'], example: 'costs' }) kind: string;
  @Shows('Where it is in its life.', { enum: [...CLAIM_STATES], example: 'evidence-check' }) state: string;
  @Shows('Since when.', INSTANT) stateSince: string;
  @Shows('How many days that is.', { ...WHOLE, example: 6 }) ageDays: number;
  @Shows('The current version.', WHOLE) version: number;
  @Shows('What it is for.', { example: 'Costs of the shared record, January to March' }) description: string;
  @Shows('What its lines come to.', AMOUNT) claimedPence: number;
  @ShowsOrNull('What is approved of it; null until that is decided.', Number, AMOUNT) approvedPence:
    | number
    | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag to change it with.', WHOLE) revision: number;
}

/** A claim, whole. */
export class ClaimShownView extends ClaimHeadView {
  @ShowsOrNull('What whoever checked it recommends.', String) recommendation: string | null;
  @ShowsOrNull('Why it was decided so, or withdrawn.', String) decisionReason: string | null;
  @Shows('Who did what with it.') people: ClaimPeopleView;
  @Shows('The lines of the current version.', { type: [ClaimLineView] }) lines: ClaimLineView[];
  @Shows('Queries on any version, with their answers, oldest first.', { type: [ClaimQueryView] })
  queries: ClaimQueryView[];
  @Shows('Payments of it.', { type: [ClaimPaymentView] }) payments: ClaimPaymentView[];
  @Shows('What is asked back of it.', { type: [ClaimRecoveryView] }) recoveries: ClaimRecoveryView[];
  @Shows('Its evidence; what counts no more is among it.', { type: [CostEvidenceView] })
  evidence: CostEvidenceView[];
  @Shows('What can be claimed where it is made.') claimable: ClaimLimitsView;
  @ShowsOrNull('An approval above this needs a second one; null: none does.', Number, PENCE)
  secondApprovalAbovePence: number | null;
  @Shows('What keeps a draft from being certified and submitted, or a queried claim from going back.', {
    type: [BlockerView],
  })
  blockers: BlockerView[];
  @Shows('What you may do with it now, by its state, your role, and what you did with it before.', {
    type: [String],
    enum: Object.keys(CLAIM_STEPS),
    example: ['query', 'recommend'],
  })
  next: string[];
}

export class ClaimRowView extends ClaimHeadView {
  @Shows('How many queries have no answer.', { ...WHOLE, example: 0 }) unansweredQueries: number;
  @Shows('Whether the first of two approvals is given.', { example: false }) halfApproved: boolean;
}

export class ClaimPageView {
  @Shows('The claims.', { type: [ClaimRowView] }) items: ClaimRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class ClaimVersionView {
  @Shows('From 1.', WHOLE) number: number;
  @Shows('What it was for.', { example: 'Costs of the shared record, January to March' }) description: string;
  @Shows('What its lines came to.', AMOUNT) claimedPence: number;
  @Shows('Everybody who wrote it or one before it.', { type: [PersonView] }) preparedBy: PersonView[];
  @ShowsOrNull('Who certified it.', PersonView) certifiedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) certifiedAt: string | null;
  @ShowsOrNull('Who submitted it.', PersonView) submittedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) submittedAt: string | null;
  @ShowsOrNull('Who took it to be checked.', PersonView) checkedBy: PersonView | null;
  @ShowsOrNull('When; null also where that was before it was kept.', String, INSTANT) checkedAt:
    | string
    | null;
  @ShowsOrNull('Who began the version after it; null for the current one.', PersonView)
  revisedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) revisedAt: string | null;
  @ShowsOrNull('Why.', String, { example: 'The invoice of March belongs to another project.' }) reason:
    | string
    | null;
  @Shows('Its lines.', { type: [ClaimLineView] }) lines: ClaimLineView[];
  @Shows('What was asked of it.', { type: [ClaimQueryView] }) queries: ClaimQueryView[];
}

export class ClaimVersionsView {
  @Shows('All versions, newest first.', { type: [ClaimVersionView] }) items: ClaimVersionView[];
}
