import { BENEFIT_STATES, BENEFIT_STEPS, BENEFIT_TYPES } from '../../benefits/benefit.rules.js';
import { ACTUAL_STATES } from '../../benefits/benefit-actual.rules.js';
import { WORTH_OUTCOMES } from '../../funding/benefit-to-cost.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const UNIT = { example: 'pence' };
const VALUE = { type: 'integer', format: 'int64', example: 12_000_000 } as const;

class BenefitProjectView {
  @Shows('Its code.', { example: 'shared-record' }) code: string;
  @Shows('Its name.') name: string;
}

class BenefitRefView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code.', { example: 'fewer-paper-forms' }) code: string;
  @Shows('Its name.') name: string;
  @Shows('The code of its project.', { example: 'shared-record' }) project: string;
}

class ReportedBenefitRefView extends BenefitRefView {
  @Shows('What its values are counted in.', UNIT) unit: string;
}

class BaselineView {
  @Shows('How it was in a year, in the unit.', VALUE) value: number;
  @Shows('When that was found out.', DAY) on: string;
  @Shows('Where that is written.') source: string;
}

class BenefitYearView {
  @Shows('The financial year.', { example: '2018/19' }) year: string;
  @Shows('What it is to bring, beside the baseline.', VALUE) planned: number;
  @ShowsOrNull('What it brought, as it was reported; null where no report stands.', Number, VALUE)
  reported: number | null;
  @ShowsOrNull('What it brought, as somebody else found it; null until then.', Number, VALUE)
  validated: number | null;
  @Shows('The day by which it is to be reported.', { ...DAY, example: '2019-05-31' }) dueOn: string;
  @Shows('Whether that day has passed without a report.') late: boolean;
}

class FormerPlanYearView {
  @Shows('The financial year.', { example: '2018/19' }) financialYear: string;
  @Shows('What was planned for it, in the unit.', VALUE) planned: number;
}

class FormerPlanView {
  @Shows('Its version.', { ...WHOLE, example: 1 }) number: number;
  @Shows('By financial year.', { type: [FormerPlanYearView] }) years: FormerPlanYearView[];
  @Shows('The reference of the change request that replaced it.', { example: 'CR-00012' })
  changeRequest: string;
  @Shows('When.', INSTANT) replacedAt: string;
}

