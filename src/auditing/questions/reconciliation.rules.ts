import type { Pence } from '../../core/money.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import type { StageTotal } from '../../funding/reconciliation.rules.js';
import type { ReconciledTotal } from '../../open-data/reconciliation.rules.js';
import type { AgreedLine, AwardTotals, ExtractTotal } from './reconciliation.queries.js';

/** What is held against what, from the whole to its parts. */
export const COMPARISON_KINDS = ['published', 'totals', 'lines', 'balances', 'extracts'] as const;
export type ComparisonKind = (typeof COMPARISON_KINDS)[number];

/** Two figures that should be one, in pence. */
export interface Comparison {
  kind: ComparisonKind;
  what: string;
  /** What each figure is, in words. */
  one: string;
  onePence: Pence;
  other: string;
  otherPence: Pence;
  /** The other less the one. */
  differencePence: Pence;
  agrees: boolean;
}

/** The figures that are held against each other. */
export interface ReconciledFigures {
  money: Pick<ProgrammeMoneyView, 'control' | 'totals' | 'lines' | 'notAgreed'>;
  awards: AwardTotals;
  payments: ReadonlyArray<{ state: string; count: number; amountPence: Pence }>;
  agreedLines: readonly AgreedLine[];
  /** As the last check of the ledger added them up. */
  stages: readonly StageTotal[];
  extractTotals: readonly ExtractTotal[];
  /** What is open to anybody, beside the ledger. */
  published: readonly ReconciledTotal[];
}

type Side = [words: string, pence: Pence];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const WENT_OUT = ['paid', 'reconciled'];

function held(
  kind: ComparisonKind,
  what: string,
  [one, onePence]: Side,
  [other, otherPence]: Side,
): Comparison {
  const differencePence = otherPence - onePence;
  return { kind, what, one, onePence, other, otherPence, differencePence, agrees: differencePence === 0 };
}

/** The totals of a programme that should agree (domain.md section 9, rule 12; section 11, auditor 9). */
function totalsHeld({ money, awards, agreedLines, payments }: ReconciledFigures): Comparison[] {
  const { control, totals, notAgreed } = money;
  const { grant, match } = totals;
  const awarded = awards.grantPence;
  const agreed = sum(agreedLines.map(({ grantPence }) => grantPence));
  const agreedMatch = sum(agreedLines.map(({ matchPence }) => matchPence));
  const out = payments.filter(({ state }) => WENT_OUT.includes(state));
  const paid = grant.paidPence + grant.recoveredPence + grant.writtenOffPence;
  return [
    held('totals', 'Grant of the programme', ['Control total', control.grantPence], ['All awards', awarded]),
    held(
      'totals',
      'Match of the programme',
      ['Control total', control.matchPence],
      ['All awards', awards.matchPence],
    ),
    held('totals', 'Awards', ['All awards', awarded], ['Their lines by year and kind', awards.linesPence]),
    held(
      'totals',
      'Agreements',
      ['All awards', awarded],
      ['Agreements in force, and awards without one', agreed + notAgreed.grantPence],
    ),
    held(
      'totals',
      'Grant in the ledger',
      ['Agreements in force', agreed],
      ['All accounts of grant', grant.awardedPence],
    ),
    held(
      'totals',
      'Match in the ledger',
      ['Agreements in force', agreedMatch],
      ['Match that is agreed in the ledger', match.agreedPence],
    ),
    held(
      'totals',
      'Payments',
      ['Payments recorded as paid', sum(out.map(({ amountPence }) => amountPence))],
      ['Paid in the ledger, with what was recovered or written off since', paid],
    ),
  ];
}

const nameOf = ({ financialYear, kind }: { financialYear: string; kind: string }): string =>
  `${financialYear} ${kind}`;

/** Each financial year and kind: what agreements give it, and what stands in its accounts. */
function linesHeld({ agreedLines, money }: ReconciledFigures): Comparison[] {
  const agreed = new Map(agreedLines.map((line) => [nameOf(line), line.grantPence]));
  const ledger = new Map(money.lines.map((line) => [nameOf(line), line.grant.awardedPence]));
  return [...new Set([...agreed.keys(), ...ledger.keys()])]
    .sort()
    .map((name) =>
      held(
        'lines',
        name,
        ['Lines of agreements in force', agreed.get(name) ?? 0],
        ['Accounts of grant', ledger.get(name) ?? 0],
      ),
    );
}

const heading = ({ source, stage }: StageTotal): string =>
  `${source === 'grant' ? 'Grant' : 'Match'} ${stage.replaceAll('-', ' ')}`;

const PUBLISHED: Record<ReconciledTotal['figure'], string> = {
  awarded: 'Grant awarded',
  paid: 'Grant paid',
  recovered: 'Grant recovered',
  'match-accepted': 'Match accepted',
};

/** Every pair of figures of a programme that should be one: published totals, totals, lines, balances, extracts. */
export function comparisons(figures: ReconciledFigures): Comparison[] {
  return [
    ...figures.published.map(({ figure, publishedPence, ledgerPence }) =>
      held('published', PUBLISHED[figure], ['In the ledger', ledgerPence], ['Published', publishedPence]),
    ),
    ...totalsHeld(figures),
    ...linesHeld(figures),
    ...figures.stages.map((total) =>
      held('balances', heading(total), ['Postings', total.postedPence], ['Balances', total.balancePence]),
    ),
    ...figures.extractTotals.map(({ fileName, exemplarPence, extractPence }) =>
      held(
        'extracts',
        fileName,
        ['Payments that it names or should', exemplarPence],
        ['What it says of them', extractPence],
      ),
    ),
  ];
}
