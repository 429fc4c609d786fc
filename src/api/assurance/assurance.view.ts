import { ASSURANCE_STATES, ASSURANCE_STEPS } from '../../assurance/assurance-item.rules.js';
import { ASSURANCE_KINDS, ASSURANCE_LEVELS } from '../../assurance/assurance-kinds.js';
import { COVERAGE_STATUSES } from '../../assurance/coverage.rules.js';
import { MILESTONE_STATES } from '../../milestones/milestone.rules.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const LATER = { format: 'date-time', example: '2018-04-16T09:30:00Z' } as const;

export class AssuranceKindView {
  @Shows('Its code.', { enum: [...ASSURANCE_KINDS], example: 'dcb0160' }) code: string;
  @Shows('Its name.', { example: 'DCB0160 deployment safety case' }) name: string;
  @Shows('What it shows.') shows: string;
  @Shows('What it is of.', { enum: [...ASSURANCE_LEVELS], example: 'deployment' }) level: string;
  @ShowsOrNull('The first day on which it is asked for; null: as far back as programmes go.', String, DAY)
  appliesFrom: string | null;
  @Shows('Whether no go-live is met without it.', { example: true }) mandatory: boolean;
  @Shows('The role of whoever signs it.', { example: 'Clinical safety officer' }) signOffRole: string;
  @ShowsOrNull('For how many months it usually holds; null: until something changes.', Number, {
    ...WHOLE,
    example: 12,
  })
  lifeMonths: number | null;
  @Shows('What it may come to; empty where being signed is all there is to it.', {
    type: [String],
    example: ['pass', 'fail'],
  })
  outcomes: string[];
  @Shows('The outcomes with which a service may go live; empty: all.', { type: [String], example: ['pass'] })
  passes: string[];
  @Shows('Whether it comes with a hazard log.', { example: true }) hazardLog: boolean;
  @Shows('Whether anybody may know of it once it is accepted.', { example: false }) published: boolean;
  @Shows('What of this no source says.', { example: 'All of it.' }) assumed: string;
}

export class AssuranceKindsView {
  @Shows('The kinds.', { type: [AssuranceKindView] }) items: AssuranceKindView[];
}

class SubjectView {
  @Shows('At which level it is held.', { enum: [...ASSURANCE_LEVELS], example: 'deployment' }) level: string;
  @Shows('The id of the product, version, deployment, project or organisation.', { format: 'uuid' })
  id: string;
  @Shows('What it is called.', { example: 'Ward observations 5.2 in Ward observations' }) name: string;
}

class NamedProductView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its name.', { example: 'Ward observations' }) name: string;
}

export class AssuranceItemView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'ASR-00012' }) reference: string;
  @Shows('What kind of evidence it is.', { enum: [...ASSURANCE_KINDS], example: 'dcb0160' }) kind: string;
  @Shows('What it is of.') subject: SubjectView;
  @ShowsOrNull('Whose it is; null where it is of a product.', TrustView) trust: TrustView | null;
  @ShowsOrNull('The product that it is about; null where it is about none.', NamedProductView)
  product: NamedProductView | null;
  @Shows('Where it is in its life.', { enum: [...ASSURANCE_STATES], example: 'accepted' }) state: string;
  @Shows('Its version, as its authors number it.', { example: '1.2' }) version: string;
  @Shows('The role in which it was signed.', { example: 'Clinical safety officer' }) signOffRole: string;
  @Shows('Who signed it.', { example: 'Dr R. Osei' }) signedBy: string;
  @Shows('When it was signed.', DAY) signedOn: string;
  @ShowsOrNull('The last day on which it holds; null: until something changes.', String, DAY)
  expiresOn: string | null;
  @ShowsOrNull('What it came to; null where the kind has no outcome.', String, { example: 'pass' })
  outcome: string | null;
  @Shows('Where the document is.', { example: 'Clinical safety folder, CSCR-014' }) document: string;
  @ShowsOrNull('Who began it; null where you may not know them.', PersonView) preparedBy: PersonView | null;
  @Shows('When.', INSTANT) preparedAt: string;
  @ShowsOrNull('Who submitted it.', PersonView) submittedBy: PersonView | null;
  @ShowsOrNull('When.', String, LATER) submittedAt: string | null;
  @ShowsOrNull('Who accepted or rejected it.', PersonView) decidedBy: PersonView | null;
  @ShowsOrNull('When.', String, LATER) decidedAt: string | null;
  @ShowsOrNull('When it was withdrawn.', String, LATER) withdrawnAt: string | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class AssuranceItemPageView {
  @Shows('The pieces, those that expire first first.', { type: [AssuranceItemView] })
  items: AssuranceItemView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class AssuranceDocumentView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Whether it is a hazard log: its trust, assessors and auditors alone open it.') hazardLog: boolean;
  @Shows("The file's name, cleaned.", { example: 'safety-case.pdf' }) fileName: string;
  @Shows('What kind of file it is, by its content.', { example: 'application/pdf' }) mediaType: string;
  @Shows('How large it is, in bytes.', { ...WHOLE, example: 48_213 }) sizeBytes: number;
  @Shows('SHA-256 of its bytes, in hexadecimal.') sha256: string;
  @Shows('What it shows.', { example: 'Safety case, signed' }) description: string;
  @ShowsOrNull('Who uploaded it; null where you may not know them.', PersonView)
  uploadedBy: PersonView | null;
  @Shows('When.', INSTANT) uploadedAt: string;
}

