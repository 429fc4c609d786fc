import type { ClaimEventView } from '../../funding/claims/claim-history.queries.js';
import { words } from '../page/format.js';
import { moment, state, type Table, table, text } from '../page/table.js';
import { claimTag } from './claim.words.js';

const WORDS: Record<string, string> = {
  'claim.prepare': 'Begun',
  'claim.save': 'Saved',
  'claim.certify': 'Certified',
  'claim.submit': 'Submitted',
  'claim.check': 'Taken to be checked',
  'claim.give-back': 'Given back, unchecked',
  'claim.query': 'Queried',
  'claim.answer-query': 'A query was answered',
  'claim.answer': 'Sent back with its answers',
  'claim.revise': 'The next version was begun',
  'claim.recommend': 'Recommended',
  'claim.approve': 'Approved',
  'claim.second-approve': 'The second approval was given',
  'claim.withdraw-approval': 'The first approval was taken back',
  'claim.cancel-approval': 'The approval was cancelled',
  'claim.reject': 'Rejected',
  'claim.withdraw': 'Withdrawn',
  'cost-evidence.add': 'Evidence was added',
  'cost-evidence.withdraw': 'Evidence was taken back',
  'payment.schedule': 'Its payment was scheduled',
  'payment.cancel': 'Its payment was cancelled',
  'payment.pay': 'Its payment was recorded',
  'payment.reverse': 'Its payment was reversed',
  'extract.upload': 'Its payment was found in an extract',
  'recovery.raise': 'Money was asked back',
  'recovery.agree': 'The trust agreed to pay back',
  'recovery.receive': 'Money came back',
  'recovery.write-off': 'The money was given up',
  'recovery.withdraw': 'The recovery was taken back',
};

/** What is done again and again while a claim is prepared: of one person in a row, it is said once. */
const REPEATED = ['claim.save', 'cost-evidence.add', 'claim.answer-query'];

/** One line of a claim's history: an event, or several alike in a row. */
export interface ClaimEvent extends ClaimEventView {
  /** How many there were. */
  times: number;
}

/** The events of a claim, those that are alike in a row as one, at the time of the last. */
export function foldedEvents(events: readonly ClaimEventView[]): ClaimEvent[] {
  const folded: ClaimEvent[] = [];
  for (const event of events) {
    const last = folded.at(-1);
    const alike =
      last !== undefined &&
      REPEATED.includes(event.action) &&
      last.action === event.action &&
      last.by?.id === event.by?.id &&
      last.state === event.state;
    if (alike) folded[folded.length - 1] = { ...event, times: last.times + 1 };
    else folded.push({ ...event, times: 1 });
  }
  return folded;
}

/** What happened, in words. */
export function eventWords({ action, state: reached, version, times }: ClaimEvent): string {
  const said =
    action === 'claim.approve' && reached === 'recommended'
      ? 'The first of two approvals was given'
      : action === 'claim.revise'
        ? `Version ${version} was begun`
        : (WORDS[action] ?? words(action.split('.').at(-1) ?? action));
  return times > 1 ? `${said}, ${times} times` : said;
}

/** The history of a claim, the newest first: what happened, who did it, why, and which state it led to. */
export function historyTable(events: readonly ClaimEventView[]): Table {
  return table<ClaimEvent>({
    id: 'history',
    caption: 'History',
    rows: foldedEvents(events).reverse(),
    columns: [
      moment('When', ({ at }) => at),
      text('What happened', eventWords, { note: ({ reason }) => reason }),
      text('Who', ({ by }) => by?.name ?? 'Somebody whom you may not see'),
      state('State after it', (event) => claimTag(event.state)),
    ],
    empty: 'Nothing has happened yet.',
  });
}
