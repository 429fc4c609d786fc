import { AGREEMENT } from '../../funding/agreements/agreement.rules.js';
import { AGREEMENT_STATES } from '../../funding/agreements/agreement-states.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const NOTHING = { ...PENCE, example: 0 } as const;
const KIND = { enum: ['capital', 'revenue'], example: 'capital' } as const;
const YEAR = { example: '2017/18' } as const;

class GrantStagesView {
  @Shows('Awarded, and not claimed yet.', { ...PENCE, example: 90_000_000 }) remainingPence: number;
  @Shows('Claimed, and not approved yet.', NOTHING) claimedPence: number;
  @Shows('Approved, and not paid yet.', { ...PENCE, example: 10_000_000 }) approvedPence: number;
  @Shows('Paid, less what was recovered or written off.', { ...PENCE, example: 50_000_000 })
  paidPence: number;
  @Shows('Paid and recovered.', NOTHING) recoveredPence: number;
  @Shows('Paid and written off.', NOTHING) writtenOffPence: number;
  @Shows('Not claimed by the end of its financial year.', NOTHING) lapsedPence: number;
  @Shows('Taken back when the agreement ended.', NOTHING) withdrawnPence: number;
}

class MatchStagesView {
  @Shows('Pledged, and not evidenced yet.', { ...PENCE, example: 100_000_000 }) pledgedPence: number;
  @Shows('Evidenced, and not decided on yet.', NOTHING) evidencedPence: number;
  @Shows('Accepted: it counts toward the ratio.', { ...PENCE, example: 50_000_000 }) acceptedPence: number;
  @Shows('Pledged no more, because the agreement ended.', NOTHING) withdrawnPence: number;
}

class AgreementPartyView {
  @Shows('ODS code.', { example: 'RW4' }) odsCode: string;
  @Shows('Its name, as the agreement has it.', { example: 'Mersey Care NHS Foundation Trust' }) name: string;
}

class AgreementPartiesView {
  @Shows('Whoever gives the grant.') funder: AgreementPartyView;
  @Shows('Whoever receives it.') recipient: AgreementPartyView;
}

class AgreedLineView {
  @Shows('The financial year.', YEAR) financialYear: string;
  @Shows('Capital never funds revenue.', KIND) kind: string;
  @Shows('The grant of the line.', { ...PENCE, example: 150_000_000 }) grantPence: number;
  @Shows('The match of the line.', { ...PENCE, example: 150_000_000 }) matchPence: number;
}

class AgreedTrancheView {
  @Shows('From 1.', WHOLE) number: number;
  @Shows('What it is called.', { example: 'On plans and procurement' }) name: string;
  @Shows('An advance is paid before costs arise.', { enum: ['advance', 'delivery'], example: 'delivery' })
  basis: string;
  @Shows('When it is planned for.', DAY) plannedOn: string;
  @Shows('How much of the grant it is.', { ...PENCE, example: 150_000_000 }) grantPence: number;
  @Shows('What must be accepted before it opens, as project/milestone.', {
    type: [String],
    example: ['mersey-real-time-records/records-plan'],
  })
  milestones: string[];
}

class AgreementLabelView {
  @Shows('Its code.', { example: 'staff-release' }) code: string;
  @Shows('In words.', { example: 'Staff released to the programme' }) label: string;
}

class AgreementRatioView {
  @Shows('At least so much match…', WHOLE) matchPence: number;
  @Shows('…for so much grant.', WHOLE) perGrantPence: number;
}

class AgreementMatchRulesView {
  @Shows('What counts as match.', { type: [AgreementLabelView] }) types: AgreementLabelView[];
  @Shows('The first day on which it may arise.', { ...DAY, example: '2017-04-01' }) startsOn: string;
  @Shows('The last.', { ...DAY, example: '2020-03-31' }) endsOn: string;
  @Shows('What does not count.', { type: [String], example: ['Recoverable VAT'] }) exclusions: string[];
}

class AgreementEligibilityView {
  @Shows('The first day on which a cost may arise.', { ...DAY, example: '2017-04-01' }) startsOn: string;
  @Shows('The last.', { ...DAY, example: '2020-03-31' }) endsOn: string;
  @Shows('What may be claimed for; empty where the kind of cost is not asked for.', {
    type: [AgreementLabelView],
  })
  categories: AgreementLabelView[];
}

class AgreementTermsView {
  @Shows('Who agrees.') parties: AgreementPartiesView;
  @Shows('What is agreed for each financial year and kind.', { type: [AgreedLineView] })
  lines: AgreedLineView[];
  @Shows('The instalments.', { type: [AgreedTrancheView] }) tranches: AgreedTrancheView[];
  @Shows('What the agreement that this one took over had drawn; left out where there is none.', {
    ...PENCE,
    required: false,
    example: 100_000_000,
  })
  drawnBeforePence?: number;
  @Shows('The match that goes with the grant.') matchRatio: AgreementRatioView;
  @Shows('What counts as match, and when.') matchRules: AgreementMatchRulesView;
  @Shows('What may be claimed for, and when.') eligibility: AgreementEligibilityView;
  @Shows('What the trust undertakes.', {
    type: [String],
    example: ['The grant is ring-fenced, and is spent on the projects of this agreement alone.'],
  })
  conditions: string[];
}

