import { COMPARISON_KINDS } from '../../auditing/questions/reconciliation.rules.js';
import { CLAIM_STATES } from '../../funding/claims/claim-states.js';
import { PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import { MEASUREMENT_STATES } from '../../targets/measurement.rules.js';
import { LATE_TRUSTS } from '../../targets/measurements.reader.js';
import { LateBenefitsView, UnvalidatedBenefitsView } from '../benefits/benefits.view.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { AuditFindingView } from '../findings/findings.view.js';
import { AgreementRowView } from '../funding/agreements.view.js';
import { ExtractSummaryView } from '../funding/extracts.view.js';
import { LedgerCheckView, LedgerDifferenceView } from '../funding/ledger.view.js';
import { MatchPositionView } from '../funding/match.view.js';
import { MoneyView } from '../funding/money.view.js';
import { MilestoneView } from '../milestones/milestones.view.js';
import { ProgrammeProgressView } from '../programmes/progress.view.js';
import { ReportRowView } from '../progress-reports/progress-reports.view.js';
import { MeasurementPageView } from '../targets/measurements.view.js';

class LastEntryView {
  @Shows('Its number.', { ...WHOLE, example: 4711 }) number: number;
  @Shows('When it was recorded.', INSTANT) recordedAt: string;
}

class ClaimTotalView {
  @Shows('The state.', { enum: [...CLAIM_STATES] }) state: string;
  @Shows('How many claims are in it.', WHOLE) count: number;
  @Shows('What they claim.', PENCE) claimedPence: number;
  @Shows('What of it was approved.', PENCE) approvedPence: number;
}

class PaymentTotalView {
  @Shows('The state.', { enum: [...PAYMENT_STATES] }) state: string;
  @Shows('How many payments are in it.', WHOLE) count: number;
  @Shows('What they come to.', PENCE) amountPence: number;
}

export class ProgrammeStateView {
  @Shows('The day by which things are late or not.', DAY) asOn: string;
  @ShowsOrNull(
    'The last entry of the log that is in this state: rebuilt up to it, this is what stands.',
    LastEntryView,
  )
  logEntry: LastEntryView | null;
  @Shows('Where the money stands, by financial year and kind, and by trust.') money: MoneyView;
  @Shows('The agreements of the page’s trusts.', { type: [AgreementRowView] }) agreements: AgreementRowView[];
  @Shows('Their milestones, the first forecast first.', { type: [MilestoneView] })
  milestones: MilestoneView[];
  @Shows('Their returns, the latest due first.', { type: [ReportRowView] }) returns: ReportRowView[];
  @ShowsOrNull('Progress toward the targets; null where no period has any.', ProgrammeProgressView)
  progress: ProgrammeProgressView | null;
  @Shows('Claims by state.', { type: [ClaimTotalView] }) claims: ClaimTotalView[];
  @Shows('Payments by state.', { type: [PaymentTotalView] }) payments: PaymentTotalView[];
  @Shows('Their match, by agreement in force.', { type: [MatchPositionView] }) match: MatchPositionView[];
  @Shows(
    'Findings and recommendations about them that are not closed, the first due first; on the first page also those about the programme.',
    { type: [AuditFindingView] },
  )
  openFindings: AuditFindingView[];
  @ShowsOrNull('The cursor of the next page of trusts.', String) next: string | null;
}

class AmendedFieldView {
  @Shows('The section.', { example: 'spend' }) section: string;
  @Shows('The place in the content (JSON Pointer).', { example: '/spend/0/spentToDatePence' }) place: string;
  @Shows('What it is, in words.') label: string;
  @ShowsOrNull('What the version before said; null: nothing.', String) before: string | null;
  @ShowsOrNull('What this version says; null: nothing.', String) after: string | null;
}

class AmendedReturnView {
  @Shows('Of the version.', { format: 'uuid' }) id: string;
  @Shows('Of the return.', { format: 'uuid' }) report: string;
  @Shows('Whose return it is.') trust: TrustView;
  @Shows('Its period.', { example: '2017/18 Q4' }) period: string;
  @Shows('The number of the version.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Who began it, as the log says.', { example: 'Amina Hussain' }) begunBy: string;
  @Shows('When.', INSTANT) begunAt: string;
  @ShowsOrNull('Why it was corrected; null where a query led to it.', String) reason: string | null;
  @Shows('What was asked about the version before.', { type: [String] }) questions: string[];
  @ShowsOrNull('When it was submitted; null until then.', String, INSTANT) submittedAt: string | null;
  @Shows('What it says otherwise.', { type: [AmendedFieldView] }) changes: AmendedFieldView[];
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class RefView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CLM-000014' }) reference: string;
}

class AmendedClaimView {
  @Shows('Of the version before.', { format: 'uuid' }) id: string;
  @Shows('The claim.') claim: RefView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The number of the version.', { ...WHOLE, example: 2 }) number: number;
  @ShowsOrNull('Who began it.', PersonView) revisedBy: PersonView | null;
  @Shows('When.', INSTANT) revisedAt: string;
  @Shows('Why.') reason: string;
  @Shows('What was claimed before.', PENCE) claimedBeforePence: number;
  @Shows('What is claimed since.', PENCE) claimedAfterPence: number;
  @Shows('How many lines there were before.', WHOLE) linesBefore: number;
  @Shows('How many there are since.', WHOLE) linesAfter: number;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class VariedByView extends RefView {
  @Shows('What it is about.', { example: 'Servers instead of licences' }) title: string;
}

class VariedAgreementView {
  @Shows('Of the version.', { format: 'uuid' }) id: string;
  @Shows('The agreement.') agreement: RefView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The number of the version.', { ...WHOLE, example: 2 }) number: number;
  @ShowsOrNull('Who prepared it.', PersonView) preparedBy: PersonView | null;
  @Shows('When.', INSTANT) preparedAt: string;
  @ShowsOrNull('Who approved it.', PersonView) approvedBy: PersonView | null;
  @ShowsOrNull('From which day it holds.', String, DAY) effectiveOn: string | null;
  @ShowsOrNull('The change request that it carries out.', VariedByView) changeRequest: VariedByView | null;
  @ShowsOrNull('Why, as whoever asked for the change says.', String) reason: string | null;
  @Shows('The grant that was agreed before.', PENCE) grantBeforePence: number;
  @Shows('The grant that is agreed since.', PENCE) grantAfterPence: number;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class MeasuredPartsView {
  @Shows('Of this many…', WHOLE) numerator: number;
  @Shows('…out of this many.', { ...WHOLE, example: 4 }) denominator: number;
}

class NextMeasurementView extends MeasuredPartsView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
}

class SupersededMeasureView {
  @Shows('Its target set.', { example: 'exemplar-aims/v1' }) targetSet: string;
  @Shows('Its code.', { example: 'online-record-access' }) code: string;
  @Shows('Its name.') name: string;
}

class SupersededMeasurementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What was measured.') measure: SupersededMeasureView;
  @Shows('By which trust.') trust: TrustView;
  @Shows('For which period.', { example: '2017/18 Q4' }) period: string;
  @Shows('What was reported before.') before: MeasuredPartsView;
  @ShowsOrNull('As somebody else had validated it.', MeasuredPartsView)
  validatedBefore: MeasuredPartsView | null;
  @Shows('What took its place.') measurement: NextMeasurementView;
  @ShowsOrNull('Who reported that.', PersonView) reportedBy: PersonView | null;
  @Shows('When.', INSTANT) reportedAt: string;
  @ShowsOrNull('Why its return was corrected; null where a query led to it.', String) reason: string | null;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class AmendedReturnPageView {
  @Shows('Versions of returns after the first, the latest begun first.', { type: [AmendedReturnView] })
  items: AmendedReturnView[];
  @ShowsOrNull('The cursor of the next page, for `returns`.', String) next: string | null;
}
class AmendedClaimPageView {
  @Shows('Versions of claims after the first, the latest begun first.', { type: [AmendedClaimView] })
  items: AmendedClaimView[];
  @ShowsOrNull('The cursor of the next page, for `claims`.', String) next: string | null;
}
class VariedAgreementPageView {
  @Shows('Versions of agreements after the first, the latest first.', { type: [VariedAgreementView] })
  items: VariedAgreementView[];
  @ShowsOrNull('The cursor of the next page, for `agreements`.', String) next: string | null;
}
class SupersededMeasurementPageView {
  @Shows('Measurements that others took the place of, the latest first.', {
    type: [SupersededMeasurementView],
  })
  items: SupersededMeasurementView[];
  @ShowsOrNull('The cursor of the next page, for `measurements`.', String) next: string | null;
}

export class AmendmentsView {
  @Shows('Returns.') returns: AmendedReturnPageView;
  @Shows('Claims.') claims: AmendedClaimPageView;
  @Shows('Agreements.') agreements: VariedAgreementPageView;
  @Shows('Measurements.') measurements: SupersededMeasurementPageView;
}

class StateCountView {
  @Shows('The state.', { enum: [...MEASUREMENT_STATES] }) state: string;
  @Shows('How many measurements are in it.', WHOLE) count: number;
}

class UndefinedMeasureView {
  @Shows('Its target set.', { example: 'exemplar-aims/v1' }) targetSet: string;
  @Shows('Its code.', { example: 'online-record-access' }) code: string;
  @Shows('Its name.') name: string;
  @Shows('What is missing, in words.', { example: 'It has no source.' }) missing: string;
}

class LateMeasuresView {
  @Shows('Which trust.') trust: TrustView;
  @Shows('For which period.', { example: '2017/18 Q4' }) period: string;
  @Shows('When it was due.', DAY) dueOn: string;
  @Shows('How many are missing.', WHOLE) missing: number;
  @Shows('How many it had to report.', WHOLE) measures: number;
  @Shows('The names of those that are missing.', { type: [String] }) names: string[];
}

class LatePageView {
  @Shows('By the day that it was due, the longest due first.', { type: [LateMeasuresView] })
  items: LateMeasuresView[];
  @ShowsOrNull('The cursor of the next trusts, as `late`.', String) next: string | null;
}

class BenefitGapsView {
  @Shows('Reports of benefits that nobody has validated.', WHOLE) unvalidated: number;
  @Shows('Years of benefits that were to be reported, and were not.', WHOLE) late: number;
}

export class MeasureGapsView {
  @Shows('The day as on which they are late.', DAY) asOn: string;
  @Shows('How many measurements are in each state.', { type: [StateCountView] }) states: StateCountView[];
  @Shows('Measurements that stand and nobody has validated.') unvalidated: MeasurementPageView;
  @Shows('Measures of current target sets that are not wholly defined.', { type: [UndefinedMeasureView] })
  undefined: UndefinedMeasureView[];
  @Shows(`What was due and not reported, of ${LATE_TRUSTS} trusts at a time, by name.`) late: LatePageView;
  @Shows('What benefits were reported to have brought, and nobody has validated.')
  unvalidatedBenefits: UnvalidatedBenefitsView;
  @Shows('Years of benefits that were to be reported by now, and were not.') lateBenefits: LateBenefitsView;
  @Shows('How many there are of both.') benefitGaps: BenefitGapsView;
}

class ComparisonView {
  @Shows(
    'What is published, and the ledger; totals of the programme; a financial year and kind; a stage of the ledger; an extract of a bank or finance ledger.',
    { enum: [...COMPARISON_KINDS] },
  )
  kind: string;
  @Shows('Of what.', { example: 'Payments' }) what: string;
  @Shows('What the one figure is.', { example: 'Payments recorded as paid' }) one: string;
  @Shows('The one figure.', PENCE) onePence: number;
  @Shows('What the other is.', { example: 'Paid in the ledger' }) other: string;
  @Shows('The other figure.', PENCE) otherPence: number;
  @Shows('The other less the one.', { ...PENCE, example: 0 }) differencePence: number;
  @Shows('Whether they are the same.') agrees: boolean;
}

class TrustTotalsView {
  @Shows('Which trust.') trust: TrustView;
  @Shows('Grant that it is awarded.', PENCE) awardPence: number;
  @Shows('Grant that its agreements in force give it.', PENCE) agreedPence: number;
  @Shows('Grant in the accounts of the ledger.', PENCE) ledgerPence: number;
  @Shows('Grant paid, less what was recovered or written off.', PENCE) paidPence: number;
  @Shows('Whether the ledger holds what is agreed.') agrees: boolean;
}

class TrustTotalsPageView {
  @Shows('A page of trusts, by name.', { type: [TrustTotalsView] }) items: TrustTotalsView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class StandingDifferencesView {
  @Shows('How many there are, whichever page this is.', { ...WHOLE, example: 0 }) count: number;
  @Shows('A page of them, the latest found first.', { type: [LedgerDifferenceView] })
  items: LedgerDifferenceView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class ReconciliationView {
  @Shows('The moment that all figures are of.', INSTANT) asOf: string;
  @Shows('Whether all that is compared agrees, and no difference stands in the ledger.') agrees: boolean;
  @Shows(
    'Each pair of figures that should be one, of the whole programme. Balances and postings are as the last check of the ledger added them up; all others are of this moment.',
    { type: [ComparisonView] },
  )
  comparisons: ComparisonView[];
  @Shows('Grant by trust.') trusts: TrustTotalsPageView;
  @Shows('Differences that the last check of the ledger left standing.') differences: StandingDifferencesView;
  @Shows('The last checks of the ledger, the newest first.', { type: [LedgerCheckView] })
  checks: LedgerCheckView[];
  @Shows('Extracts of a bank or finance ledger, newest first.', { type: [ExtractSummaryView] })
  extracts: ExtractSummaryView[];
  @Shows('The control total of the grant.', PENCE) controlGrantPence: number;
}