export class BenefitView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code, one of its kind in the project.', { example: 'fewer-paper-forms' }) code: string;
  @Shows('What is gained, in a few words.', { example: 'Fewer paper forms' }) name: string;
  @Shows('How it comes about, and how it is measured.') description: string;
  @Shows('The project that brings it.') project: BenefitProjectView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('What it is of; the first two are worth money.', { enum: [...BENEFIT_TYPES] }) type: string;
  @Shows('What its values are counted in: pence, or words.', UNIT) unit: string;
  @Shows('Where it is in its life.', { enum: [...BENEFIT_STATES] }) state: string;
  @ShowsOrNull('How it was before; it never changes once agreed.', BaselineView)
  baseline: BaselineView | null;
  @Shows('Who sees to it now, by job title.') owner: string;
  @ShowsOrNull('Who sees to it after the project is closed, by job title.', String) ownerAfterClosure:
    | string
    | null;
  @Shows('Whether it counts; what is counted in another benefit counts with zero here.') counts: boolean;
  @ShowsOrNull(
    'The benefit that it is counted in; null where it counts itself, or that one is not yours to see.',
    BenefitRefView,
  )
  countedIn: BenefitRefView | null;
  @Shows('What is planned and what came of it, by financial year.', { type: [BenefitYearView] })
  years: BenefitYearView[];
  @Shows('The version of that plan.', { ...WHOLE, example: 1 }) planVersion: number;
  @Shows('What the plan was before, the latest first.', { type: [FormerPlanView] })
  formerPlans: FormerPlanView[];
  @Shows('Who wrote it.', { type: [PersonView] }) recordedBy: PersonView[];
  @ShowsOrNull('Who agreed it.', PersonView) agreedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) agreedAt: string | null;
  @ShowsOrNull('Why it was closed or withdrawn.', String) endedBecause: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class BenefitPageView {
  @Shows('The benefits, in the order in which they were recorded.', { type: [BenefitView] })
  items: BenefitView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class BenefitEvidenceView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The id of the report that it proves.', { format: 'uuid' }) actual: string;
  @Shows("The file's name, cleaned.", { example: 'orders-2018.pdf' }) fileName: string;
  @Shows('What kind of file it is, by its content.', { example: 'application/pdf' }) mediaType: string;
  @Shows('How large it is, in bytes.', { ...WHOLE, example: 48_213 }) sizeBytes: number;
  @Shows('SHA-256 of its bytes, in hexadecimal.', {
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  sha256: string;
  @Shows('What it shows.') description: string;
  @ShowsOrNull('Who uploaded it; null where you may not know them.', String) uploadedBy: string | null;
  @Shows('When.', INSTANT) uploadedAt: string;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

export class BenefitActualView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Of which benefit.') benefit: ReportedBenefitRefView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The financial year.', { example: '2018/19' }) year: string;
  @Shows('What it brought, as it was reported, in the unit.', VALUE) value: number;
  @Shows('How it was measured.') method: string;
  @Shows('What became of it.', { enum: [...ACTUAL_STATES] }) state: string;
  @Shows('Who reported it and added its evidence.', { type: [PersonView] }) preparedBy: PersonView[];
  @Shows('When it was reported.', INSTANT) reportedAt: string;
  @ShowsOrNull('What it brought, as somebody else found it.', Number, VALUE) validated: number | null;
  @ShowsOrNull('Who validated or rejected it.', PersonView) decidedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) decidedAt: string | null;
  @ShowsOrNull('What was looked at, or why it was rejected.', String) decisionNote: string | null;
  @Shows('The files that show it.', { type: [BenefitEvidenceView] }) evidence: BenefitEvidenceView[];
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class ShownBenefitView extends BenefitView {
  @Shows('The slug of its programme.', { example: 'mental-health-exemplars' }) programme: string;
  @Shows('How many benefits that you may see are counted in it.', { ...WHOLE, example: 0 }) sharedBy: number;
  @Shows('All that was reported, the latest year first.', { type: [BenefitActualView] })
  actuals: BenefitActualView[];
  @Shows('The steps that you may take now.', { enum: [...BENEFIT_STEPS], isArray: true }) next: string[];
}

class BenefitTotalView {
  @Shows('What they are of.', { enum: [...BENEFIT_TYPES] }) type: string;
  @Shows('What they are counted in.', UNIT) unit: string;
  @Shows('How many count.', WHOLE) benefits: number;
  @Shows('How many are counted in another benefit, and with zero here.', { ...WHOLE, example: 0 })
  shared: number;
  @Shows('What is planned, of all years.', VALUE) planned: number;
  @Shows('What is planned, of the years that have ended.', VALUE) plannedByNow: number;
  @Shows('What was reported.', VALUE) reported: number;
  @Shows('What was validated.', VALUE) validated: number;
}

export class BenefitTotalsView {
  @Shows('The day as on which years have ended.', DAY) asOn: string;
  @Shows('By type and unit; benefits that were agreed and not withdrawn, each once.', {
    type: [BenefitTotalView],
  })
  items: BenefitTotalView[];
}

export class UnvalidatedBenefitsView {
  @Shows('A page of them, in the order in which they were reported.', { type: [BenefitActualView] })
  items: BenefitActualView[];
  @ShowsOrNull('The cursor of the next page, as `benefits`.', String) next: string | null;
}

class LateBenefitView {
  @Shows('The id of the planned year.', { format: 'uuid' }) id: string;
  @Shows('Of which benefit.') benefit: ReportedBenefitRefView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('Who sees to it.') owner: string;
  @Shows('The financial year.', { example: '2017/18' }) year: string;
  @Shows('What is planned for it, in the unit.', VALUE) planned: number;
  @Shows('The day by which it was to be reported.', { ...DAY, example: '2018-05-31' }) dueOn: string;
  @Shows('Days since then.', { ...WHOLE, example: 12 }) daysLate: number;
}

export class LateBenefitsView {
  @Shows('A page of them, the longest due first.', { type: [LateBenefitView] }) items: LateBenefitView[];
  @ShowsOrNull('The cursor of the next page, as `lateBenefits`.', String) next: string | null;
}

class BenefitToCostView {
  @Shows('What is gained.', PENCE) benefitPence: number;
  @Shows('What it costs, without VAT where VAT is known.', PENCE) costPence: number;
  @Shows('Whether the benefits reach what is asked of them.', { enum: [...WORTH_OUTCOMES] }) outcome: string;
  @Shows('What is missing of the benefits.', { ...PENCE, example: 0 }) shortfallPence: number;
}

class WorthView {
  @Shows('All that agreed benefits are to bring, for all that was agreed to be spent, grant and match.')
  planned: BenefitToCostView;
  @Shows('The part of the planned benefits that releases cash.', PENCE) cashReleasingPence: number;
  @Shows('What was validated, for what was paid and accepted, without VAT.') realised: BenefitToCostView;
  @Shows('The VAT that is left out of what was spent.', PENCE) vatPence: number;
}

class TrustWorthView extends WorthView {
  @Shows('Which trust.') trust: TrustView;
  @Shows('Whether its money was made up to show how the system works.', { example: false })
  illustrative: boolean;
}

class AtLeastView {
  @Shows('This much benefit…', { ...PENCE, example: 3 }) benefitPence: number;
  @Shows('…for this much cost.', { ...PENCE, example: 2 }) perCostPence: number;
}

export class ProgrammeWorthView {
  @Shows('The day that it is of.', DAY) asOn: string;
  @Shows('What is asked of benefits.') atLeast: AtLeastView;
  @Shows('Of all trusts that are asked for; a gain that several projects share counts once.')
  totals: WorthView;
  @Shows('By trust.', { type: [TrustWorthView] }) items: TrustWorthView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
