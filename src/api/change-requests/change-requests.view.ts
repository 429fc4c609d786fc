import { CHANGE_KINDS } from '../../change-requests/change-content.js';
import { CHANGE_REQUEST, CHANGE_REQUEST_STATES } from '../../change-requests/change-request.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const LATER = { format: 'date', example: '2018-09-30' } as const;
const KIND_OF_MONEY = { enum: ['capital', 'revenue'], example: 'capital' };
const MOVED = { ...PENCE, example: 25_000_000 };
const PLANNED = { ...WHOLE, example: 120 };
const BENEFIT = 'shared-record/fewer-forms';
const MILESTONE = 'shared-record/go-live';

class ChangedLineNameView {
  @Shows('The financial year.', { example: '2018/19' }) financialYear: string;
  @Shows('The kind.', KIND_OF_MONEY) kind: string;
}

class AskedMilestoneView {
  @Shows('The milestone.', { example: MILESTONE }) milestone: string;
  @Shows('The day that is asked for.', { ...DAY, example: '2018-09-30' }) agreedOn: string;
  @ShowsOrNull('Why it moves.', String, { example: 'supplier' }) delayReason: string | null;
}

class AskedMoveView {
  @Shows('What moves.', { enum: ['grant', 'match'], example: 'grant' }) source: string;
  @Shows('The line that it leaves.') from: ChangedLineNameView;
  @Shows('The line that it goes to.') to: ChangedLineNameView;
  @Shows('How much.', MOVED) amountPence: number;
}

class VariedTrancheView {
  @Shows('Its number.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live' }) name: string;
  @Shows('When it is paid.', { enum: ['advance', 'delivery'], example: 'delivery' }) basis: string;
  @Shows('When it is planned to open.', DAY) plannedOn: string;
  @Shows('Its grant.', PENCE) grantPence: number;
  @Shows('The milestones that open it.', { type: [String], example: [MILESTONE] }) milestones: string[];
}

class VariedWindowView {
  @Shows('The first day on which costs count.', { ...DAY, example: '2017-04-01' }) startsOn: string;
  @Shows('The last day.', { ...DAY, example: '2020-03-31' }) endsOn: string;
}

class AskedTermsView {
  @ShowsOrNull('All tranches; null: they stay.', [VariedTrancheView]) tranches: VariedTrancheView[] | null;
  @ShowsOrNull('All conditions; null: they stay.', [String], {
    example: ['A review before the last tranche.'],
  })
  conditions: string[] | null;
  @ShowsOrNull('The eligibility window; null: it stays.', VariedWindowView)
  eligibility: VariedWindowView | null;
}

class AskedPlanYearView {
  @Shows('The financial year.', { example: '2018/19' }) financialYear: string;
  @Shows('What it is to bring, in the unit of the benefit.', PLANNED) planned: number;
}

class AskedPlanView {
  @Shows('The benefit.', { example: BENEFIT }) benefit: string;
  @Shows('All years that are planned.', { type: [AskedPlanYearView] }) years: AskedPlanYearView[];
}

class ChangeContentView {
  @Shows('Milestones that get another day.', { type: [AskedMilestoneView] }) milestones: AskedMilestoneView[];
  @Shows('Money that moves.', { type: [AskedMoveView] }) moves: AskedMoveView[];
  @ShowsOrNull('What the agreement is to say instead.', AskedTermsView) terms: AskedTermsView | null;
  @Shows('Benefits that get another plan.', { type: [AskedPlanView] }) plans: AskedPlanView[];
}

class LineImpactView extends ChangedLineNameView {
  @Shows('Its agreed grant before.', PENCE) grantBeforePence: number;
  @Shows('And after.', PENCE) grantAfterPence: number;
  @Shows('Its agreed match before.', PENCE) matchBeforePence: number;
  @Shows('And after.', PENCE) matchAfterPence: number;
  @Shows('Its grant that can be claimed before.', PENCE) unclaimedBeforePence: number;
  @Shows('And after.', PENCE) unclaimedAfterPence: number;
  @Shows('Its grant that has lapsed before.', PENCE) lapsedBeforePence: number;
  @Shows('And after.', PENCE) lapsedAfterPence: number;
  @Shows('Its match that is promised and not evidenced before.', PENCE) pledgedBeforePence: number;
  @Shows('And after.', PENCE) pledgedAfterPence: number;
}

class TotalsImpactView {
  @Shows('The grant of the agreement before.', PENCE) grantBeforePence: number;
  @Shows('And after: the same, because a change moves money and makes none.', PENCE) grantAfterPence: number;
  @Shows('The match before.', PENCE) matchBeforePence: number;
  @Shows('And after.', PENCE) matchAfterPence: number;
}

