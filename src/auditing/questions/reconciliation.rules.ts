import type { Pence } from '../../core/money.js';
import type { AgreementRowView } from '../../funding/agreements/agreement.queries.js';
import { IN_FORCE } from '../../funding/agreements/agreement.rules.js';
import type { AwardView } from '../../funding/awards/award.queries.js';
import type { ProgrammeMoneyView } from '../../funding/money.types.js';
import type { ReconciledTotal } from '../../open-data/reconciliation.rules.js';
import type { AgreedLine, ExtractTotal, StageTotal } from './reconciliation.queries.js';

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
  money: ProgrammeMoneyView;
  awards: readonly AwardView[];
  agreements: readonly AgreementRowView[];
  payments: ReadonlyArray<{ state: string; count: number; amountPence: Pence }>;
  agreedLines: readonly AgreedLine[];
  stages: readonly StageTotal[];
  extractTotals: readonly ExtractTotal[];
  /** What is open to anybody, beside the ledger. */
  published: readonly ReconciledTotal[];
}

type Side = [words: string, pence: Pence];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const inForce = ({ state }: AgreementRowView): boolean => IN_FORCE.includes(state);
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
function totalsHeld({ money, awards, agreements, payments }: ReconciledFigures): Comparison[] {
  const { control, totals, notAgreed } = money;
  const { grant, match } = totals;
  const standing = agreements.filter(inForce);
  const awarded = sum(awards.map(({ grantPence }) => grantPence));
  const agreed = sum(standing.map(({ agreedGrantPence }) => agreedGrantPence));
  const agreedMatch = sum(standing.map(({ agreedMatchPence }) => agreedMatchPence));
  const out = payments.filter(({ state }) => WENT_OUT.includes(state));
  const paid = grant.paidPence + grant.recoveredPence + grant.writtenOffPence;
  return [
    held('totals', 'Grant of the programme', ['Control total', control.grantPence], ['All awards', awarded]),
    held(
      'totals',
      'Match of the programme',
      ['Control total', control.matchPence],
      ['All awards', sum(awards.map(({ matchPence }) => matchPence))],
    ),
    held(
      'totals',
      'Awards',
      ['All awards', awarded],
      [
        'Their lines by year and kind',
        sum(awards.flatMap(({ lines }) => lines.map(({ grantPence }) => grantPence))),
      ],
    ),
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

/** What is awarded, agreed and in the ledger for one trust, in pence. */
export interface TrustTotals {
  trust: { odsCode: string; name: string };
  awardPence: Pence;
  agreedPence: Pence;
  ledgerPence: Pence;
  paidPence: Pence;
  /** Whether the ledger holds what is agreed; an award may be agreed otherwise, by an approved change. */
  agrees: boolean;
}

/** What is awarded, agreed, and in the ledger, by trust. */
export function trustTotals({
  money,
  awards,
  agreements,
}: Pick<ReconciledFigures, 'money' | 'awards' | 'agreements'>): TrustTotals[] {
  const trusts = new Map(
    [...awards, ...agreements, ...money.trusts].map(({ trust }) => [trust.odsCode, trust]),
  );
  return [...trusts.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((trust) => {
      const of = <Row extends { trust: { odsCode: string } }>(rows: readonly Row[]): Row[] =>
        rows.filter((row) => row.trust.odsCode === trust.odsCode);
      const grants = of(money.trusts).map(({ totals }) => totals.grant);
      const standing = of(agreements).filter(inForce);
      const agreedPence = sum(standing.map(({ agreedGrantPence }) => agreedGrantPence));
      const ledgerPence = sum(grants.map(({ awardedPence }) => awardedPence));
      return {
        trust,
        awardPence: sum(of(awards).map(({ grantPence }) => grantPence)),
        agreedPence,
        ledgerPence,
        paidPence: sum(grants.map(({ paidPence }) => paidPence)),
        agrees: agreedPence === ledgerPence,
      };
    });
}
