import { AGREEMENTS, FIGURE_CHECKS } from '../../surveys/adoption.rules.js';
import { SHEET_STEPS } from '../../surveys/sheets.reader.js';
import {
  ADOPTION_STATUSES,
  LINK_KINDS,
  QUESTION_KINDS,
  SHEET_STATES,
  WAVE_STATES,
} from '../../surveys/survey.rules.js';
import { BASES } from '../../targets/progress.entity.js';
import { PartsView, PersonView, SourcedView, TrustView } from '../common.view.js';
import { DAY, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { BlockerView } from '../problem.view.js';

const REF = { example: 'record-access/v1' };
const BASE = { example: 'Exemplar trusts that submitted their answers' };

class ShareView extends PartsView {
  @Shows('Of whom, in words.', BASE) base: string;
}

class BarrierOptionView {
  @Shows('Its code.', { example: 'finance' }) code: string;
  @Shows('What it is.', { example: 'Financial constraints' }) label: string;
}

class AskedMeasureView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its target set.', { example: 'universal-capabilities/v1' }) targetSet: string;
  @Shows('Its code.', { example: 'capability-c' }) code: string;
  @Shows('Its name.') name: string;
}

class SurveyQuestionView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code and version.', REF) ref: string;
  @Shows('What it asks: how far a trust is, or what stands in its way.', { enum: [...QUESTION_KINDS] })
  kind: string;
  @Shows('What it asks, word for word.') wording: string;
  @Shows('Who is asked.', BASE) base: string;
  @ShowsOrNull('Of barriers: what may be ranked.', BarrierOptionView, { isArray: true })
  options: BarrierOptionView[] | null;
  @ShowsOrNull('The measure that says the same.', AskedMeasureView) measure: AskedMeasureView | null;
  @Shows('Where it comes from.') sourced: SourcedView;
}

class PublishedFigureView {
  @Shows('The question that it answers.', REF) question: string;
  @Shows('What was published, in words.') statement: string;
  @ShowsOrNull('The percentage that its source claims.', Number, { ...WHOLE, example: 82 })
  claimedPercent: number | null;
  @ShowsOrNull('Of this many; null where nobody published it.', Number, WHOLE) numerator: number | null;
  @ShowsOrNull('Out of this many; null where nobody published it.', Number, { ...WHOLE, example: 15 })
  denominator: number | null;
  @Shows('Of whom, in the words of the source.', { example: '15 providers were asked' }) base: string;
  @Shows('Whether any whole number of its base rounds to the percentage.', { enum: [...FIGURE_CHECKS] })
  check: string;
  @Shows('Where it was published.') sourced: SourcedView;
}

export class SurveyWaveView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code.', { example: 'adoption-2018' }) code: string;
  @Shows('Its name.') name: string;
  @Shows('Whether trusts answer it here, or somebody else held and published it.', {
    enum: ['programme', 'historical'],
  })
  kind: string;
  @Shows('Where it is.', { enum: [...WAVE_STATES] }) state: string;
  @ShowsOrNull('Its first day.', String, DAY) opensOn: string | null;
  @ShowsOrNull('Its last day.', String, DAY) closesOn: string | null;
  @ShowsOrNull('When a historical one was held, in words.', String) held: string | null;
  @ShowsOrNull('What a reader must know of it.', String) note: string | null;
  @ShowsOrNull('How many trusts submitted answers; null of a historical one.', ShareView)
  answered: ShareView | null;
  @Shows('What it asks, in order.', { type: [SurveyQuestionView] }) questions: SurveyQuestionView[];
  @Shows('What was published of a historical one, as it was published.', { type: [PublishedFigureView] })
  published: PublishedFigureView[];
  @Shows('Where it comes from.') sourced: SourcedView;
  @Shows('Whether answers were made up to show how the system works.', { example: false })
  illustrative: boolean;
}

