import type { TrustTotals } from '../../auditing/questions/reconciliation.queries.js';
import type { ReconciledWhole, Reconciliation } from '../../auditing/questions/reconciliation.reader.js';
import type { Comparison, ComparisonKind } from '../../auditing/questions/reconciliation.rules.js';
import type { ShownDifference } from '../../funding/ledger.reader.js';
import type { ExtractSummary } from '../../funding/payments/extract.queries.js';
import type { LedgerCheckView } from '../../funding/reconciliation.queries.js';
import { nextAddress } from '../page/address.js';
import { count, instant, plural, pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, moment, money, number, state, table, text } from '../page/table.js';
import { type ProgrammeRef, questionPage } from './question.page.js';

const pathOf = (slug: string): string => `/programmes/${slug}/reconciliation`;

/** Question 9 in a sentence. */
export function reconciliationLead({
  comparisons,
  differences,
  checks,
}: Pick<ReconciledWhole, 'comparisons' | 'differences' | 'checks'>): string {
  const differ = comparisons.filter(({ agrees }) => !agrees).length;
  const standing = differences.count;
  const last = checks[0]?.checkedAt;
  const ledger =
    last === undefined
      ? 'The ledger has not been held against its postings yet.'
      : standing === 0
        ? `The ledger agrees with its postings, as checked on ${instant(last)}.`
        : `${plural(standing, 'difference')} in the ledger ${standing === 1 ? 'stands' : 'stand'}, as checked on ${instant(last)}.`;
  return `${differ === 0 ? `All ${count(comparisons.length)} totals agree` : `${count(differ)} of ${count(comparisons.length)} totals ${differ === 1 ? 'differs' : 'differ'}`}. ${ledger}`;
}

const CAPTIONS: Record<ComparisonKind, { caption: string; empty: string }> = {
  published: {
    caption: 'What is published, and the ledger',
    empty: 'Nothing of this programme is published as open data yet.',
  },
  totals: { caption: 'What agrees with what', empty: 'There is nothing to compare yet.' },
  lines: {
    caption: 'Grant by financial year and kind',
    empty: 'No agreement is in force, so no year has a line.',
  },
  balances: {
    caption: 'Balances of the ledger, and what was posted',
    empty: 'No check of the ledger has added them up yet; that happens each night.',
  },
  extracts: {
    caption: 'What extracts say of our payments',
    empty: 'No extract of a bank or finance ledger was uploaded yet.',
  },
};

const comparisonTable = (kind: ComparisonKind, all: readonly Comparison[]) =>
  table<Comparison>({
    id: kind === 'extracts' ? 'extract-totals' : kind,
    caption: CAPTIONS[kind].caption,
    rows: all.filter((each) => each.kind === kind),
    columns: [
      text('Total', (row) => row.what),
      text(
        'Held against each other',
        ({ one, other }) => `${one}; ${other.charAt(0).toLowerCase()}${other.slice(1)}`,
      ),
      money('One', (row) => row.onePence),
      money('The other', (row) => row.otherPence),
      money('Difference', (row) => row.differencePence),
      state('Result', (row) =>
        row.agrees ? { words: 'Agrees', colour: 'green' } : { words: 'Differs', colour: 'red' },
      ),
    ],
    empty: CAPTIONS[kind].empty,
  });

const trustTable = ({ items: rows, next }: Reconciliation['trusts'], slug: string) =>
  table<TrustTotals>({
    id: 'by-trust',
    caption: 'Grant by trust',
    rows,
    columns: [
      text('Trust', (row) => row.trust.name, {
        href: (row) => `/programmes/${slug}/trusts/${row.trust.odsCode}`,
      }),
      money('Awarded', (row) => row.awardPence),
      money('Agreed', (row) => row.agreedPence),
      money('In the ledger', (row) => row.ledgerPence),
      money('Paid', (row) => row.paidPence),
      state('Result', (row) =>
        !row.agrees
          ? { words: 'Differs', colour: 'red' }
          : row.agreedPence !== row.awardPence
            ? { words: 'Agreed otherwise than awarded', colour: 'yellow' }
            : { words: 'Agrees', colour: 'green' },
      ),
    ],
    empty: 'No trust has an award yet.',
    next: nextAddress(pathOf(slug), {}, next, 'trusts'),
  });

const differenceTable = ({ items: rows, next }: Reconciliation['differences'], slug: string) =>
  table<ShownDifference>({
    id: 'differences',
    caption: 'Differences in the ledger that stand',
    rows,
    columns: [
      text('Where', (row) => row.subject, { note: (row) => row.trust?.name ?? null }),
      text('Kind', (row) => words(row.kind)),
      money('Expected', (row) => row.expectedPence),
      money('Found', (row) => row.foundPence),
      moment('Raised', (row) => row.raisedAt),
      text('What to do', (row) => row.whatToDo),
    ],
    empty: 'The last check found no difference, or all that were found are cleared.',
    next: nextAddress(pathOf(slug), {}, next, 'differences'),
  });

const checkTable = (rows: readonly LedgerCheckView[]) =>
  table<LedgerCheckView>({
    id: 'checks',
    caption: 'Checks of the ledger',
    rows,
    columns: [
      moment('Checked', (row) => row.checkedAt),
      number('Balances', (row) => row.accounts),
      number('Postings', (row) => row.postings),
      number('Differences', (row) => row.differences),
    ],
    empty: 'The ledger has not been checked yet; that happens each night.',
  });

const extractTable = (rows: readonly ExtractSummary[]) =>
  table<ExtractSummary>({
    id: 'extracts',
    caption: 'Payments held against the bank and the finance ledger',
    rows,
    columns: [
      text('Extract', (row) => row.fileName, { note: (row) => words(row.origin) }),
      date('From', (row) => row.fromOn),
      date('To', (row) => row.toOn),
      number('Lines', (row) => row.lines),
      number('Matched', (row) => row.counts.matched),
      number('Differ', (row) => row.counts.differs),
      number('Not in Exemplar', (row) => row.counts.missingInExemplar),
      number('Not in the extract', (row) => row.counts.missingInExtract),
    ],
    empty: 'No extract of a bank or finance ledger was uploaded yet.',
  });

/** Auditor, question 9: do published totals reconcile to the ledger? */
export function reconciliationPage(programme: ProgrammeRef, found: Reconciliation): Page {
  const { comparisons } = found;
  return questionPage({
    programme,
    question: 9,
    title: 'Reconciliation: do the totals agree?',
    lead: reconciliationLead(found),
    sections: [
      { table: comparisonTable('published', comparisons) },
      { table: comparisonTable('totals', comparisons) },
      { table: trustTable(found.trusts, programme.slug) },
      { table: comparisonTable('lines', comparisons) },
      { table: comparisonTable('balances', comparisons) },
      { table: differenceTable(found.differences, programme.slug) },
      { table: comparisonTable('extracts', comparisons) },
      { table: extractTable(found.extracts) },
      { table: checkTable(found.checks) },
    ],
    notes: [
      `What is published is added up from the files of open data. Beside it, what they are made from: the programme’s control total of ${pounds(found.controlGrantPence)}, its awards, its agreements and its ledger.`,
      'Balances and what was posted are as the last check of the ledger added them up; it is checked each night.',
      'An agreement may say otherwise than its award where an approved change moved money, or where another trust took the agreement over: the award stays as it was made.',
    ],
  });
}
