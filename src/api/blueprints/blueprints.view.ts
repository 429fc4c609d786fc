import {
  CAPABILITIES,
  CARE_SETTINGS,
  MATURITY_SECTIONS,
  PROJECT_TYPES,
  USER_GROUPS,
} from '../../blueprints/blueprint.categories.js';
import { BLUEPRINT_STATES, BLUEPRINT_STEPS } from '../../blueprints/blueprint.rules.js';
import { PersonView, ProgrammeNameView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class ProjectNameView {
  @Shows('Its code.', { example: 'self-harm-app' }) code: string;
  @Shows('Its name.') name: string;
}

class ContactPointView {
  @Shows('The role of whoever is asked.', { example: 'Chief nursing information officer' }) role: string;
  @Shows('The address of their work.', { example: 'digital@merseycare.example' }) address: string;
}

class UsesView {
  @Shows('Questions that were asked.', WHOLE) questions: number;
  @Shows('Of these, answered.', WHOLE) answered: number;
  @Shows('Visits.', WHOLE) visits: number;
  @Shows('Adoptions.', WHOLE) adoptions: number;
  @Shows('Of these, live.', WHOLE) live: number;
}

class BlueprintTitleView {
  @Shows('The title, out of its three parts.', {
    example: 'Ward observations on tablets for nurses, acute inpatient wards',
  })
  title: string;
  @Shows('What it is.') what: string;
  @Shows('For whom.') forWhom: string;
  @Shows('Where.') where: string;
  @Shows('Who uses it.', { enum: [...USER_GROUPS], isArray: true }) userGroups: string[];
  @Shows('In which care settings.', { enum: [...CARE_SETTINGS], isArray: true }) careSettings: string[];
  @ShowsOrNull('What kind of project it was.', String, { enum: [...PROJECT_TYPES] }) projectType:
    | string
    | null;
  @Shows('Which capabilities it serves.', { enum: [...CAPABILITIES], isArray: true }) capabilities: string[];
  @Shows('Which sections of maturity it helps with.', { enum: [...MATURITY_SECTIONS], isArray: true })
  maturitySections: string[];
}

export class BlueprintRowView extends BlueprintTitleView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'BLU-00001' }) reference: string;
  @Shows('The programme that it is of.') programme: ProgrammeNameView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The project that it is of.') project: ProjectNameView;
  @ShowsOrNull('Who is asked about it; null where nobody is named yet.', ContactPointView)
  contact: ContactPointView | null;
  @Shows('How it is used.') uses: UsesView;
  @Shows('The id of the version.', { format: 'uuid' }) versionId: string;
  @Shows('The number of the version.', WHOLE) number: number;
  @Shows('Where the version is in its life.', { enum: [...BLUEPRINT_STATES] }) state: string;
  @ShowsOrNull('When it was published.', String, { format: 'date-time' }) publishedAt: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

export class BlueprintPageView {
  @Shows('The blueprints.', { type: [BlueprintRowView] }) items: BlueprintRowView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class ByKindView {
  @Shows('Capital, in pence.', PENCE) capitalPence: number;
  @Shows('Revenue, in pence.', PENCE) revenuePence: number;
}

class SnapshotMilestoneView {
  @Shows('Its code.') code: string;
  @Shows('Its name.') name: string;
  @Shows('What kind it is.', { example: 'go-live' }) kind: string;
  @Shows('Where it was in its life.', { example: 'met' }) state: string;
  @Shows('The day that was planned first.', DAY) baselineOn: string;
  @ShowsOrNull('The day on which it was met.', String, DAY) actualOn: string | null;
  @ShowsOrNull('Days later than the baseline; negative: earlier.', Number, { type: 'integer' })
  slipDays: number | null;
}

class SnapshotValueView {
  @Shows('Of this many…', WHOLE) numerator: number;
  @Shows('…out of this many.', WHOLE) denominator: number;
  @ShowsOrNull('The period; null: the baseline of the definition.', String, { example: '2017/18 Q4' })
  period: string | null;
}

class SnapshotMeasureView {
  @Shows('Target set and version.', { example: 'paperless/v1' }) targetSet: string;
  @Shows('Its code.') code: string;
  @Shows('Its name.') name: string;
  @Shows('Its unit.', { enum: ['share', 'score', 'count'] }) unit: string;
  @Shows('Which way is better.', { enum: ['up', 'down'] }) direction: string;
  @ShowsOrNull('Before.', SnapshotValueView) before: SnapshotValueView | null;
  @ShowsOrNull('The latest that was validated.', SnapshotValueView) after: SnapshotValueView | null;
}

class SnapshotEvidenceView {
  @Shows('The milestone that it proves, by code.') milestone: string;
  @Shows('Its file name.') fileName: string;
  @Shows('What it shows.') description: string;
  @Shows('The SHA-256 of the file.') sha256: string;
}

class SnapshotTimeView {
  @Shows('From this day.', DAY) startedOn: string;
  @Shows('What began on it: the agreement, or the programme.', { enum: ['agreement', 'programme'] })
  from: string;
  @ShowsOrNull('Until the first go-live; null: nothing is live yet.', String, DAY) liveOn: string | null;
  @ShowsOrNull('Days between the two.', Number, WHOLE) days: number | null;
}

class BlueprintSnapshotView {
  @Shows('The day that it is of.', DAY) takenOn: string;
  @Shows('The project.') project: ProjectNameView;
  @ShowsOrNull('When the agreement came into force.', String, DAY) activatedOn: string | null;
  @Shows('The first day of the programme.', DAY) programmeStartsOn: string;
  @ShowsOrNull('The agreement whose money it is.', String) agreement: string | null;
  @Shows('Grant of the whole award that was paid and not recovered.') grantPaid: ByKindView;
  @Shows('Match of the whole award that was accepted.') matchAccepted: ByKindView;
  @Shows('Both together, in pence.', PENCE) totalPence: number;
  @Shows('How long it took.') time: SnapshotTimeView;
  @Shows('The milestones of the project.', { type: [SnapshotMilestoneView] })
  milestones: SnapshotMilestoneView[];
  @Shows('The measures of its trust.', { type: [SnapshotMeasureView] }) measures: SnapshotMeasureView[];
  @Shows('The evidence of the project.', { type: [SnapshotEvidenceView] }) evidence: SnapshotEvidenceView[];
  @Shows('Whether any of it was made up.', { example: false }) illustrative: boolean;
}

export class BlueprintAttachmentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its file name.') fileName: string;
  @Shows('Its kind.', { example: 'application/pdf' }) mediaType: string;
  @Shows('Its size.', WHOLE) sizeBytes: number;
  @Shows('The SHA-256 of the file.') sha256: string;
  @Shows('What it is.') description: string;
}

