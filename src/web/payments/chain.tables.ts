import type { ChainExtractLine, PaymentChain } from '../../funding/payments/payment-chain.queries.js';
import type { RecoveryView } from '../../funding/payments/recovery.queries.js';
import { words } from '../page/format.js';
import { date, money, number, type Table, table, text } from '../page/table.js';
import { recoveryTag, resultTag } from './payment.words.js';

/** What stands where somebody should be. */
export const NOBODY = 'Nobody is recorded';

interface Posted {
  datedOn: string;
  kind: string;
  narrative: string;
  by: string;
  line: string;
  move: string;
  amountPence: number;
  logEntry: number | null;
}

/** The postings of a claim and its payment, as the ledger has them. */
export function postingsTable({ journals }: PaymentChain): Table {
  const rows = journals.flatMap(({ datedOn, kind, narrative, posted, postings }) =>
    postings.map((posting) => ({
      ...{ datedOn, kind, narrative, amountPence: posting.amountPence },
      by: posted?.by.name ?? NOBODY,
      line: `${posting.line.financialYear} ${posting.line.kind}`,
      move: `${words(posting.from)} to ${words(posting.to).toLowerCase()}`,
      logEntry: posted?.logEntry ?? null,
    })),
  );
  return table<Posted>({
    id: 'postings',
    caption: 'Postings',
    rows,
    columns: [
      date('Dated', ({ datedOn }) => datedOn),
      text('Journal', ({ kind }) => words(kind), { note: ({ narrative }) => narrative }),
      text('Line', ({ line }) => line),
      text('Moved', ({ move }) => move),
      text('Posted by', ({ by }) => by),
      number('Log entry', ({ logEntry }) => logEntry),
      money('Amount', ({ amountPence }) => amountPence),
    ],
    empty: 'Nothing is posted.',
  });
}

/**
 * The lines of extracts that a payment was held against.
 * @param mayOpen whether the reader may open an extract
 */
export const bankTable = ({ extractLines }: PaymentChain, mayOpen: boolean): Table =>
  table<ChainExtractLine>({
    id: 'bank',
    caption: 'Lines of extracts',
    rows: extractLines,
    columns: [
      text('Extract', ({ extract }) => extract.fileName ?? 'An extract that you may not see', {
        href: ({ extract }) => (mayOpen && extract.fileName !== null ? `/extracts/${extract.id}` : null),
        note: ({ line }) => (line === null ? null : `line ${line}`),
      }),
      date('Booked on', ({ bookedOn }) => bookedOn),
      text('Reference', ({ reference }) => reference),
      text('Result', (row) => resultTag(row).words, { note: ({ explanation }) => explanation }),
      money('Amount', ({ amountPence }) => amountPence),
    ],
    empty: 'It was not looked for in any extract yet.',
  });

/** What was asked back of a payment. */
export const recoveriesTable = ({ recoveries }: PaymentChain): Table =>
  table<RecoveryView>({
    id: 'recoveries',
    caption: 'What was asked back',
    rows: recoveries,
    columns: [
      text('Recovery', ({ reference }) => reference, { href: ({ id }) => `/recoveries/${id}` }),
      text('Why', ({ cause }) => words(cause), { note: ({ reason }) => reason }),
      text('State', (row) => recoveryTag(row.state).words),
      text('Raised by', ({ raisedBy }) => raisedBy.name),
      money('Amount', ({ amountPence }) => amountPence),
    ],
    empty: 'Nothing of it was asked back.',
  });
