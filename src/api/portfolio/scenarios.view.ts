import { SCENARIO_STATES } from '../../portfolio/scenario.rules.js';
import { PersonView, ProgrammeNameView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { AgreementRefView } from '../funding/contributions.view.js';

const YEAR = { example: '2019/20' };

class CutView {
  @ShowsOrNull(
    'The part that is cut, in hundredths of a per cent; null where an amount was given.',
    'integer',
    {
      example: 3_333,
    },
  )
  basisPoints: number | null;
  @Shows('What is cut.', PENCE) amountPence: number;
}

class ScenarioTotalsView {
  @Shows('What is cut.', PENCE) cutPence: number;
  @Shows('Of the cut: what no tranche asks for.', PENCE) sparePence: number;
  @Shows('Of the cut: what is drawn already, and cannot be cut.', PENCE) beyondPence: number;
  @Shows('What the year’s tranches ask for: kept, moved and unfunded together.', PENCE) askedPence: number;
  @Shows('What of it they keep.', PENCE) keptPence: number;
  @Shows('What of it they get in a later year.', PENCE) movedPence: number;
  @Shows('What of it no year has.', PENCE) unfundedPence: number;
}

class WithdrawnView {
  @Shows('By whom.') by: PersonView;
  @Shows('When.', INSTANT) at: string;
  @Shows('Why.') because: string;
}

class ScenarioRowView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'SCN-00001' }) reference: string;
  @Shows('Its name.') title: string;
  @Shows('Of which programme.') programme: ProgrammeNameView;
  @Shows('Whether it stands.', { enum: [...SCENARIO_STATES] }) state: string;
  @Shows('The year of which less is paid.', YEAR) financialYear: string;
  @Shows('How much less.') cut: CutView;
  @Shows('What it comes to.') totals: ScenarioTotalsView;
  @Shows('The day as on which it was computed.', DAY) asOn: string;
  @Shows('The entry of the log as at which it was.', WHOLE) asAtNumber: number;
  @Shows('When that entry was recorded: with ?asAt= of it, the record reads as it did.', INSTANT)
  asAt: string;
  @Shows('SHA-256 of all that it was computed from, in hexadecimal.', {
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  factsSha256: string;
  @Shows('Who made it.') madeBy: PersonView;
  @Shows('When.', INSTANT) madeAt: string;
  @ShowsOrNull('By whom it was withdrawn, and why; null while it stands.', WithdrawnView)
  withdrawn: WithdrawnView | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('Goes up with every change.', WHOLE) revision: number;
}

export class ScenarioPageView {
  @Shows('A page of them, the latest first.', { type: [ScenarioRowView] }) items: ScenarioRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class YearOutcomeView {
  @Shows('The financial year.', YEAR) year: string;
  @Shows('What its lines hold.', PENCE) allocatedPence: number;
  @Shows('What of it is not drawn.', PENCE) undrawnPence: number;
  @Shows('What the tranches of that year ask for.', PENCE) askedPence: number;
  @Shows('What is cut of it.', PENCE) cutPence: number;
  @Shows('What it pays then, with what is moved into it.', PENCE) paidPence: number;
}

class MovedView {
  @Shows('The financial year.', { example: '2020/21' }) year: string;
  @Shows('What it gets then.', PENCE) amountPence: number;
}

class TrancheOutcomeView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Under which agreement.') agreement: AgreementRefView;
  @Shows('Whose.') trust: TrustView;
  @Shows('Its number.', WHOLE) number: number;
  @Shows('Its name.') name: string;
  @Shows('The day on which it is to be paid.', DAY) beforeOn: string;
  @ShowsOrNull('The day on which all of it is paid; null where a part of it never is.', String, DAY)
  afterOn: string | null;
  @Shows('What it asks for.', PENCE) askedPence: number;
  @Shows('What it keeps.', PENCE) keptPence: number;
  @Shows('What it gets later.', PENCE) movedPence: number;
  @Shows('What no year has for it.', PENCE) unfundedPence: number;
  @Shows('What it gets later, by year.', { type: [MovedView] }) moved: MovedView[];
  @Shows('The ids of the milestones that it pays for and are open.', { type: [String], example: [] })
  milestones: string[];
}

class MilestoneOutcomeView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code, with that of its project.', { example: 'shared-record/live' }) code: string;
  @Shows('Its name.') name: string;
  @Shows('Whose.') trust: TrustView;
  @Shows('The day of its forecast.', DAY) beforeOn: string;
  @ShowsOrNull('The day that it moves to; null where what pays for it is unfunded.', String, DAY)
  afterOn: string | null;
}

class TargetOutcomeView {
  @Shows('Whose.') trust: TrustView;
  @Shows('Code and version of the target set.', { example: 'paperless/v1' }) targetSet: string;
  @Shows('Its name.') name: string;
  @Shows('The day by which it is to be reached.', DAY) targetOn: string;
  @Shows('The last day of what its measures wait for.', DAY) beforeOn: string;
  @ShowsOrNull('The day that this moves to; null where a part of it is without money.', String, DAY)
  afterOn: string | null;
  @Shows('Whether it is after the target’s day as things stand.', { example: false }) lateBefore: boolean;
  @Shows('Whether it would be.', { example: true }) lateAfter: boolean;
  @Shows('The codes of the measures.', { type: [String], example: ['record-access'] }) measures: string[];
}

class ScenarioResultView {
  @Shows('By financial year.', { type: [YearOutcomeView] }) years: YearOutcomeView[];
  @Shows('The tranches of the year, in the order in which they are paid.', { type: [TrancheOutcomeView] })
  tranches: TrancheOutcomeView[];
  @Shows('The milestones that move.', { type: [MilestoneOutcomeView] }) milestones: MilestoneOutcomeView[];
  @Shows('The targets that wait for them.', { type: [TargetOutcomeView] }) targets: TargetOutcomeView[];
}

export class ScenarioView extends ScenarioRowView {
  @Shows('What would become of tranches, milestones and targets.') result: ScenarioResultView;
}