export class AssuranceFilesView extends AssuranceItemView {
  @Shows('Its files that you may know of, oldest first.', { type: [AssuranceDocumentView] })
  documents: AssuranceDocumentView[];
  @Shows('The steps that you may take now.', { enum: [...ASSURANCE_STEPS], isArray: true }) next: string[];
}

class NearestItemView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'ASR-00012' }) reference: string;
}

class RequirementView {
  @ShowsOrNull('The kind of evidence; null: which product is deployed must be said first.', String, {
    enum: [...ASSURANCE_KINDS, null],
    example: 'dcb0160',
  })
  kind: string | null;
  @Shows('What is asked for.', { example: 'DCB0160 deployment safety case' }) name: string;
  @Shows('Of what.') subject: SubjectView;
  @Shows('How it stands on the day that is looked at.', { enum: [...COVERAGE_STATUSES], example: 'valid' })
  status: string;
  @ShowsOrNull('The piece that stands, or is nearest to it.', NearestItemView) item: NearestItemView | null;
  @ShowsOrNull('The last day on which that one holds.', String, DAY) expiresOn: string | null;
  @ShowsOrNull('What is wrong; null where it is valid.', String) message: string | null;
  @Shows('Whether it is valid, and ends within 90 days.', { example: false }) endsSoon: boolean;
  @ShowsOrNull('When its trust was last told that it ends; null: it was not.', String, LATER)
  toldAt: string | null;
}

class GoLiveProjectView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code.', { example: 'slam-ward-observations' }) code: string;
  @Shows('Its name.', { example: 'Ward observations' }) name: string;
}

export class GoLiveView {
  @Shows('The id of the milestone.', { format: 'uuid' }) id: string;
  @Shows('Its code.', { example: 'slam-ward-observations/observations-go-live' }) code: string;
  @Shows('Its name.', { example: 'First wards live' }) name: string;
  @Shows('Where the milestone is in its life.', { enum: [...MILESTONE_STATES] }) state: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The project that goes live.') project: GoLiveProjectView;
  @Shows('The day that is expected.', DAY) forecastOn: string;
  @ShowsOrNull('The day on which it happened.', String, DAY) actualOn: string | null;
  @Shows('The day that it is looked at for: the actual or expected one; of a live service, today.', DAY)
  lookedAtOn: string;
  @Shows('All that it needs.', { type: [RequirementView] }) requirements: RequirementView[];
  @Shows('How many of these are not met.', { ...WHOLE, example: 2 }) missing: number;
  @Shows('How many are met, and end within 90 days.', { ...WHOLE, example: 0 }) endingSoon: number;
}

export class GoLivePageView {
  @Shows('The go-lives, by the days that are expected.', { type: [GoLiveView] }) items: GoLiveView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class LibraryOutcomeView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'ASR-00012' }) reference: string;
  @Shows('The product.', { example: 'Ward observations' }) product: string;
  @Shows('Who supplies it.', { example: 'Northern Health Software Ltd' }) supplier: string;
  @Shows('What the assessment came to.', { example: 'approved' }) outcome: string;
  @Shows('When.', DAY) assessedOn: string;
  @ShowsOrNull('The last day on which it holds; null: until something changes.', String, DAY)
  expiresOn: string | null;
  @Shows('Whether a later one has taken its place.', { example: false }) superseded: boolean;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

export class LibraryOutcomePageView {
  @Shows('The outcomes, the latest first.', { type: [LibraryOutcomeView] }) items: LibraryOutcomeView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
