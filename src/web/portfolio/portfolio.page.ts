import { isFinancialYear } from '../../core/financial-period.js';
import type { GoalView } from '../../portfolio/portfolio.queries.js';
import type { PortfolioView } from '../../portfolio/portfolio.reader.js';
import {
  LAYOUTS,
  type Layout,
  type PortfolioFigures,
  type PortfolioFilter,
} from '../../portfolio/portfolio.rules.js';
import { addressOf, asked } from '../page/address.js';
import { chosen, filterField } from '../page/filter.js';
import { pounds } from '../page/format.js';
import type { Page } from '../page/page.js';
import { type Cell, type Column, money, type Table, table, text } from '../page/table.js';
import { confidenceWords, metWords, scoreNote, scoreWords } from './portfolio.words.js';

const PATH = '/portfolio';
const BY: Readonly<Record<Layout, string>> = { goal: 'Goal', region: 'Region', year: 'Financial year' };

/** What the address of the page may say. */
export interface PortfolioPageQuery {
  by?: string;
  goal?: string;
  region?: string;
  year?: string;
}

/** What the portfolio is laid out by, and narrowed to. */
export function portfolioAskedOf({ by, goal, region, year }: PortfolioPageQuery): {
  by: Layout;
  filter: PortfolioFilter;
} {
  return {
    by: chosen(by, LAYOUTS) ?? 'goal',
    filter: { goal: asked(goal), region: asked(region), year: isFinancialYear(year) ? year : null },
  };
}

/** Columns of what adds up. */
function figureColumns<Row extends PortfolioFigures>(): Column<Row>[] {
  return [
    money('Awarded', ({ funding }) => funding.awardedPence, {
      note: ({ funding }) =>
        funding.notAgreedPence > 0 ? `and ${pounds(funding.notAgreedPence)} not agreed yet` : null,
    }),
    money('Paid', ({ funding }) => funding.paidPence),
    money('Left to draw', ({ funding }) => funding.remainingPence),
    money('Match accepted', ({ match }) => match.acceptedPence, {
      note: ({ match }) =>
        `of ${pounds(match.agreedPence)}${match.evidencedPence > 0 ? `; ${pounds(match.evidencedPence)} evidenced` : ''}`,
    }),
    text('Milestones met of due', ({ milestones }) => metWords(milestones), {
      note: ({ milestones }) => `${milestones.milestones} in all`,
    }),
    text('Confidence, trusts', ({ confidence }) => confidenceWords(confidence)),
  ];
}

/** The cells of the totals, after that of their name. */
function totalCells(totals: PortfolioFigures, before: readonly Cell[], after: readonly Cell[]): Cell[] {
  return [...before, ...figureColumns<PortfolioFigures>().map(({ cell }) => cell(totals)), ...after];
}

function programmesTable({ programmes, totals }: PortfolioView): Table {
  return table<PortfolioView['programmes'][number]>({
    id: 'programmes',
    caption: 'Programmes side by side',
    rows: programmes,
    columns: [
      text('Programme', ({ programme }) => programme.name, {
        href: ({ programme }) => `/programmes/${programme.slug}`,
      }),
      ...figureColumns<PortfolioView['programmes'][number]>(),
      text('Toward all targets', ({ score }) => scoreWords(score), { note: ({ score }) => scoreNote(score) }),
    ],
    foot: totalCells(totals, [{ value: 'All, each once' }], [{ value: null, note: 'not added up' }]),
    empty: 'No programme serves this goal. A programme’s definition names the goals that it serves.',
  });
}

type Group = PortfolioView['groups'][number];

function groupsTable({ by, groups, goals }: PortfolioView, filter: PortfolioFilter): Table {
  const strategyOf = (key: string | null) =>
    (by === 'goal' && goals.find(({ code }) => code === key)?.strategy) || null;
  return table<Group>({
    id: 'groups',
    caption: `By ${BY[by].toLowerCase()}`,
    rows: groups,
    columns: [
      text(BY[by], ({ name }) => name, {
        href: ({ key }) => key && addressOf(PATH, { ...filter, by, [by]: key }),
        note: ({ key, programmes }) =>
          [strategyOf(key), programmes.map(({ programme }) => programme.name).join('; ')]
            .filter(Boolean)
            .join(': '),
      }),
      ...figureColumns<Group>(),
    ],
    empty: 'Nothing was found that matches. Show all, or choose less.',
  });
}

function goalsTable({ goals, programmes }: PortfolioView): Table {
  const names = new Map(programmes.map(({ programme }) => [programme.slug, programme.name]));
  return table<GoalView>({
    id: 'goals',
    caption: 'The goals, and where they are written',
    rows: goals,
    columns: [
      text('Goal', ({ title }) => title, { note: ({ strategy }) => strategy }),
      text('In words', ({ statement }) => statement),
      text('Served by', (goal) => goal.programmes.map((slug) => names.get(slug) ?? slug).join('; ')),
      text('Source', ({ sourced }) => sourced.source?.title ?? `Assumed: ${sourced.assumed}`, {
        note: ({ sourced }) => sourced.source?.reference ?? null,
      }),
    ],
    empty: 'No goal is named yet. A programme’s definition names the goals that it serves.',
  });
}

/** Programmes side by side: funding, match, progress and confidence, by goal, region or year. */
export function portfolioPage(portfolio: PortfolioView, filter: PortfolioFilter): Page {
  const { by, goals, regions, years, awardedAgainPence, totals, counting } = portfolio;
  return {
    view: 'portfolio/portfolio.njk',
    title: 'Portfolio',
    tables: [
      programmesTable(portfolio),
      groupsTable(portfolio, filter),
      ...(by === 'goal' ? [goalsTable(portfolio)] : []),
    ],
    model: {
      path: PATH,
      counting,
      again:
        awardedAgainPence > 0
          ? `${pounds(awardedAgainPence)} of what is awarded stands in this table again, under a second goal or a further one.`
          : null,
      illustrative: totals.illustrative,
      filters: [
        {
          ...filterField('by', 'Laid out by', by, []),
          items: LAYOUTS.map((value) => ({ value, text: BY[value] })),
        },
        filterField(
          'goal',
          'Goal',
          filter.goal,
          goals.map(({ code, title }) => ({ value: code, text: title })),
        ),
        filterField('region', 'Region', filter.region, regions),
        filterField('year', 'Financial year', filter.year, years),
      ],
    },
  };
}
