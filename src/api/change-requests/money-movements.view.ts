import { CHANGE_KINDS } from '../../change-requests/change-content.js';
import { PersonView, TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const MOVED = { ...PENCE, example: 25_000_000 };
const YEAR = { example: '2018/19' };

class MovedAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
}

class ExcessView {
  @Shows('What is exceeded.', { enum: ['line', 'year', 'agreement', 'award'], example: 'line' })
  level: string;
  @Shows('Whose it is.') trust: TrustView;
  @ShowsOrNull('The agreement; null for an award.', MovedAgreementView) agreement: MovedAgreementView | null;
  @ShowsOrNull('The financial year, of a line or a year.', String, YEAR) financialYear: string | null;
  @ShowsOrNull('The kind, of a line.', String, { enum: ['capital', 'revenue', null], example: 'capital' })
  kind: string | null;
  @Shows('What is agreed, or awarded.', PENCE) agreedPence: number;
  @Shows('What its accounts hold.', PENCE) heldPence: number;
  @Shows('How much that is too much.', { ...PENCE, example: 100 }) excessPence: number;
}

class MovedPartView {
  @Shows('The financial year of the line.', YEAR) financialYear: string;
  @Shows('Its kind.', { enum: ['capital', 'revenue'], example: 'capital' }) kind: string;
  @Shows('What moved.', { enum: ['grant', 'match'], example: 'grant' }) source: string;
  @Shows('The account of the line.', { example: 'awarded' }) stage: string;
  @Shows('How much.', MOVED) amountPence: number;
}

class MovedByRequestView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CR-00012' }) reference: string;
  @Shows('What it is for.', { enum: [...CHANGE_KINDS], example: 'move-money' }) kind: string;
  @Shows('What was asked for.', { example: 'Servers instead of licences' }) title: string;
}

class CarriedOutByView {
  @Shows('Their id, or `system:` and what acted.', { example: 'system:demonstration' }) id: string;
  @Shows('Their name.', { example: 'Amina Hussain' }) name: string;
}

class MoneyMovementView {
  @Shows('The journal; the version, where no money moved.', { format: 'uuid' }) id: string;
  @Shows('What it is.', {
    enum: ['reallocation', 'carry-forward', 'variation', 'lapse', 'withdrawal', 'novation', 'reversal'],
    example: 'reallocation',
  })
  what: string;
  @Shows('When it was written.', INSTANT) recordedAt: string;
  @ShowsOrNull('The day that it counts for.', String, DAY) datedOn: string | null;
  @Shows('Whose money it is.') trust: TrustView;
  @Shows('The agreement.') agreement: MovedAgreementView;
  @ShowsOrNull('The version of the agreement that came of it.', Number, {
    ...WHOLE,
    type: 'integer',
    example: 2,
  })
  version: number | null;
  @Shows('What happened.', { example: 'CR-00012: Servers instead of licences' }) narrative: string;
  @ShowsOrNull('The change request that it carries out.', MovedByRequestView)
  changeRequest: MovedByRequestView | null;
  @ShowsOrNull('Who asked.', PersonView) askedBy: PersonView | null;
  @ShowsOrNull('Who approved.', PersonView) approvedBy: PersonView | null;
  @Shows('Who carried it out, as the log says.') carriedOutBy: CarriedOutByView;
  @ShowsOrNull('On what grounds.', String, { example: 'The match is in place.' }) reason: string | null;
  @Shows('What left its line, or lapsed in it; 0 for a variation.', MOVED) amountPence: number;
  @Shows('Where it was.', { type: [MovedPartView] }) from: MovedPartView[];
  @Shows('Where it is.', { type: [MovedPartView] }) to: MovedPartView[];
}

export class MoneyMovementsView {
  @Shows(
    'Lines, years, agreements and awards that hold more grant than is agreed: none, while the ledger is right.',
    {
      type: [ExcessView],
    },
  )
  exceeded: ExcessView[];
  @Shows('What moved, the latest first.', { type: [MoneyMovementView] }) items: MoneyMovementView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