class DateImpactView {
  @Shows('The milestone.', { example: MILESTONE }) milestone: string;
  @Shows('Its name.', { example: 'Go-live' }) name: string;
  @Shows('The baseline, which stays.', DAY) baselineOn: string;
  @Shows('The agreed day before.', DAY) beforeOn: string;
  @Shows('And after.', { ...DAY, example: '2018-09-30' }) afterOn: string;
  @Shows('Days from before to after; negative where earlier.', { ...WHOLE, example: 183 }) slipDays: number;
  @Shows('Days from the baseline to after.', { ...WHOLE, example: 183 }) fromBaselineDays: number;
  @Shows('What returns expect now.', DAY) forecastOn: string;
}

class GateImpactView {
  @Shows('The number of the tranche.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live' }) name: string;
  @ShowsOrNull('Its planned day before; null where the change makes it.', String, LATER) plannedBeforeOn:
    | string
    | null;
  @Shows('And after.', DAY) plannedAfterOn: string;
  @ShowsOrNull('When it opens by what is agreed, before.', String, { ...LATER, example: '2018-03-31' })
  opensBeforeOn: string | null;
  @Shows('And after.', { ...DAY, example: '2018-09-30' }) opensAfterOn: string;
  @Shows('Its grant before.', PENCE) grantBeforePence: number;
  @Shows('And after.', PENCE) grantAfterPence: number;
  @Shows('What changes, in words.', { type: [String], example: ['Opens 183 days later'] }) what: string[];
}

class TargetImpactView {
  @Shows('The target set.', { example: 'paperless-2020/v1' }) targetSet: string;
  @Shows('Its name.', { example: 'Paperless by 2020' }) name: string;
  @Shows('The day by which it is to be reached.', { ...DAY, example: '2020-03-31' }) targetOn: string;
  @Shows('The last agreed day of the changed projects before.', DAY) latestBeforeOn: string;
  @Shows('And after.', { ...DAY, example: '2018-09-30' }) latestOn: string;
  @Shows('Whether that is past the day of the target.', { example: false }) late: boolean;
  @Shows('Their measures.', { type: [String], example: ['records-online'] }) measures: string[];
}

class TranchesImpactView {
  @Shows('What stands.', { type: [VariedTrancheView] }) before: VariedTrancheView[];
  @Shows('What is to stand.', { type: [VariedTrancheView] }) after: VariedTrancheView[];
}

class ConditionsImpactView {
  @Shows('What stands.', { type: [String], example: [] }) before: string[];
  @Shows('What is to stand.', { type: [String], example: ['A review before the last tranche.'] })
  after: string[];
}

class WindowImpactView {
  @Shows('What stands.') before: VariedWindowView;
  @Shows('What is to stand.') after: VariedWindowView;
}

class TermsImpactView {
  @ShowsOrNull('Tranches, where they change.', TranchesImpactView) tranches: TranchesImpactView | null;
  @ShowsOrNull('Conditions, where they change.', ConditionsImpactView)
  conditions: ConditionsImpactView | null;
  @ShowsOrNull('The window, where it changes.', WindowImpactView) eligibility: WindowImpactView | null;
}

class PlanYearImpactView {
  @Shows('The financial year.', { example: '2018/19' }) financialYear: string;
  @ShowsOrNull('What is planned before; null where nothing is.', Number, PLANNED) before: number | null;
  @ShowsOrNull('And after.', Number, PLANNED) after: number | null;
}

class PlanImpactView {
  @Shows('The benefit.', { example: BENEFIT }) benefit: string;
  @Shows('Its name.', { example: 'Fewer paper forms' }) name: string;
  @Shows('What its values are counted in.', { example: 'pence' }) unit: string;
  @Shows('By financial year.', { type: [PlanYearImpactView] }) years: PlanYearImpactView[];
  @Shows('What is planned before, of all years.', PLANNED) totalBefore: number;
  @Shows('And after.', PLANNED) totalAfter: number;
}

class ChangeImpactView {
  @Shows('Lines whose money changes.', { type: [LineImpactView] }) money: LineImpactView[];
  @Shows('The agreement as a whole.') totals: TotalsImpactView;
  @Shows('Milestones whose agreed day changes.', { type: [DateImpactView] }) dates: DateImpactView[];
  @Shows('Tranches that open on another day or change.', { type: [GateImpactView] }) gates: GateImpactView[];
  @Shows('Targets that the changed projects are measured for.', { type: [TargetImpactView] })
  targets: TargetImpactView[];
  @Shows('What the agreement is to say instead.') terms: TermsImpactView;
  @Shows('Benefits that get another plan.', { type: [PlanImpactView] }) plans: PlanImpactView[];
}

