import { GRANT_STAGES, MATCH_STAGES, MOVES } from '../../funding/ledger.rules.js';
import { DIFFERENCE_KINDS } from '../../funding/reconciliation.rules.js';
import { TrustView } from '../common.view.js';
import { DAY, INSTANT, PENCE, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const STAGES = [...new Set([...GRANT_STAGES, ...MATCH_STAGES])];
const KINDS = Object.keys(MOVES);

export class PostingLineView {
  @Shows('The financial year.', { example: '2017/18' }) financialYear: string;
  @Shows('Capital or revenue.', { enum: ['capital', 'revenue'] }) kind: string;
}

export class PostingTrancheView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its number.', { ...WHOLE, example: 2 }) number: number;
  @Shows('Its name.', { example: 'On go-live of the shared record' }) name: string;
}

class PostingView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The line within which the money moves.') line: PostingLineView;
  @Shows('Grant or match.', { enum: ['grant', 'match'] }) source: string;
  @Shows('The stage that it leaves.', { enum: STAGES, example: 'awarded' }) from: string;
  @Shows('The stage that it comes to.', { enum: STAGES, example: 'claimed' }) to: string;
  @Shows('How much, always above zero.', { ...PENCE, example: 1_250_000 }) amountPence: number;
  @ShowsOrNull('When the cost arose; of claims and of evidenced match.', String, {
    ...DAY,
    example: '2017-11-14',
  })
  incurredOn: string | null;
  @ShowsOrNull('The instalment that it draws on or gives back to.', PostingTrancheView)
  tranche: PostingTrancheView | null;
  @ShowsOrNull('The id of the posting that it mirrors.', String, { format: 'uuid' }) reverses: string | null;
}

export class JournalAgreementView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'MHE-RW4' }) reference: string;
}

class JournalCauseView {
  @Shows('What it is.', { enum: ['claim', 'payment', 'recovery', 'contribution', 'change-request'] })
  kind: string;
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('Its reference.', { example: 'CLM-000012' }) reference: string;
}

class JournalActorView {
  @Shows("A person's id, or what the system was at.", { example: 'system:reconcile-ledger' }) id: string;
  @Shows('Their name.', { example: 'Amina Hussain' }) name: string;
  @Shows('Their role.', { example: 'finance-officer' }) role: string;
}

class JournalPostedView {
  @Shows('Who did it.') by: JournalActorView;
  @Shows('What they did.', { example: 'payment.record' }) action: string;
  @Shows('When it was recorded.', INSTANT) at: string;
  @Shows('Its number in the log.', { ...WHOLE, example: 4_211 }) logEntry: number;
}

class JournalRefView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('What kind of journal it is.', { enum: KINDS, example: 'claim' }) kind: string;
  @Shows('The day that it is dated.', DAY) datedOn: string;
}

export class JournalView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('The agreement whose ledger it is in.') agreement: JournalAgreementView;
  @Shows('The trust that holds the agreement.') trust: TrustView;
  @Shows('What kind of journal it is.', { enum: KINDS, example: 'claim' }) kind: string;
  @Shows('The day that it is dated.', DAY) datedOn: string;
  @Shows('What happened.', { example: 'Claim CLM-000012 was submitted' }) narrative: string;
  @Shows('The sum of its postings.', { ...PENCE, example: 1_250_000 }) totalPence: number;
  @Shows('Its postings, in the order in which they were made.', { type: [PostingView] })
  postings: PostingView[];
  @Shows('What it follows from.', { type: [JournalCauseView] }) causes: JournalCauseView[];
  @ShowsOrNull('Who posted it and when, by the log.', JournalPostedView) posted: JournalPostedView | null;
  @ShowsOrNull('The journal that it undoes.', JournalRefView) reverses: JournalRefView | null;
  @ShowsOrNull('The journal that undid it.', JournalRefView) reversedBy: JournalRefView | null;
  @ShowsOrNull(
    'The journal of the agreement that this one took over; null too where it is not yours to see.',
    JournalRefView,
  )
  novates: JournalRefView | null;
  @ShowsOrNull(
    'The journal of the agreement that took this one over; null too where it is not yours to see.',
    JournalRefView,
  )
  novatedBy: JournalRefView | null;
  @Shows('Whether it was made up to show how the system works.', { example: false }) illustrative: boolean;
}

export class JournalPageView {
  @Shows('The journals, newest first.', { type: [JournalView] }) items: JournalView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class LedgerCheckRequestView {
  @Shows('The receipt of the check: /v1/receipts/{id}.', { format: 'uuid' }) receipt: string;
}

export class LedgerCheckView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows('When the ledger was checked.', INSTANT) checkedAt: string;
  @Shows('How many accounts were held against their postings.', { ...WHOLE, example: 84 }) accounts: number;
  @Shows('How many postings there were.', { ...WHOLE, example: 612 }) postings: number;
  @Shows('How many differences stood after it.', { ...WHOLE, example: 0 }) differences: number;
}

export class LedgerCheckPageView {
  @Shows('The checks, newest first.', { type: [LedgerCheckView] }) items: LedgerCheckView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

export class LedgerDifferenceView {
  @Shows('Its id.', { format: 'uuid' }) id: string;
  @Shows(
    'What does not agree: an account with its postings, a journal with its own, a line with its agreement, a tranche with what was drawn, the programme with its control totals.',
    { enum: [...DIFFERENCE_KINDS] },
  )
  kind: string;
  @ShowsOrNull('Whose it is; null where it is of the programme.', TrustView) trust: TrustView | null;
  @Shows('Where it is.', {
    example:
      'MHE-RW4 (Mersey Care NHS Foundation Trust), 2017/18 capital: the balance of the grant paid is not the sum of its postings',
  })
  subject: string;
  @Shows('What it should be.', { ...PENCE, example: 14_000_000 }) expectedPence: number;
  @Shows('What was found.', { ...PENCE, example: 15_000_000 }) foundPence: number;
  @Shows('What to do about it.') whatToDo: string;
  @Shows('When it was found first.', INSTANT) raisedAt: string;
  @ShowsOrNull('When it was found gone; null while it stands.', String, INSTANT) clearedAt: string | null;
}

export class LedgerDifferencePageView {
  @Shows('The differences, the latest found first.', { type: [LedgerDifferenceView] })
  items: LedgerDifferenceView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}
