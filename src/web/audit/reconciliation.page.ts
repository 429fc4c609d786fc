import type { AgreementRowView } from '../../funding/agreements/agreement.queries.js';
import { IN_FORCE } from '../../funding/agreements/agreement.rules.js';
import type { AwardView } from '../../funding/awards/award.queries.js';
import type { ShownDifference } from '../../funding/ledger.reader.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import type { ExtractSummary } from '../../funding/payments/extract.queries.js';
import type { LedgerCheckView } from '../../funding/reconciliation.queries.js';
import { count, instant, plural, pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { date, moment, money, number, state, table, text } from '../page/table.js';
import { type ProgrammeRef, questionPage } from './question.page.js';

/** What question 9 holds against each other. */
export interface Reconciled {
  money: ProgrammeMoneyView;
  awards: readonly AwardView[];
  agreements: readonly AgreementRowView[];
  payments: ReadonlyArray<{ state: string; count: number; amountPence: number }>;
  checks: readonly LedgerCheckView[];
  differences: readonly ShownDifference[];
  extracts: readonly ExtractSummary[];
}

/** Two totals that should be one, in pence. */
export interface Comparison {
  what: string;
  one: string;
  onePence: number;
  other: string;
  otherPence: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const inForce = ({ state }: AgreementRowView): boolean => IN_FORCE.includes(state);
const WENT_OUT = ['paid', 'reconciled'];

/** The totals of a programme that should agree, each with what it is held against. */
export function comparisons({ money, awards, agreements, payments }: Reconciled): Comparison[] {
  const { control, totals, notAgreed } = money;
  const { grant, match } = totals;
  const standing = agreements.filter(inForce);
  const awarded = (of: 'grantPence' | 'matchPence') => sum(awards.map((award) => award[of]));
  const lines = sum(awards.flatMap((award) => award.lines.map(({ grantPence }) => grantPence)));
  return [
    {
      ...{ what: 'Grant of the programme', one: 'Control total', onePence: control.grantPence },
      ...{ other: 'All awards', otherPence: awarded('grantPence') },
    },
    {
      ...{ what: 'Match of the programme', one: 'Control total', onePence: control.matchPence },
      ...{ other: 'All awards', otherPence: awarded('matchPence') },
    },
    {
      ...{ what: 'Awards', one: 'All awards', onePence: awarded('grantPence') },
      ...{ other: 'Their lines by year and kind', otherPence: lines },
    },
    {
      ...{ what: 'Agreements', one: 'All awards', onePence: awarded('grantPence') },
      ...{
        other: 'Agreements in force, and awards without one',
        otherPence: sum(standing.map(({ agreedGrantPence }) => agreedGrantPence)) + notAgreed.grantPence,
      },
    },
    {
      ...{
        what: 'Grant in the ledger',
        one: 'Agreements in force',
        onePence: sum(standing.map(({ agreedGrantPence }) => agreedGrantPence)),
      },
      ...{ other: 'All accounts of grant', otherPence: grant.awardedPence },
    },
    {
      ...{
        what: 'Match in the ledger',
        one: 'Agreements in force',
        onePence: sum(standing.map(({ agreedMatchPence }) => agreedMatchPence)),
      },
      ...{ other: 'Match that is agreed in the ledger', otherPence: match.agreedPence },
    },
    {
      ...{
        what: 'Payments',
        one: 'Payments recorded as paid',
        onePence: sum(
          payments.filter((each) => WENT_OUT.includes(each.state)).map(({ amountPence }) => amountPence),
        ),
      },
      ...{
        other: 'Paid in the ledger, with what was recovered or written off since',
        otherPence: grant.paidPence + grant.recoveredPence + grant.writtenOffPence,
      },
    },
  ];
}

const apart = ({ onePence, otherPence }: Comparison): number => otherPence - onePence;

/** Question 9 in a sentence. */
export function reconciliationLead(found: Reconciled): string {
  const all = comparisons(found);
  const differ = all.filter((each) => apart(each) !== 0).length;
  const standing = found.differences.length;
  const last = found.money.ledger.checkedAt;
  const ledger =
    last === null
      ? 'The ledger has not been held against its postings yet.'
      : standing === 0
        ? `The ledger agrees with its postings, as checked on ${instant(last)}.`
        : `${plural(standing, 'difference')} in the ledger ${standing === 1 ? 'stands' : 'stand'}, as checked on ${instant(last)}.`;
  return `${differ === 0 ? `All ${count(all.length)} totals agree` : `${count(differ)} of ${count(all.length)} totals ${differ === 1 ? 'differs' : 'differ'}`}. ${ledger}`;
}

interface TrustTotals {
  trust: { odsCode: string; name: string };
  awardPence: number;
  agreedPence: number;
  ledgerPence: number;
  paidPence: number;
}

/** What is awarded, agreed, and in the ledger, by trust. */
export function trustTotals({ money, awards, agreements }: Reconciled): TrustTotals[] {
  const trusts = new Map(
    [...awards, ...agreements, ...money.trusts].map(({ trust }) => [trust.odsCode, trust]),
  );
  return [...trusts.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((trust) => {
      const of = <Row extends { trust: { odsCode: string } }>(rows: readonly Row[]): Row[] =>
        rows.filter((row) => row.trust.odsCode === trust.odsCode);
      const held = of(money.trusts).map(({ totals }) => totals.grant);
      return {
        trust,
        awardPence: sum(of(awards).map(({ grantPence }) => grantPence)),
        agreedPence: sum(
          of(agreements)
            .filter(inForce)
            .map(({ agreedGrantPence }) => agreedGrantPence),
        ),
        ledgerPence: sum(held.map(({ awardedPence }) => awardedPence)),
        paidPence: sum(held.map(({ paidPence }) => paidPence)),
      };
    });
}

const comparisonTable = (rows: readonly Comparison[]) =>
  table<Comparison>({
    id: 'totals',
    caption: 'What agrees with what',
    rows,
    columns: [
      text('Total', (row) => row.what),
      text(
        'Held against each other',
        ({ one, other }) => `${one}; ${other.charAt(0).toLowerCase()}${other.slice(1)}`,
      ),
      money('One', (row) => row.onePence),
      money('The other', (row) => row.otherPence),
      money('Difference', apart),
      state('Result', (row) =>
        apart(row) === 0 ? { words: 'Agrees', colour: 'green' } : { words: 'Differs', colour: 'red' },
      ),
    ],
    empty: 'There is nothing to compare yet.',
  });

const trustTable = (rows: readonly TrustTotals[], slug: string) =>
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
        row.agreedPence !== row.ledgerPence
          ? { words: 'Differs', colour: 'red' }
          : row.agreedPence !== row.awardPence
            ? { words: 'Agreed otherwise than awarded', colour: 'yellow' }
            : { words: 'Agrees', colour: 'green' },
      ),
    ],
    empty: 'No trust has an award yet.',
  });

const differenceTable = (rows: readonly ShownDifference[]) =>
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
export function reconciliationPage(programme: ProgrammeRef, found: Reconciled): Page {
  const { onePence } = comparisons(found)[0] as Comparison;
  return questionPage({
    programme,
    question: 9,
    title: 'Reconciliation: do the totals agree?',
    lead: reconciliationLead(found),
    sections: [
      { table: comparisonTable(comparisons(found)) },
      { table: trustTable(trustTotals(found), programme.slug) },
      { table: differenceTable(found.differences) },
      { table: extractTable(found.extracts) },
      { table: checkTable(found.checks) },
    ],
    notes: [
      `Exemplar publishes no totals of money to the public yet, so there are none to hold against the ledger. What is compared here is what it will publish from: the programme’s control total of ${pounds(onePence)}, its awards, its agreements and its ledger.`,
      'An agreement may say otherwise than its award where an approved change moved money, or where another trust took the agreement over: the award stays as it was made.',
    ],
  });
}
