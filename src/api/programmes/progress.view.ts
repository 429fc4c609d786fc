import { PartsView, PeriodView, TrustView } from '../common.view.js';
import { DAY, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

export class ScoreView {
  @Shows('Weighted parts per million covered.', { ...WHOLE, example: 23_480_000 }) numerator: number;
  @Shows('Weighted parts per million in all.', { ...WHOLE, example: 62_000_000 }) denominator: number;
  @ShowsOrNull('The two as a percentage, rounded down.', Number, { example: 37.8 }) percent: number | null;
}

class PlannedView extends ScoreView {
  @Shows('What was covered of the measures that have a plan.', WHOLE) comparableNumerator: number;
  @Shows('Percentage points ahead of plan; behind, where negative.', { type: Number, example: -3.2 })
  variancePoints: number;
}

class ExpectedView {
  @Shows('How it was computed.', { enum: ['least-squares-line'] }) method: string;
  @Shows('How sure the range is.', { type: Number, example: 0.8 }) confidenceLevel: number;
  @Shows('How many periods the line was drawn through.', WHOLE) points: number;
  @ShowsOrNull('The version of the targets that they were measured with.', Number, WHOLE) version:
    | number
    | null;
  @Shows('Points of earlier versions, left out.', { ...WHOLE, example: 0 }) leftOut: number;
  @ShowsOrNull('The slope: parts per million a year.', Number, { type: 'integer', example: 81_000 })
  perYearPpm: number | null;
  @ShowsOrNull('The day on which the line reaches the target.', String, DAY) expectedOn: string | null;
  @ShowsOrNull('The early end of the range.', String, DAY) earliestOn: string | null;
  @ShowsOrNull('The late end of the range.', String, DAY) latestOn: string | null;
  @Shows('What that means.', { enum: ['reached', 'on-trend', 'late', 'not-on-this-trend', 'too-few-points'] })
  outcome: string;
  @Shows('All of it in plain words.') words: string;
}

class TargetSetRefView {
  @Shows('Its code and version.', { example: 'exemplar-aims/v1' }) ref: string;
  @Shows('Its name.') name: string;
  @Shows('The day by which it is to be reached.', DAY) targetOn: string;
  @Shows('The weighted coverage to reach.') target: PartsView;
}

class FigureView {
  @Shows('The score.') score: ScoreView;
  @ShowsOrNull('What was planned by now.', PlannedView) planned: PlannedView | null;
  @Shows('When the target will be reached if the past goes on.') expected: ExpectedView;
  @Shows('Whether any of it was made up to show how the system works.') illustrative: boolean;
  @Shows('Goes up when it is computed anew with another result.', WHOLE) revision: number;
}

class ProgrammeFigure extends FigureView {
  @Shows('Its id, for its lineage: /v1/programme-progress/{id}/lineage.', { format: 'uuid' }) id: string;
  @Shows('Trusts with a figure for this very period.', WHOLE) trustsReported: number;
  @Shows('Trusts whose figure is of an earlier period.', { ...WHOLE, example: 0 })
  trustsCarriedForward: number;
  @Shows('Trusts in all.', { ...WHOLE, example: 7 }) trustsTotal: number;
}

class TrustFigure extends FigureView {
  @Shows('Its id, for its lineage: /v1/progress/{id}/lineage.', { format: 'uuid' }) id: string;
  @Shows('Measures that count in it.', { ...WHOLE, example: 31 }) measuresReported: number;
  @Shows('Measures in all.', { ...WHOLE, example: 32 }) measuresTotal: number;
}

class ProgrammeTowardView {
  @ShowsOrNull('Toward this target set; null: all of them together, the paperless score.', TargetSetRefView)
  targetSet: TargetSetRefView | null;
  @ShowsOrNull('As the trusts report.', ProgrammeFigure) selfReported: ProgrammeFigure | null;
  @ShowsOrNull('As somebody else validated.', ProgrammeFigure) validated: ProgrammeFigure | null;
}

class TrustTowardView {
  @ShowsOrNull('Toward this target set; null: all of them together, the paperless score.', TargetSetRefView)
  targetSet: TargetSetRefView | null;
  @ShowsOrNull('As the trust reports.', TrustFigure) selfReported: TrustFigure | null;
  @ShowsOrNull('As somebody else validated.', TrustFigure) validated: TrustFigure | null;
}

class HistoryView {
  @Shows('The period.', { example: '2017/18 Q4' }) period: string;
  @Shows('Its last day.', DAY) endsOn: string;
  @Shows('As reported, or as validated.', { enum: ['self-reported', 'validated'] }) basis: string;
  @Shows('The paperless score then.') score: ScoreView;
  @ShowsOrNull('What was planned for then.', PlannedView) planned: PlannedView | null;
  @Shows('Whether any of it was made up to show how the system works.') illustrative: boolean;
}

class ProgrammeHistoryView extends HistoryView {
  @Shows('Trusts that reported.', { ...WHOLE, example: 7 }) trustsReported: number;
}

class TrustHistoryView extends HistoryView {
  @Shows("The figure's id.", { format: 'uuid' }) id: string;
}

class ProgrammeRefView {
  @Shows('Its name in addresses.', { example: 'mental-health-exemplars' }) slug: string;
  @Shows('Its name.') name: string;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class DatedProgrammeView extends ProgrammeRefView {
  @Shows('Its first day.', DAY) startsOn: string;
  @Shows('Its last day.', DAY) endsOn: string;
}

class AwardedView {
  @Shows('Grant in all.', { ...PENCE, example: 3_500_000_000 }) grantPence: number;
  @Shows('Match in all.', { ...PENCE, example: 3_500_000_000 }) matchPence: number;
  @Shows('Both together.', { ...PENCE, example: 7_000_000_000 }) totalPence: number;
}

class ConfidenceView {
  @Shows('The period in which it was given.', { example: '2018/19 Q1' }) period: string;
  @Shows('The scale.', { example: 'delivery-confidence-5' }) scale: string;
  @Shows('The rating on it.', { example: 'amber-green' }) rating: string;
  @ShowsOrNull('Why.', String) reason: string | null;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
}

class TrustInProgrammeView extends TrustView {
  @ShowsOrNull('Its latest paperless score by then, self-reported and validated.', Object) progress:
    | object
    | null;
  @ShowsOrNull('Its latest delivery confidence by then.', ConfidenceView)
  deliveryConfidence: ConfidenceView | null;
}

export class ProgrammeProgressView {
  @Shows('The programme.') programme: DatedProgrammeView;
  @Shows('As at the end of this period.') period: PeriodView;
  @Shows('What is awarded and matched.') awarded: AwardedView;
  @Shows('All targets together first, then each target set.', { type: [ProgrammeTowardView] })
  figures: ProgrammeTowardView[];
  @Shows('The paperless score, period by period: the last twelve. `period` leads to earlier ones.', {
    type: [ProgrammeHistoryView],
  })
  history: ProgrammeHistoryView[];
  @Shows('The trusts by name, a page of them; the Link header leads to the next.', {
    type: [TrustInProgrammeView],
  })
  trusts: TrustInProgrammeView[];
}

class SpendView {
  @Shows('The financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Capital or revenue.', { enum: ['capital', 'revenue'] }) kind: string;
  @Shows('Grant or match.', { enum: ['grant', 'match'] }) source: string;
  @Shows('Awarded, or to be matched.', PENCE) awardedPence: number;
  @ShowsOrNull('Spent so far, as accepted.', Number, PENCE) spentToDatePence: number | null;
  @ShowsOrNull('Forecast, as accepted.', Number, PENCE) forecastPence: number | null;
  @ShowsOrNull('Whether it was made up to show how the system works.', Boolean) illustrative: boolean | null;
}

export class TrustProgressView {
  @Shows('The programme.') programme: ProgrammeRefView;
  @Shows('The trust.') trust: TrustView;
  @Shows('As at the end of this period.') period: PeriodView;
  @Shows('All targets together first, then each target set.', { type: [TrustTowardView] })
  figures: TrustTowardView[];
  @Shows('The paperless score, period by period.', { type: [TrustHistoryView] }) history: TrustHistoryView[];
  @Shows('Delivery confidence, period by period.', { type: [ConfidenceView] })
  deliveryConfidence: ConfidenceView[];
  @Shows('Spend by line.', { type: [SpendView] }) spend: SpendView[];
}

class LineageReturnView {
  @Shows('The return.', { format: 'uuid' }) id: string;
  @Shows('Its version.', WHOLE) version: number;
}

class LineageMeasurementView extends PartsView {
  @Shows('The measurement.', { format: 'uuid' }) measurement: string;
  @Shows('Its revision then.', WHOLE) revision: number;
  @Shows('Its target set.', { example: 'exemplar-aims/v1' }) targetSet: string;
  @Shows('Its measure.', { example: 'online-record-access' }) measure: string;
  @Shows("The measure's name.") name: string;
  @Shows('The direction of improvement.', { enum: ['up', 'down'] }) direction: string;
  @Shows('What is counted.', { enum: ['share', 'score', 'count'] }) unit: string;
  @Shows('Its weight.', WHOLE) weight: number;
  @Shows('The return that it was reported in.') return: LineageReturnView;
  @Shows('Whether it still stands as it was then.') current: boolean;
}

export class LineageView {
  @Shows('The figure.', { format: 'uuid' }) id: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The period.', { example: '2018/19 Q1' }) period: string;
  @Shows('As reported, or as validated.', { enum: ['self-reported', 'validated'] }) basis: string;
  @ShowsOrNull('The target set; null for all together.', String, { example: 'exemplar-aims/v1' }) targetSet:
    | string
    | null;
  @Shows('How it was computed.') method: string;
  @Shows('The score.') score: PartsView;
  @Shows('Measures that count in it.', WHOLE) measuresReported: number;
  @Shows('Measures in all.', WHOLE) measuresTotal: number;
  @Shows('Whether any of it was made up.') illustrative: boolean;
  @Shows('Goes up when it is computed anew with another result.', WHOLE) revision: number;
  @Shows('The measurements, as they were.', { type: [LineageMeasurementView] })
  measurements: LineageMeasurementView[];
}

class SummedFigureView {
  @Shows("The trust's figure, for its own lineage.", { format: 'uuid' }) id: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The period that it is of.', { example: '2018/19 Q1' }) period: string;
  @Shows('The score.') score: PartsView;
  @Shows('Its revision now.', WHOLE) revision: number;
}

export class ProgrammeLineageView {
  @Shows('The figure.', { format: 'uuid' }) id: string;
  @Shows('The period.', { example: '2018/19 Q1' }) period: string;
  @Shows('As reported, or as validated.', { enum: ['self-reported', 'validated'] }) basis: string;
  @ShowsOrNull('The target set; null for all together.', String, { example: 'exemplar-aims/v1' })
  targetSet: string | null;
  @Shows('How it was computed.') method: string;
  @Shows('The score.') score: PartsView;
  @Shows('Whether any of it was made up.') illustrative: boolean;
  @Shows('Goes up when it is computed anew with another result.', WHOLE) revision: number;
  @Shows(
    'Whether the figures of all trusts add up to it now; not for the moment in which one was computed anew and the sum was not.',
  )
  addsUp: boolean;
  @Shows("A page of the trusts' figures, by name.", { type: [SummedFigureView] }) figures: SummedFigureView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
