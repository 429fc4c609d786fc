import type { YearEndPosition } from '../../change-requests/year-end.reader.js';
import type { Blocker } from '../../core/blockers.js';
import type { DateOn } from '../../core/calendar.js';
import { type FinancialYear, financialYear, financialYearsFrom } from '../../core/financial-period.js';
import type { YearEndView } from '../../funding/year-end/year-end.queries.js';
import { yearEndBlockers } from '../../funding/year-end/year-end.rules.js';
import type { ProgrammeView } from '../../programmes/programme.queries.js';
import { day, plural, pounds, words } from '../page/format.js';
import type { Fact, Page } from '../page/page.js';
import type { Step } from '../page/step.js';
import { moment, money, type Table, table, text } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

/** The years that can be closed: those that are over, and not closed. */
export function closableYears(
  programme: { startsOn: DateOn; endsOn: DateOn },
  closed: readonly Pick<YearEndView, 'financialYear'>[],
  today: DateOn,
): FinancialYear[] {
  return financialYearsFrom(programme.startsOn, programme.endsOn).filter((year) => {
    const isClosed = closed.some((end) => end.financialYear === year);
    return yearEndBlockers({ financialYear: year, programme, closed: isClosed, today }).length === 0;
  });
}

/** Why no year can be closed, where none can. */
export function nothingToClose(
  programme: { startsOn: DateOn; endsOn: DateOn },
  closed: readonly Pick<YearEndView, 'financialYear'>[],
): Blocker[] {
  const next = financialYearsFrom(programme.startsOn, programme.endsOn).find(
    (year) => !closed.some((end) => end.financialYear === year),
  );
  return [
    {
      code: 'no-year-to-close',
      message: next
        ? `The next year to be closed is ${next}, which ends on ${day(financialYear(next).endsOn)}. It is closed after that day.`
        : 'Every year of this programme is closed.',
    },
  ];
}

/** The step that closes a year. */
export const closingStep = (years: readonly FinancialYear[]): Step => ({
  title: 'Close a financial year',
  explains: [
    'Grant of the year that nobody claimed lapses. Claims on their way keep their money.',
    'A year is closed once, and it cannot be opened again. Out of what lapsed, an approved change request still carries forward.',
  ],
  fields: [
    {
      kind: 'radios',
      name: 'financialYear',
      label: 'Which year',
      items: years.map((year) => ({
        value: year,
        text: `${year}, ended on ${day(financialYear(year).endsOn)}`,
      })),
      ...(years.length === 1 ? { value: years[0] ?? null } : {}),
    },
    {
      kind: 'textarea',
      name: 'reason',
      label: 'Grounds',
      hint: 'Such as: Year-end 2018/19, finance board of 8 April 2019.',
      max: 2_000,
    },
  ],
  button: 'Close the year',
  warning: true,
  notice: 'The year was closed, and what was not claimed has lapsed.',
});

/** What lapses of each year that can be closed, and what change requests would still carry out of it. */
export function closingFacts(positions: readonly YearEndPosition[]): Fact[] {
  return positions.flatMap(({ financialYear: year, totals }) => [
    {
      label: `${year} lapses`,
      value: `${pounds(totals.lapsesPence)} of ${pounds(totals.grantedPence)}, in ${plural(totals.linesThatLapse, 'line')}`,
    },
    {
      label: `${year} carry-forwards`,
      value: `${pounds(totals.carryForwardApprovedPence)} approved and not applied yet, ${pounds(totals.carryForwardPendingPence)} asked for and not decided`,
    },
  ]);
}

interface LapsedLine {
  year: string;
  trust: { odsCode: string; name: string };
  kind: 'capital' | 'revenue';
  lapsedPence: number;
}

function closingsTable(closings: readonly YearEndView[]): Table {
  return table<YearEndView>({
    id: 'closings',
    caption: 'Closed years',
    rows: closings,
    columns: [
      text('Year', (row) => row.financialYear),
      money('Lapsed', (row) => row.lapsedPence),
      text('Closed by', (row) => row.closedBy.name),
      moment('When', (row) => row.closedAt),
      text('Grounds', (row) => row.reason),
    ],
    empty: 'No year is closed yet. A year is closed after its last day, 31 March.',
  });
}

function lapsedTable(programme: { slug: string }, closings: readonly YearEndView[]): Table {
  const rows = closings.flatMap(({ financialYear: year, lines }) =>
    lines.map((line): LapsedLine => ({ year, ...line })),
  );
  return table<LapsedLine>({
    id: 'lapsed',
    caption: 'What lapsed, by trust and kind',
    rows,
    columns: [
      text('Trust', (row) => row.trust.name, {
        href: (row) => `/programmes/${programme.slug}/trusts/${row.trust.odsCode}`,
      }),
      text('Year', (row) => row.year),
      text('Kind', (row) => words(row.kind)),
      money('Lapsed', (row) => row.lapsedPence),
    ],
    empty: 'Nothing has lapsed.',
  });
}

/** The years that are closed, and what lapsed. */
export function closingsPage(
  programme: Pick<ProgrammeView, 'slug' | 'name'>,
  closings: readonly YearEndView[],
  { closable }: { closable: readonly FinancialYear[] },
): Page {
  return {
    view: 'year-end/closings.njk',
    title: 'Closed financial years',
    caption: programme.name,
    trail: yearEndTrail(programme),
    tables: [closingsTable(closings), lapsedTable(programme, closings)],
    model: { programme, closable },
  };
}

/** The way to what is done at the end of a year. */
export const yearEndTrail = (programme: { slug: string; name: string }) =>
  programmeTrail(programme, { text: 'Year end', href: `/programmes/${programme.slug}/year-end` });