class CostEffectView {
  @Shows('Grant that changes its line.', MOVED) grantMovedPence: number;
  @Shows('Match that does.', MOVED) matchMovedPence: number;
  @Shows('Of the grant: what changes from capital to revenue or back.', MOVED) betweenKindsPence: number;
  @Shows('Of the grant: what goes to another year.', MOVED) betweenYearsPence: number;
}

class DateEffectView {
  @Shows('How many milestones get another day.', WHOLE) milestones: number;
  @ShowsOrNull('The largest slip in days.', Number, { type: 'integer', example: 183 }) slipDays:
    | number
    | null;
  @ShowsOrNull('The last of the new days.', String, LATER) latestOn: string | null;
}

class GateEffectView {
  @Shows('How many tranches open later.', WHOLE) later: number;
  @Shows('Their grant.', PENCE) laterGrantPence: number;
}

class BenefitEffectView {
  @Shows('How many target sets are touched.', WHOLE) targetSets: number;
  @Shows('Of them, those whose day is missed.', { ...WHOLE, example: 0 }) late: number;
  @Shows('How many benefits get another plan.', { ...WHOLE, example: 0 }) plans: number;
}

class ChangeEffectView {
  @Shows('On cost.') cost: CostEffectView;
  @Shows('On dates.') date: DateEffectView;
  @Shows('On when money is paid.') gate: GateEffectView;
  @Shows('On benefit.') benefit: BenefitEffectView;
}

class ChangeHolderView {
  @Shows('On which side it is.', { enum: ['requester', 'funder'], example: 'funder' }) side: string;
  @ShowsOrNull('Who, where it is one person: whoever asked.', PersonView) person: PersonView | null;
  @Shows('What they are to do.', { example: 'Assess its impact.' }) todo: string;
}

class ChangedAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
  @Shows('The version in force.', { ...WHOLE, example: 2 }) version: number;
}

/** A change request in a list. */
export class ChangeRequestRowView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CR-00012' }) reference: string;
  @Shows('The trust whose agreement it is.') trust: TrustView;
  @Shows('The agreement.') agreement: ChangedAgreementView;
  @Shows('What is to be changed.', { enum: [...CHANGE_KINDS], example: 'reprofile' }) kind: string;
  @Shows('What is asked for.', { example: 'Go-live in September, not in March' }) title: string;
  @Shows('Where it is in its life.', { enum: [...CHANGE_REQUEST_STATES], example: 'submitted' })
  state: string;
  @Shows('Since when.', INSTANT) since: string;
  @ShowsOrNull('Who has it now; null where it has come to its end.', ChangeHolderView)
  heldBy: ChangeHolderView | null;
  @Shows('Who asked for it.') requestedBy: PersonView;
  @ShowsOrNull('When it was submitted.', String, INSTANT) submittedAt: string | null;
  @ShowsOrNull('Its effect on cost, date and benefit; null while it is a draft.', ChangeEffectView)
  effect: ChangeEffectView | null;
  @ShowsOrNull('Until when the decision waits.', String, { ...LATER, example: '2018-07-31' }) deferredUntil:
    | string
    | null;
  @ShowsOrNull('The version of the agreement that it made.', Number, { type: 'integer', example: 2 })
  appliedVersion: number | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', { ...WHOLE, example: 3 }) revision: number;
}

/** A change request, whole. */
export class ChangeRequestView extends ChangeRequestRowView {
  @Shows('The programme.', { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Why it is needed.', { example: 'The supplier delivers late.' }) justification: string;
  @Shows('What exactly is asked for.') content: ChangeContentView;
  @ShowsOrNull('What it would do to money, dates, gates and targets.', ChangeImpactView)
  impact: ChangeImpactView | null;
  @ShowsOrNull('When that was computed.', String, INSTANT) impactAt: string | null;
  @ShowsOrNull('Who assessed it for the funder.', PersonView) assessedBy: PersonView | null;
  @ShowsOrNull('Who decided, or deferred the decision.', PersonView) decidedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) decidedAt: string | null;
  @ShowsOrNull('On what grounds.', String, { example: 'The new plan is credible.' }) decisionReason:
    | string
    | null;
  @ShowsOrNull('Who applied it.', PersonView) appliedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) appliedAt: string | null;
  @Shows('What may come next.', {
    enum: [...CHANGE_REQUEST.verbs],
    isArray: true,
    example: ['assess', 'withdraw'],
  })
  next: string[];
}

export class ChangeRequestPageView {
  @Shows('The change requests, the newest first.', { type: [ChangeRequestRowView] })
  items: ChangeRequestRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
