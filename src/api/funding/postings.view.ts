import { GRANT_STAGES, MATCH_STAGES, MOVES } from '../../funding/ledger.rules.js';
import { TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull } from '../fields.js';
import { JournalAgreementView, PostingLineView, PostingTrancheView } from './ledger.view.js';

const STAGES = [...new Set([...GRANT_STAGES, ...MATCH_STAGES])];

class PostingJournalView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What kind of journal it is.', { enum: Object.keys(MOVES), example: 'claim' }) kind: string;
  @Shows('The day that it is dated.', DAY) datedOn: string;
  @Shows('What happened.', { example: 'Claim CLM-000012 was submitted' }) narrative: string;
  @Shows('When it was posted.', INSTANT) recordedAt: string;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

class LedgerPostingView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The journal that it is in.') journal: PostingJournalView;
  @Shows('The trust whose money it is.') trust: TrustView;
  @Shows('The agreement whose ledger it is in.') agreement: JournalAgreementView;
  @Shows('The line within which the money moves.') line: PostingLineView;
  @Shows('Grant or match.', { enum: ['grant', 'match'] }) source: string;
  @Shows('The stage that it leaves.', { enum: STAGES, example: 'awarded' }) from: string;
  @Shows('The stage that it comes to.', { enum: STAGES, example: 'claimed' }) to: string;
  @Shows('How much, always above zero.', { ...PENCE, example: 1_250_000 }) amountPence: number;
  @ShowsOrNull('When the cost arose; of claims and of evidenced match.', String, DAY) incurredOn:
    | string
    | null;
  @ShowsOrNull('The instalment that it draws on or gives back to.', PostingTrancheView)
  tranche: PostingTrancheView | null;
  @ShowsOrNull('The id of the posting that it mirrors.', String, { format: 'uuid' }) reverses: string | null;
}

export class LedgerPostingPageView {
  @Shows('The postings, in the order in which they were made.', { type: [LedgerPostingView] })
  items: LedgerPostingView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
