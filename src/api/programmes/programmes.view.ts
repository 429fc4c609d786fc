import { MOST_AWARDEES } from '../../programmes/programme.queries.js';
import { PartsView, PeriodView, SourcedView, TrustView } from '../common.view.js';
import { ANYTHING, DAY, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { ProgrammeTermsView } from './terms.view.js';

class RatioView {
  @Shows('This much match…', { type: 'integer', example: 1 }) matchPence: number;
  @Shows('…for this much grant.', { type: 'integer', example: 1 }) perGrantPence: number;
}

class TotalsView {
  @Shows('Grant in all.', { ...PENCE, example: 3_500_000_000 }) grantPence: number;
  @Shows('Match in all.', { ...PENCE, example: 3_500_000_000 }) matchPence: number;
  @Shows('Both together.', { ...PENCE, example: 7_000_000_000 }) totalPence: number;
}

class AwardeeView extends TrustView {
  @Shows('Its part in the programme.', { enum: ['proposed', 'confirmed', 'ended'] }) status: string;
}

export class ProgrammeView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its name in addresses.', { example: 'mental-health-exemplars' }) slug: string;
  @Shows('Its name.', { example: 'Mental health digital exemplars' }) name: string;
  @Shows('What it is for.') description: string;
  @Shows('Who funds it.') funder: TrustView;
  @Shows('Its first day.', DAY) startsOn: string;
  @Shows('Its last day.', DAY) endsOn: string;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
  @Shows('How much match goes with how much grant.') matchRatio: RatioView;
  @Shows('What its awards add up to.') controlTotals: TotalsView;
  @Shows('What it is configured with, and where each part comes from.') terms: ProgrammeTermsView;
  @Shows('How many are awarded money.', WHOLE) awardeeCount: number;
  @Shows(`Who is awarded money: the first ${MOST_AWARDEES} by name. All are among the roles.`, {
    type: [AwardeeView],
  })
  awardees: AwardeeView[];
  @Shows('Goes up with each change; the ETag.', WHOLE) revision: number;
}

export class ProgrammePageView {
  @Shows('The programmes, by slug.', { type: [ProgrammeView] }) items: ProgrammeView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class AwardLineView {
  @Shows('The financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Capital never funds revenue.', { enum: ['capital', 'revenue'] }) kind: string;
  @Shows('Grant.', PENCE) grantPence: number;
  @Shows('Match.', PENCE) matchPence: number;
  @Shows('Where the figures come from.') sourced: SourcedView;
}

class AwardTrancheView {
  @Shows('1 for the first.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On plans and devices' }) name: string;
  @Shows('Paid before costs arise, or on what was delivered.', { enum: ['advance', 'delivery'] })
  basis: string;
  @Shows('The day for which it is planned.', DAY) plannedOn: string;
  @Shows('Grant.', { ...PENCE, example: 150_000_000 }) grantPence: number;
  @Shows('The milestones that must be accepted before it is paid, as `project/milestone`.', {
    type: [String],
    example: ['berkshire-patient-access/access-plan'],
  })
  milestones: string[];
  @Shows('Where this comes from.') sourced: SourcedView;
}

class AwardView {
  @Shows('Who is awarded it.') trust: TrustView;
  @Shows('Grant in all.', PENCE) grantPence: number;
  @Shows('Match in all.', PENCE) matchPence: number;
  @Shows('Where the total comes from.') sourced: SourcedView;
  @Shows('By financial year and kind.', { type: [AwardLineView] }) lines: AwardLineView[];
  @Shows('By instalment, in order; none: no claim can be made.', { type: [AwardTrancheView] })
  tranches: AwardTrancheView[];
}

export class AwardsView {
  @Shows('The awards, by trust.', { type: [AwardView] }) items: AwardView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class ReportingPeriodView extends PeriodView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Its first day.', DAY) startsOn: string;
  @Shows('The day from which its returns can be drafted.', DAY) opensOn: string;
  @Shows('The day by which they are due.', DAY) dueOn: string;
}

export class ReportingPeriodsView {
  @Shows('The periods, in order of time.', { type: [ReportingPeriodView] }) items: ReportingPeriodView[];
}

class RoleView {
  @Shows('Who.') organisation: TrustView;
  @Shows('What it is in the programme.', { enum: ['funder', 'awardee', 'fast-follower', 'related'] })
  role: string;
  @Shows('Whether that was confirmed.', { enum: ['proposed', 'confirmed', 'ended'] }) status: string;
  @ShowsOrNull('For a follower: whom it follows.', TrustView) follows: TrustView | null;
  @ShowsOrNull('The first day.', String, DAY) from: string | null;
  @ShowsOrNull('The last day.', String, DAY) to: string | null;
  @Shows('Where this comes from.') sourced: SourcedView;
}

export class RolesView {
  @Shows('The roles, by kind and name.', { type: [RoleView] }) items: RoleView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class TargetSetView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code and version.', { example: 'exemplar-aims/v1' }) ref: string;
  @Shows('Its name.') name: string;
  @Shows('What it is about.') description: string;
  @Shows('Whether no later version takes its place.') current: boolean;
  @Shows('The day by which it is to be reached.', DAY) targetOn: string;
  @Shows('The weighted coverage to reach.') target: PartsView;
  @Shows('Where it comes from.') sourced: SourcedView;
  @Shows('Its measures, with baseline, target and trajectory.', { type: 'array', items: { type: 'object' } })
  measures: object[];
}

export class TargetSetsView {
  @Shows('The target sets, all versions.', { type: [TargetSetView] }) items: TargetSetView[];
}

class GoalView {
  @Shows('Its code.', { example: 'real-time-records' }) code: string;
  @Shows('What is to be reached.') statement: string;
  @Shows('Where it comes from.') sourced: SourcedView;
}

class ProjectView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code.', { example: 'online-consultations' }) code: string;
  @Shows('Its name.') name: string;
  @Shows('What it does.') description: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('Where it comes from.') sourced: SourcedView;
  @Shows('What it is to reach.', { type: [GoalView] }) goals: GoalView[];
  @Shows('The ETag.', WHOLE) revision: number;
}

export class ProjectPageView {
  @Shows('The projects, by code.', { type: [ProjectView] }) items: ProjectView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class FieldChangeView {
  @Shows('The column.', { example: 'grant_pence' }) name: string;
  @Shows('What stands.', ANYTHING) before: unknown;
  @Shows('What the file says.', ANYTHING) after: unknown;
}

class DefinitionChangeView {
  @Shows('What kind of thing.', { example: 'milestone' }) section: string;
  @Shows('Which one.', { example: 'online-consultations/first-clinic-live' }) key: string;
  @Shows('What happens to it.', { enum: ['add', 'change', 'remove'] }) change: string;
  @Shows('Field by field.', { type: [FieldChangeView] }) fields: FieldChangeView[];
}

export class DefinitionOutcomeView {
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @ShowsOrNull("Which of the programme's definitions this is; null for a comparison.", Number, WHOLE) number:
    | number
    | null;
  @Shows('The hash of the file.', {
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
  sha256: string;
  @Shows('What it changes; nothing where it is in force already.', { type: [DefinitionChangeView] })
  changes: DefinitionChangeView[];
}
