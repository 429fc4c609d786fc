import type { YearEndPosition } from '../../change-requests/year-end.reader.js';
import type { YearEndLine, YearEndOutlook } from '../../change-requests/year-end-position.rules.js';
import { financialYearOf } from '../../core/financial-period.js';
import type { YearEndView } from '../../funding/year-end/year-end.queries.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { nextAddress } from '../page/address.js';
import { filterField } from '../page/filter.js';
import { day, instant, plural, pounds, words } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Cell, type Column, moment, money, type Table, table, text } from '../page/table.js';
import { programmeTrail } from './programme.trail.js';

type Line = YearEndLine & YearEndOutlook;

/** The financial years of a programme, from its first day to its last. */
export function yearsOf({ startsOn, endsOn }: Pick<ProgrammeView, 'startsOn' | 'endsOn'>): string[] {
  const first = Number(financialYearOf(startsOn).slice(0, 4));
  const last = Number(financialYearOf(endsOn).slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, index) => financialYearOf(`${first + index}-04-01`));
}

function carriedNote({ carryForward: { pendingPence, approvedPence, appliedPence } }: Line): string | null {
  const said = [
    pendingPence > 0 && `${pounds(pendingPence)} asked for`,
    approvedPence > 0 && `${pounds(approvedPence)} approved`,
    appliedPence > 0 && `${pounds(appliedPence)} carried already`,
  ].filter(Boolean);
  return said.length > 0 ? said.join(', ') : null;
}

/** What columns say beside a trust and a kind, and what they add up to. */
type Summed = [Column<Line>, Cell];

function openColumns({ totals }: YearEndPosition): Summed[] {
  const { linesWithoutForecast: silent } = totals;
  return [
    [money('Granted', ({ grantedPence }) => grantedPence), { value: totals.grantedPence }],
    [money('Not claimed', ({ notClaimedPence }) => notClaimedPence), { value: totals.notClaimedPence }],
    [
      money('Forecast spend', ({ forecast }) => forecast?.forecastPence ?? null, {
        note: ({ forecast }) =>
          forecast ? `${pounds(forecast.spentToDatePence)} spent at ${forecast.period}` : null,
      }),
      { value: '' },
    ],
    [
      money('Expected underspend', ({ expectedUnderspendPence }) => expectedUnderspendPence),
      {
        value: totals.expectedUnderspendPence,
        note: silent > 0 ? `${plural(silent, 'line')} without a forecast` : undefined,
      },
    ],
    [
      money('Lapses', ({ lapsesAfterApprovedPence }) => lapsesAfterApprovedPence, { note: carriedNote }),
      { value: totals.lapsesAfterApprovedPence },
    ],
  ];
}

function closedColumns({ totals }: YearEndPosition): Summed[] {
  return [
    [money('Granted', ({ grantedPence }) => grantedPence), { value: totals.grantedPence }],
    [money('Paid', ({ paidPence }) => paidPence), { value: totals.paidPence }],
    [
      money('On its way', ({ claimedPence, approvedPence }) => claimedPence + approvedPence, {
        note: ({ claimedPence, approvedPence }) =>
          claimedPence + approvedPence > 0 ? 'claimed or approved' : null,
      }),
      { value: totals.claimedPence + totals.approvedPence },
    ],
    [money('Lapsed', ({ lapsedPence }) => lapsedPence, { note: carriedNote }), { value: totals.lapsedPence }],
  ];
}

function linesTable(position: YearEndPosition, slug: string): Table {
  const { lines, financialYear, closed, next } = position;
  const summed = closed ? closedColumns(position) : openColumns(position);
  return table<Line>({
    id: 'lines',
    caption: closed
      ? `Grant of ${financialYear}, which is closed`
      : `Grant of ${financialYear} by trust and kind`,
    rows: lines,
    next: nextAddress(`/programmes/${slug}/year-end`, { year: financialYear }, next),
    columns: [
      text('Trust', ({ trust }) => trust.name, {
        href: ({ trust }) => `/programmes/${slug}/trusts/${trust.odsCode}`,
      }),
      text('Kind', ({ kind }) => words(kind)),
      ...summed.map(([column]) => column),
    ],
    foot:
      lines.length === 0 ? undefined : [{ value: 'Total' }, { value: '' }, ...summed.map(([, sum]) => sum)],
    empty: `No agreement in force has grant of ${financialYear}. Choose another year.`,
  });
}

function closedTable(ends: readonly YearEndView[], own: boolean): Table {
  return table<YearEndView>({
    id: 'closed-years',
    caption: 'Years that are closed',
    rows: ends,
    columns: [
      text('Year', ({ financialYear }) => financialYear),
      money(own ? 'Lapsed of your grant' : 'Lapsed', ({ lapsedPence, lines }) =>
        own ? lines.reduce((sum, line) => sum + line.lapsedPence, 0) : lapsedPence,
      ),
      moment('Closed', ({ closedAt }) => closedAt),
      text('By', ({ closedBy }) => closedBy.name),
      text('Why', ({ reason }) => reason),
    ],
    empty: 'No financial year is closed yet. A finance officer closes one after its last day.',
  });
}

/** What happens at the end of the year, in a sentence. */
function outlook({ financialYear, endsOn, daysLeft, closed, totals }: YearEndPosition): string {
  if (closed)
    return `${financialYear} was closed on ${instant(closed.closedAt)} by ${closed.closedBy.name}. ${pounds(totals.lapsedPence)} lapsed.`;
  const lapsing = totals.lapsesAfterApprovedPence;
  if (lapsing === 0) return `Nothing of ${financialYear} is left to lapse on ${day(endsOn)}.`;
  const left =
    daysLeft > 0
      ? `, in ${plural(daysLeft, 'day')}, if nothing is done`
      : ': the year is over, and what is not claimed lapses when it is closed';
  return `${pounds(lapsing)} of ${financialYear} lapses on ${day(endsOn)}${left}.`;
}

/** The page of question 6: what underspend lapses on 31 March. */
export function yearEndPage(
  programme: ProgrammeView,
  position: YearEndPosition,
  ends: readonly YearEndView[],
  { own, mayClose }: { own: boolean; mayClose: boolean },
): Page {
  return {
    view: 'programme/year-end.njk',
    title: 'Year end: what lapses on 31 March',
    caption: programme.name,
    trail: programmeTrail(programme),
    tables: [linesTable(position, programme.slug), closedTable(ends, own)],
    model: {
      programme,
      position,
      outlook: outlook(position),
      mayClose,
      linesWithForecast: position.totals.lines - position.totals.linesWithoutForecast,
      fields: [
        {
          ...filterField('year', 'Year', position.financialYear, []),
          items: [...new Set([...yearsOf(programme), position.financialYear])]
            .sort()
            .map((year) => ({ value: year, text: year })),
        },
      ],
    },
  };
}