class VersionChangeView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CR-00012' }) reference: string;
  @Shows('What it asked for.', { example: 'Move £100,000 of capital to 2018/19' }) title: string;
}

class AgreementVersionView {
  @Shows('From 1.', WHOLE) number: number;
  @Shows('All that it says.') terms: AgreementTermsView;
  @ShowsOrNull('From which day it is in force; null until it is.', String, DAY) effectiveOn: string | null;
  @ShowsOrNull('Who prepared it; null where you may not know them.', PersonView)
  preparedBy: PersonView | null;
  @Shows('When.', INSTANT) preparedAt: string;
  @Shows('Who else changed it while it was a draft.', { type: [PersonView] }) editedBy: PersonView[];
  @ShowsOrNull('Who approved it.', PersonView) approvedBy: PersonView | null;
  @ShowsOrNull('When; it never changes from then on.', String, INSTANT) approvedAt: string | null;
  @ShowsOrNull('Who signed it for the trust.', PersonView) signedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) signedAt: string | null;
  @ShowsOrNull('The change request that it carries out; null for the first version.', VersionChangeView)
  changeRequest: VersionChangeView | null;
}

class AgreementLineView {
  @ShowsOrNull('Its id; null until the agreement is in force.', String, { format: 'uuid' }) id: string | null;
  @Shows('The financial year.', YEAR) financialYear: string;
  @Shows('Capital never funds revenue.', KIND) kind: string;
  @Shows('The grant that is agreed.', { ...PENCE, example: 150_000_000 }) agreedGrantPence: number;
  @Shows('The match that is agreed.', { ...PENCE, example: 150_000_000 }) agreedMatchPence: number;
  @Shows('Where the grant stands.') grant: GrantStagesView;
  @Shows('Where the match stands.') match: MatchStagesView;
}

class AgreementTrancheView extends AgreedTrancheView {
  @ShowsOrNull('Its id; null until the agreement is in force.', String, { format: 'uuid' }) id: string | null;
  @Shows('Claimed, approved or paid of it.', { ...PENCE, example: 60_000_000 }) drawnPence: number;
  @Shows('What is left of it.', { ...PENCE, example: 90_000_000 }) remainingPence: number;
}

class OtherAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What it is called.', { example: 'MHGDE/2017/RW4' }) reference: string;
  @Shows('Whose it is.') trust: TrustView;
}

/** An agreement in a list. */
export class AgreementRowView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('What it is called.', { example: 'MHGDE/2017/RW4' }) reference: string;
  @Shows('Where it is in its life.', { enum: [...AGREEMENT_STATES], example: 'active' }) state: string;
  @Shows('The version in force; before the signature, the one that is being agreed.', WHOLE) version: number;
  @ShowsOrNull('Since which day it is in force.', String, { ...DAY, example: '2017-06-01' })
  activatedOn: string | null;
  @Shows('The grant that is agreed, in all.', PENCE) agreedGrantPence: number;
  @Shows('The match that is agreed, in all.', PENCE) agreedMatchPence: number;
  @Shows('Where the grant stands, over all lines.') grant: GrantStagesView;
  @Shows('Where the match stands, over all lines.') match: MatchStagesView;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('Goes up with each change; the ETag.', { ...WHOLE, example: 7 }) revision: number;
}

/** An agreement with the version in force and where its money stands. */
export class AgreementView extends AgreementRowView {
  @Shows('The id of the award that it is of.', { format: 'uuid' }) awardId: string;
  @ShowsOrNull('The agreement that it took over.', OtherAgreementView) predecessor: OtherAgreementView | null;
  @ShowsOrNull('The agreement that took it over; null where it is not yours to see.', OtherAgreementView)
  successor: OtherAgreementView | null;
  @Shows('The version in force; before the signature, the one that is being agreed.')
  current: AgreementVersionView;
  @Shows('Its lines, with their balances.', { type: [AgreementLineView] }) lines: AgreementLineView[];
  @Shows('Its tranches, with what is drawn of them.', { type: [AgreementTrancheView] })
  tranches: AgreementTrancheView[];
  @Shows('What you may do with it now, as far as its state, your role and what you did before allow.', {
    enum: [...AGREEMENT.verbs],
    isArray: true,
    example: ['suspend', 'begin-closing', 'terminate'],
  })
  next: string[];
}

export class AgreementPageView {
  @Shows('The agreements, in the order in which they were begun.', { type: [AgreementRowView] })
  items: AgreementRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class AgreementVersionsView {
  @Shows('All versions, newest first.', { type: [AgreementVersionView] }) items: AgreementVersionView[];
}
