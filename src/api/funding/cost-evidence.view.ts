import { PersonView } from '../common.view.js';
import { INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

export class CostEvidenceView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @ShowsOrNull('The id of the claim that it proves; null where it proves a contribution.', String, {
    format: 'uuid',
  })
  claim: string | null;
  @ShowsOrNull('The id of the contribution that it proves; null where it proves a claim.', String, {
    format: 'uuid',
  })
  contribution: string | null;
  @Shows('Who was paid, or whose valuation it is.', { example: 'Northern Networks Ltd' }) supplier: string;
  @Shows("The supplier's own reference of it.", { example: 'INV-20417' }) reference: string;
  @Shows("The file's name, cleaned.", { example: 'inv-20417.pdf' }) fileName: string;
  @Shows('What kind of file it is, by its content.', { example: 'application/pdf' }) mediaType: string;
  @Shows('How large it is, in bytes.', { ...WHOLE, example: 48_213 }) sizeBytes: number;
  @Shows('SHA-256 of its bytes, in hexadecimal.', {
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  sha256: string;
  @Shows('What it shows.', { example: 'Invoice for ward network points, May 2017' }) description: string;
  @ShowsOrNull(
    'Who uploaded it; null for a person of another trust, whose agreement was taken over.',
    PersonView,
  )
  uploadedBy: PersonView | null;
  @Shows('When.', INSTANT) uploadedAt: string;
  @Shows('Whether it counts: false once what it proved came to nothing, or it was taken back.', {
    example: true,
  })
  counts: boolean;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
  @Shows('The ETag.', WHOLE) revision: number;
}

export class CostEvidenceListView {
  @Shows('The evidence, oldest first; what counts no more is among it.', { type: [CostEvidenceView] })
  items: CostEvidenceView[];
}