export class SurveyWavePageView {
  @Shows('The waves, in order of time.', { type: [SurveyWaveView] }) items: SurveyWaveView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class AnswerShareView extends PartsView {
  @Shows('A status, or a barrier.', { example: 'live' }) code: string;
  @Shows('The same in words.') label: string;
  @ShowsOrNull('Of a barrier: how many ranked it first.', Number, WHOLE) first: number | null;
}

class HeldAgainstView {
  @Shows('The other wave.', { example: 'adoption-2017' }) wave: string;
  @Shows('Its name.') name: string;
  @ShowsOrNull('Why the two are not compared; null where they are.', String, {
    example: 'Not compared: the question changed.',
  })
  because: string | null;
  @Shows('What was answered there; empty where it is not compared.', { type: [AnswerShareView] })
  shares: AnswerShareView[];
}

class QuestionResultView {
  @Shows('The question and its version.', REF) question: string;
  @Shows('What it asks.', { enum: [...QUESTION_KINDS] }) kind: string;
  @Shows('Word for word.') wording: string;
  @Shows('Of whom, in words.', BASE) base: string;
  @Shows('How many gave each answer, out of all that answered.', { type: [AnswerShareView] })
  shares: AnswerShareView[];
  @ShowsOrNull('The wave that it is held against; null where there is none.', HeldAgainstView)
  before: HeldAgainstView | null;
}

export class WaveResultsView {
  @Shows('The wave.', { example: 'adoption-2018' }) wave: string;
  @Shows('Whether it counts all trusts, or your own alone.', { enum: ['all', 'own'] }) covers: string;
  @Shows('How many answered, out of all that were asked.') answered: ShareView;
  @Shows('Whether answers were made up to show how the system works.', { example: false })
  illustrative: boolean;
  @Shows('By question.', { type: [QuestionResultView] }) items: QuestionResultView[];
}

class MeasuredView extends PartsView {
  @Shows('The period that it is of.', { example: '2017/18 Q4' }) period: string;
  @Shows('Whether somebody else validated it.', { enum: [...BASES] }) basis: string;
}

class ScoreOfPeriodView extends PartsView {
  @Shows('The period that it is of.', { example: '2017/18 Q4' }) period: string;
}

class SurveyWaveRefView {
  @Shows('Its code.', { example: 'adoption-2018' }) code: string;
  @Shows('Its name.') name: string;
}

class StandingSheetView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('When it was submitted.', INSTANT) submittedAt: string;
}

class AgreementCountsView {
  @Shows('Answers that agree with what was measured.', WHOLE) agrees: number;
  @Shows('Live or a pilot was answered, and less is measured.', WHOLE) 'answered-more': number;
  @Shows('None, planned, retired or a pilot was answered, and more is measured.', WHOLE)
  'answered-less': number;
  @Shows('The trust had measured nothing of it.', WHOLE) 'not-measured': number;
  @Shows('No measure says the same.', WHOLE) 'no-measure': number;
}

export class TrustAdoptionView {
  @Shows('Which trust.') trust: TrustView;
  @Shows('In which wave.') wave: SurveyWaveRefView;
  @ShowsOrNull('Its answers that stand; null where it submitted none.', StandingSheetView)
  sheet: StandingSheetView | null;
  @ShowsOrNull('The id of answers under way, which count nowhere.', String, { format: 'uuid' })
  draft: string | null;
  @ShowsOrNull('The adoption index: what is live, of the capabilities that were asked about.', PartsView)
  index: PartsView | null;
  @ShowsOrNull(
    'The self-reported paperless score by the end of the wave, in weighted parts per million.',
    ScoreOfPeriodView,
  )
  selfReported: ScoreOfPeriodView | null;
  @ShowsOrNull('The validated one.', ScoreOfPeriodView) validated: ScoreOfPeriodView | null;
  @ShowsOrNull('How its answers stand to what was measured.', AgreementCountsView)
  agreement: AgreementCountsView | null;
  @Shows('Whether its answers were made up to show how the system works.', { example: false })
  illustrative: boolean;
}

