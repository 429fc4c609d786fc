import { MILESTONE_STATES } from '../../milestones/milestone.rules.js';
import { SourcedView, TrustView } from '../common.view.js';
import { DAY, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

class MilestoneProjectView {
  @Shows('Its code.', { example: 'shared-record' }) code: string;
  @Shows('Its name.', { example: 'Shared record' }) name: string;
}

export class MilestoneView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its code, as returns name it.', { example: 'shared-record/go-live' }) code: string;
  @Shows('Its name.', { example: 'Go-live' }) name: string;
  @Shows('What kind of milestone it is.', { example: 'go-live' }) kind: string;
  @Shows('Where it is in its life.', { enum: [...MILESTONE_STATES], example: 'claimed-met' }) state: string;
  @Shows('Whose it is.') trust: TrustView;
  @Shows('The project that it belongs to.') project: MilestoneProjectView;
  @Shows('The day that was agreed first; it never changes.', DAY) baselineOn: string;
  @ShowsOrNull(
    'The day that is agreed now, by an approved change request; null while it is the baseline.',
    String,
    {
      format: 'date',
      example: '2018-06-30',
    },
  )
  agreedOn: string | null;
  @Shows('The day that is expected now.', { ...DAY, example: '2018-06-30' }) forecastOn: string;
  @ShowsOrNull('The day on which it was met, as the trust says.', String, {
    format: 'date',
    example: '2018-06-20',
  })
  actualOn: string | null;
  @Shows('Days from the baseline to the actual day, or to the forecast; negative where earlier.', {
    ...WHOLE,
    example: 81,
  })
  slipDays: number;
  @ShowsOrNull("Why the forecast moved: a code of the programme's list.", String, { example: 'supplier' })
  delayReason: string | null;
  @Shows('How many pieces of evidence it has.', { ...WHOLE, example: 2 }) evidence: number;
  @Shows('Whether dates or state come from a return that was made up to show how the system works.', {
    example: false,
  })
  illustrative: boolean;
  @Shows('Where the milestone and its baseline come from.') sourced: SourcedView;
  @Shows('The ETag.', { ...WHOLE, example: 3 }) revision: number;
}

export class MilestonePageView {
  @Shows('The milestones.', { type: [MilestoneView] }) items: MilestoneView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class EvidenceView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The id of the milestone that it proves.', { format: 'uuid' }) milestone: string;
  @Shows("The file's name, cleaned.", { example: 'go-live-minutes.pdf' }) fileName: string;
  @Shows('What kind of file it is, by its content.', { example: 'application/pdf' }) mediaType: string;
  @Shows('How large it is, in bytes.', { ...WHOLE, example: 48_213 }) sizeBytes: number;
  @Shows('SHA-256 of its bytes, in hexadecimal.', {
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  sha256: string;
  @Shows('What it shows.', { example: 'Minutes of the go-live board of 20 June 2018' }) description: string;
  @ShowsOrNull('Who uploaded it; null where they are of a trust that handed the milestone over.', String, {
    example: 'Amina Hussain',
  })
  uploadedBy: string | null;
  @Shows('When.', INSTANT) uploadedAt: string;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

export class EvidenceListView {
  @Shows('The evidence, oldest first.', { type: [EvidenceView] }) items: EvidenceView[];
}
