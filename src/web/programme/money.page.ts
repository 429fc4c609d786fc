import { isFinancialYear } from '../../core/financial-period.js';
import type { MoneyLine, MoneyPosition, ProgrammeMoneyView, TrustMoney } from '../../funding/money.types.js';
import type { MoneyFilter } from '../../funding/money-sums.queries.js';
import { stackedChart } from '../charts/stacked.chart.js';
import { asked, nextAddress } from '../page/address.js';
import { chosen, filterField } from '../page/filter.js';
import { instant, plural, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Cell, type Column, money, type Table, table, text } from '../page/table.js';
import { programmeTrail } from './programme.trail.js';

/** What the address of the page may say. */
export interface MoneyQuery {
  trust?: string;
  year?: string;
  kind?: string;
  after?: string;
}

/** What the money is narrowed to; what is no year or kind narrows nothing. */
export function moneyFilterOf({ trust, year, kind }: MoneyQuery): MoneyFilter {
  return {
    trust: asked(trust),
    financialYear: isFinancialYear(year) ? year : null,
    kind: chosen(kind, ['capital', 'revenue'] as const),
  };
}

/** Where each pound of grant stands, the parts in the order in which it moves; and the match beside it. */
const positions = <Row>(of: (row: Row) => MoneyPosition): Column<Row>[] => [
  money('Awarded', (row) => of(row).grant.awardedPence),
  money('Drawn', (row) => of(row).grant.drawnPence),
  money('Paid', (row) => of(row).grant.paidPence),
  money('Remaining', (row) => of(row).grant.remainingPence),
  money('Match agreed', (row) => of(row).match.agreedPence),
  money('Match accepted', (row) => of(row).match.acceptedPence),
];

const total = (label: string, labels: number, position: MoneyPosition): Cell[] => [
  { value: label },
  ...Array.from({ length: labels - 1 }, () => ({ value: '' })),
  ...positions<MoneyPosition>((row) => row).map(({ cell }) => cell(position)),
];

function byTrust({ programme, trusts, totals }: ProgrammeMoneyView, next: string | null): Table {
  return table<TrustMoney>({
    id: 'by-trust',
    caption: 'By trust',
    rows: trusts,
    columns: [
      text('Trust', (row) => row.trust.name, {
        href: (row) => `/programmes/${programme.slug}/trusts/${row.trust.odsCode}`,
        note: (row) =>
          row.agreements
            .map(({ reference, state }) => `${reference}, ${words(state).toLowerCase()}`)
            .join('; '),
      }),
      ...positions<TrustMoney>((row) => row.totals),
    ],
    foot: total('Total', 1, totals),
    next,
    empty: 'No agreement is in force that matches. Choose “Show all” to see the whole programme.',
  });
}

function byYear({ lines, totals }: ProgrammeMoneyView): Table {
  return table<MoneyLine>({
    id: 'by-year',
    caption: 'By year and kind',
    rows: lines,
    columns: [
      text('Year', (row) => row.financialYear),
      text('Kind', (row) => words(row.kind)),
      ...positions<MoneyLine>((row) => row),
    ],
    foot: total('Total', 2, totals),
    empty: 'No agreement is in force, so no year has money yet.',
  });
}

function byLine({ trusts }: ProgrammeMoneyView, next: string | null): Table {
  const rows = trusts.flatMap(({ trust, lines }) => lines.map((line) => ({ ...line, trust })));
  return table<(typeof rows)[number]>({
    id: 'by-line',
    caption: 'By trust, year and kind',
    rows,
    columns: [
      text('Trust', (row) => row.trust.name),
      text('Year', (row) => row.financialYear),
      text('Kind', (row) => words(row.kind)),
      ...positions<MoneyLine>((row) => row),
    ],
    next,
    empty: 'No agreement is in force, so no line has money yet.',
  });
}

/**
 * The page of a programme's money: the figures, by trust, by year and kind, and by both.
 * @param cursor of the trusts of the next page; null where these are the last
 */
export function moneyPage(view: ProgrammeMoneyView, filter: MoneyFilter, cursor: string | null): Page {
  const { programme, trusts, lines, ledger } = view;
  const { grant } = view.totals;
  const narrowed = { trust: filter.trust, year: filter.financialYear, kind: filter.kind };
  const next = nextAddress(`/programmes/${programme.slug}/money`, narrowed, cursor);
  const years = [...new Set(lines.map(({ financialYear }) => financialYear))];
  return {
    view: 'programme/money.njk',
    title: 'Money: awarded, drawn and remaining',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [byTrust(view, next), byYear(view), byLine(view, next)],
    charts:
      trusts.length === 0
        ? []
        : [
            stackedChart({
              id: 'where-it-stands',
              title: 'Where each trust’s grant stands',
              parts: [
                { key: 'paid', name: 'Paid', fill: 'solid' },
                { key: 'claimed', name: 'Claimed or approved', fill: 'hatched' },
                { key: 'remaining', name: 'Remaining', fill: 'outline' },
              ],
              categories: trusts.map(({ trust, totals }) => ({
                label: trust.name,
                values: {
                  paid: totals.grant.paidPence,
                  claimed: totals.grant.claimedPence + totals.grant.approvedPence,
                  remaining: totals.grant.remainingPence,
                },
              })),
            }),
          ],
    model: {
      programme,
      money: view,
      lapsedPence: grant.lapsedPence + grant.writtenOffPence + grant.withdrawnPence,
      checked:
        ledger.checkedAt === null
          ? 'The ledger has not been checked against its postings yet; that happens each night.'
          : ledger.reconciles
            ? `The ledger was added up again on ${instant(ledger.checkedAt)}: every balance agrees with its postings.`
            : `The ledger was added up again on ${instant(ledger.checkedAt)}: ${plural(ledger.differences, 'difference')} found. Do not rely on these figures until they are explained.`,
      filters: [
        filterField(
          'trust',
          'Trust',
          filter.trust,
          trusts.map(({ trust }) => ({ value: trust.odsCode, text: trust.name })),
        ),
        filterField('year', 'Year', filter.financialYear, years),
        filterField('kind', 'Kind', filter.kind, [
          { value: 'capital', text: 'Capital' },
          { value: 'revenue', text: 'Revenue' },
        ]),
      ],
    },
  };
}
