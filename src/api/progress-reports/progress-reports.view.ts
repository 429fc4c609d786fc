import { PROGRESS_REPORT_STATES } from '../../progress-reports/progress-report.rules.js';
import { RETURN_SECTIONS } from '../../progress-reports/return-content.js';
import { TrustView } from '../common.view.js';
import { ANYTHING, DAY, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import {
  ConfidenceDto,
  MeasurementLineDto,
  MilestoneLineDto,
  NarrativeSectionDto,
  RiskLineDto,
  SpendLineDto,
} from './return-content.dto.js';

class ReportPeriodView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its label.', { example: '2017/18 Q4' }) label: string;
  @Shows('Its first day.', DAY) startsOn: string;
  @Shows('Its last day.', DAY) endsOn: string;
}

class ReturnContentView {
  @Shows('All milestones.', { type: [MilestoneLineDto] }) milestones: MilestoneLineDto[];
  @Shows('All spend lines.', { type: [SpendLineDto] }) spend: SpendLineDto[];
  @Shows('All measurements.', { type: [MeasurementLineDto] }) measurements: MeasurementLineDto[];
  @Shows('All risks.', { type: [RiskLineDto] }) risks: RiskLineDto[];
  @Shows('The narrative, by section.', { type: [NarrativeSectionDto] }) narrative: NarrativeSectionDto[];
  @ShowsOrNull('Delivery confidence; null until it is given.', ConfidenceDto)
  confidence: ConfidenceDto | null;
}

class FindingView {
  @Shows('What was found, for programs.', { example: 'claim-without-evidence' }) code: string;
  @Shows('Blocking sends the return back; a warning is for the reviewer.', { enum: ['blocking', 'warning'] })
  severity: string;
  @Shows('The section.', { enum: [...RETURN_SECTIONS] }) section: string;
  @Shows('The place in the content (JSON Pointer).', { example: '/milestones/2/claim' }) place: string;
  @Shows('What is wrong and what to do.') message: string;
}

class VersionView {
  @Shows('From 1.', WHOLE) number: number;
  @Shows('All that the return says.', { type: ReturnContentView }) content: object;
  @Shows('Who saved this version.', { type: [String], example: ['Amina Hussain'] }) preparedBy: string[];
  @ShowsOrNull('Who certified it.', String) certifiedBy: string | null;
  @ShowsOrNull('When.', String, INSTANT) certifiedAt: string | null;
  @ShowsOrNull('Who submitted it.', String) submittedBy: string | null;
  @ShowsOrNull('When.', String, INSTANT) submittedAt: string | null;
  @ShowsOrNull('Who accepted it.', String) acceptedBy: string | null;
  @ShowsOrNull('When.', String, INSTANT) acceptedAt: string | null;
  @ShowsOrNull('Why a correction was begun.', String) reason: string | null;
  @ShowsOrNull('The receipt of its assessment: /v1/receipts/{id}.', String, { format: 'uuid' }) receipt:
    | string
    | null;
  @ShowsOrNull('How far its assessment is.', String, { enum: ['waiting', 'running', 'finished', 'failed'] })
  assessment: string | null;
  @Shows('What the assessment found.', { type: [FindingView] }) findings: FindingView[];
}

class QueryView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The version that was queried.', WHOLE) version: number;
  @Shows('The section.', { enum: [...RETURN_SECTIONS] }) section: string;
  @Shows('What is asked.') question: string;
  @Shows('Who asks; "Assessment" where the queue sent the return back.') raisedBy: string;
  @Shows('When.', INSTANT) raisedAt: string;
  @ShowsOrNull('The answer.', String) answer: string | null;
  @ShowsOrNull('Who answered.', String) answeredBy: string | null;
  @ShowsOrNull('When.', String, INSTANT) answeredAt: string | null;
}

class ChangeView {
  @Shows('The section.', { enum: [...RETURN_SECTIONS] }) section: string;
  @Shows('The place in the content (JSON Pointer).', { example: '/spend/0/spentToDatePence' }) place: string;
  @Shows('What it is, in words.') label: string;
  @Shows('What the last accepted return said.', ANYTHING) before: unknown;
  @Shows('What this one says.', ANYTHING) after: unknown;
}

/** A return with its current version. */
export class ReportView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows("The programme's slug.", { example: 'mental-health-exemplars' }) programme: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('What it covers.') period: ReportPeriodView;
  @Shows('Where it is in its life.', { enum: [...PROGRESS_REPORT_STATES] }) state: string;
  @Shows('The day by which it is due.', DAY) dueOn: string;
  @Shows('Whether that day has passed without it.') overdue: boolean;
  @Shows('The current version.', WHOLE) version: number;
  @ShowsOrNull('The version whose figures stand.', Number, WHOLE) acceptedVersion: number | null;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
  @Shows('The current version, with its findings.') current: VersionView;
  @Shows('Queries on any version, oldest first.', { type: [QueryView] }) queries: QueryView[];
  @ShowsOrNull('What was accepted last: of this period, or else of the one before.', ReturnContentView)
  lastAccepted: object | null;
  @Shows('What is different from it.', { type: [ChangeView] }) changes: ChangeView[];
  @Shows('What may happen next, in its state.', { type: [String], example: ['save', 'certify'] })
  next: string[];
  @Shows('Goes up with each change; the ETag.', WHOLE) revision: number;
}

class FindingCountView {
  @Shows('Blocking findings.', WHOLE) blocking: number;
  @Shows('Warnings.', WHOLE) warning: number;
}

class RatingView {
  @Shows('The scale.', { example: 'delivery-confidence-5' }) scale: string;
  @Shows('The rating on it.', { example: 'amber-green' }) rating: string;
}

/** A return in a list. */
export class ReportRowView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The period that it covers.', { example: '2017/18 Q4' }) period: string;
  @Shows('Where it is in its life.', { enum: [...PROGRESS_REPORT_STATES] }) state: string;
  @Shows('The day by which it is due.', DAY) dueOn: string;
  @Shows('Whether that day has passed without it.') overdue: boolean;
  @Shows('The current version.', WHOLE) version: number;
  @ShowsOrNull('The version whose figures stand.', Number, WHOLE) acceptedVersion: number | null;
  @ShowsOrNull('When the current version was submitted.', String, INSTANT) submittedAt: string | null;
  @Shows('What the assessment found.') findings: FindingCountView;
  @ShowsOrNull('Delivery confidence as the trust sees it.', RatingView) confidence: RatingView | null;
  @Shows('Whether it was made up to show how the system works.') illustrative: boolean;
  @Shows('The ETag to change it with.', WHOLE) revision: number;
}

export class ReportPageView {
  @Shows('The returns, the latest due first.', { type: [ReportRowView] }) items: ReportRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class VersionsView {
  @Shows('All versions, newest first.', { type: [VersionView] }) items: VersionView[];
}