export class TrustAdoptionPageView {
  @Shows('The trusts, by name.', { type: [TrustAdoptionView] }) items: TrustAdoptionView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class AdoptionOfTrustView {
  @Shows('Which trust.') trust: TrustView;
  @Shows('In each wave, the latest first.', { type: [TrustAdoptionView] }) items: TrustAdoptionView[];
}

class EvidenceLinkView {
  @Shows('What it is.', { enum: [...LINK_KINDS] }) kind: string;
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @ShowsOrNull('Its name.', String) name: string | null;
}

class AnsweredMeasureView {
  @Shows('Its target set.', { example: 'universal-capabilities/v1' }) targetSet: string;
  @Shows('Its code.', { example: 'capability-c' }) code: string;
  @Shows('Its name.') name: string;
}

export class HeldAnswerView {
  @Shows('Whose answer it is.') trust: TrustView;
  @Shows('The id of the sheet that it is on.', { format: 'uuid' }) sheet: string;
  @Shows('The question and its version.', REF) question: string;
  @Shows('Word for word.') wording: string;
  @Shows('How far the trust says that it is.', { enum: [...ADOPTION_STATUSES] }) status: string;
  @ShowsOrNull('What shows it, in words.', String) evidence: string | null;
  @ShowsOrNull('What of the record shows it.', EvidenceLinkView) link: EvidenceLinkView | null;
  @ShowsOrNull('The measure that says the same.', AnsweredMeasureView) measure: AnsweredMeasureView | null;
  @ShowsOrNull('What was measured by the last day of the wave.', MeasuredView) measured: MeasuredView | null;
  @Shows('Whether the two agree; the rule is in the description of this call.', { enum: [...AGREEMENTS] })
  agreement: string;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

export class HeldAnswerPageView {
  @Shows('The answers, by trust and question.', { type: [HeldAnswerView] }) items: HeldAnswerView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class SheetWaveView extends SurveyWaveRefView {
  @Shows('Where it is.', { enum: [...WAVE_STATES] }) state: string;
  @Shows('Its last day.', DAY) closesOn: string;
}

class SheetAnswerView {
  @Shows('The question and its version.', REF) question: string;
  @ShowsOrNull('How far the trust is.', String, { enum: [...ADOPTION_STATUSES, null] }) status: string | null;
  @ShowsOrNull('What shows it, in words.', String) evidence: string | null;
  @ShowsOrNull('What of the record shows it.', EvidenceLinkView) link: EvidenceLinkView | null;
  @Shows('What stands in the way, the worst first.', { type: [String] }) barriers: string[];
}

export class SurveySheetView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The slug of its programme.', { example: 'mental-health-exemplars' }) programme: string;
  @Shows('The wave.') wave: SheetWaveView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('A correction is a new version.', WHOLE) version: number;
  @Shows('Where it is in its life.', { enum: [...SHEET_STATES] }) state: string;
  @ShowsOrNull('The wave whose answers it was begun with.', SurveyWaveRefView)
  prefilledFrom: SurveyWaveRefView | null;
  @Shows('What the wave asks, in order.', { type: [SurveyQuestionView] }) questions: SurveyQuestionView[];
  @Shows('What was answered so far.', { type: [SheetAnswerView] }) answers: SheetAnswerView[];
  @ShowsOrNull('The adoption index; null of a draft.', PartsView) index: PartsView | null;
  @Shows('Of answers that stand: each against what was measured.', { type: [HeldAnswerView] })
  held: HeldAnswerView[];
  @Shows('Why a draft cannot be submitted yet.', { type: [BlockerView] }) blockers: BlockerView[];
  @Shows('Who wrote it.', { type: [PersonView] }) answeredBy: PersonView[];
  @ShowsOrNull('Who submitted it.', PersonView) submittedBy: PersonView | null;
  @ShowsOrNull('When.', String, INSTANT) submittedAt: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
  @Shows('The steps that you may take now.', { enum: [...SHEET_STEPS], isArray: true }) next: string[];
}