class ProductVersionNameView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('As the supplier numbers it.', { example: '5.2' }) name: string;
}

class BlueprintProductView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its name.') name: string;
  @Shows('Its supplier.') supplier: string;
  @ShowsOrNull('The version that is used; null where that is not said.', ProductVersionNameView)
  version: ProductVersionNameView | null;
}

export class BlueprintVersionView extends BlueprintTitleView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number.', WHOLE) number: number;
  @Shows('Where it is in its life.', { enum: [...BLUEPRINT_STATES] }) state: string;
  @Shows('Which problem it solves.') problem: string;
  @Shows('What was in scope.') scope: string;
  @Shows('What was done.') solution: string;
  @Shows('The products of the register that it is about, by name.', { type: [BlueprintProductView] })
  products: BlueprintProductView[];
  @Shows('A product that the register does not have, in words.') product: string;
  @Shows('Its supplier.') supplier: string;
  @Shows('Which team it took.') team: string;
  @Shows('What was learned.') lessons: string;
  @Shows('What is advised.') advice: string;
  @ShowsOrNull('What this alone cost, in pence.', Number, PENCE) costPence: number | null;
  @ShowsOrNull('How that was worked out.', String) costBasis: string | null;
  @ShowsOrNull('What the record said when it was submitted; null until then.', BlueprintSnapshotView)
  snapshot: BlueprintSnapshotView | null;
  @Shows('Who wrote in it, by id.', { type: [String] }) authors: string[];
  @ShowsOrNull('Who submitted it; null where you may not know.', PersonView) submittedBy: PersonView | null;
  @ShowsOrNull('When.', String, { format: 'date-time' }) submittedAt: string | null;
  @ShowsOrNull('Who reviewed it.', PersonView) reviewedBy: PersonView | null;
  @ShowsOrNull('What the review asked last.', String) question: string | null;
  @ShowsOrNull('The answer.', String) answer: string | null;
  @ShowsOrNull('Who published it.', PersonView) publishedBy: PersonView | null;
  @ShowsOrNull('When.', String, { format: 'date-time' }) publishedAt: string | null;
  @ShowsOrNull('Why it was superseded or withdrawn.', String) endedBecause: string | null;
  @Shows('Its files.', { type: [BlueprintAttachmentView] }) attachments: BlueprintAttachmentView[];
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

class VersionLineView {
  @Shows('Its number.', WHOLE) number: number;
  @Shows('Where it is in its life.', { enum: [...BLUEPRINT_STATES] }) state: string;
  @ShowsOrNull('When it was submitted.', String, { format: 'date-time' }) submittedAt: string | null;
  @ShowsOrNull('When it was published.', String, { format: 'date-time' }) publishedAt: string | null;
  @ShowsOrNull('Why it was superseded or withdrawn.', String) endedBecause: string | null;
}

export class BlueprintView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'BLU-00001' }) reference: string;
  @Shows('The title of the newest version.') title: string;
  @Shows('The programme that it is of.') programme: ProgrammeNameView;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The project that it is of.') project: ProjectNameView;
  @ShowsOrNull('Who is asked about it.', ContactPointView) contact: ContactPointView | null;
  @Shows('How it is used.') uses: UsesView;
  @Shows('The newest version that you may see.') latest: BlueprintVersionView;
  @ShowsOrNull('The version that others use; null where none is published now.', BlueprintVersionView)
  published: BlueprintVersionView | null;
  @Shows('All versions that you may see, the newest first.', { type: [VersionLineView] })
  versions: VersionLineView[];
  @Shows('The steps that you may take with the newest version.', {
    enum: [...BLUEPRINT_STEPS],
    isArray: true,
  })
  next: string[];
  @Shows('Whether you may write in the draft.') mayWrite: boolean;
  @Shows('Whether you may begin the next version.') mayBeginVersion: boolean;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class BlueprintVersionsView {
  @Shows('The versions, the newest first.', { type: [BlueprintVersionView] }) items: BlueprintVersionView[];
}

export class BlueprintContactView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The blueprint, by id.', { format: 'uuid' }) blueprint: string;
  @Shows('A question, or a visit.', { enum: ['question', 'visit'] }) kind: string;
  @Shows('Who asked or visited.') organisation: TrustView;
  @Shows('What was asked, or what was seen.') words: string;
  @ShowsOrNull('Of a visit: the day.', String, DAY) visitedOn: string | null;
  @Shows('When it was recorded.', INSTANT) at: string;
  @ShowsOrNull('Of a question: its answer.', String) answer: string | null;
  @ShowsOrNull('When it was answered.', String, { format: 'date-time' }) answeredAt: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class BlueprintContactPageView {
  @Shows('Questions and visits, the newest first.', { type: [BlueprintContactView] })
  items: BlueprintContactView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
