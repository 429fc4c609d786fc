import { type Actor, may } from '../../core/actor.js';
import type { Page as ListPage } from '../../core/paging.js';
import type { PortfolioProgramme } from '../../portfolio/portfolio.queries.js';
import type { ScenarioFilter, ScenarioRow, ScenarioView } from '../../portfolio/scenario.queries.js';
import { SCENARIO_STATES } from '../../portfolio/scenario.rules.js';
import type {
  MilestoneOutcome,
  TargetOutcome,
  TrancheOutcome,
  YearOutcome,
} from '../../portfolio/scenario.types.js';
import { addressOf, nextAddress } from '../page/address.js';
import { choicesOf, filterField } from '../page/filter.js';
import { day, instant, pounds } from '../page/format.js';
import type { Fact, Link, Page } from '../page/page.js';
import { date, money, number, state, type Table, table, text } from '../page/table.js';
import { cutWords, scenarioTag } from './portfolio.words.js';

const PATH = '/portfolio/scenarios';

/** The way to a scenario. */
export const scenariosTrail = (scenario?: { id: string; title: string }): Link[] => [
  { text: 'Portfolio', href: '/portfolio' },
  { text: 'Scenarios', href: PATH },
  ...(scenario ? [{ text: scenario.title, href: `${PATH}/${scenario.id}` }] : []),
];

/** The scenarios that were made, and where to make one. */
export function scenariosPage(
  { items, next }: ListPage<ScenarioRow>,
  programmes: readonly PortfolioProgramme[],
  filter: ScenarioFilter,
  actor: Actor,
): Page {
  const narrowed = { ...filter };
  return {
    view: 'portfolio/scenarios.njk',
    title: 'Scenarios',
    trail: [{ text: 'Portfolio', href: '/portfolio' }],
    tables: [
      table<ScenarioRow>({
        id: 'scenarios',
        caption: 'Scenarios',
        rows: items,
        columns: [
          text('Scenario', ({ title }) => title, {
            href: ({ id }) => `${PATH}/${id}`,
            note: ({ reference, programme }) => `${reference}, ${programme.name}`,
          }),
          text('Cut', ({ cut }) => cutWords(cut), { note: ({ financialYear }) => `of ${financialYear}` }),
          money('Kept', ({ totals }) => totals.keptPence),
          money('Moved', ({ totals }) => totals.movedPence),
          money('Unfunded', ({ totals }) => totals.unfundedPence),
          date('As on', ({ asOn }) => asOn),
          text('Made by', ({ madeBy }) => madeBy.name, { note: ({ madeAt }) => instant(madeAt) }),
          state('State', (row) => scenarioTag(row.state)),
        ],
        empty: 'No scenario was found that matches. A programme manager makes one of a programme.',
        next: nextAddress(PATH, narrowed, next),
        whole: addressOf('/v1/scenarios', narrowed),
      }),
    ],
    model: {
      path: PATH,
      filters: [
        filterField(
          'programme',
          'Programme',
          filter.programme,
          programmes.map(({ slug, name }) => ({ value: slug, text: name })),
        ),
        filterField('state', 'State', filter.state, choicesOf(SCENARIO_STATES)),
      ],
      make: may(actor, 'scenario:make')
        ? programmes.map(({ slug, name }) => ({ text: name, href: `/programmes/${slug}/scenarios/new` }))
        : [],
    },
  };
}

const WITHOUT = 'without money';

/** Rows of a long table, a page of them. */
const SHOWN = 50;

/** Which page of each table is shown: the row that it begins after. */
export interface ScenarioPages {
  tranches: number;
  milestones: number;
  targets: number;
}

/** A page of the rows of a table, and the address of the next. */
function cutOut<Row>(
  rows: readonly Row[],
  { id, of, from }: { id: string; of: keyof ScenarioPages; from: number },
): { rows: readonly Row[]; next: string | null } {
  const end = from + SHOWN;
  return {
    rows: rows.slice(from, end),
    next: end < rows.length ? addressOf(`${PATH}/${id}`, { [of]: String(end) }) : null,
  };
}

function yearsTable({ result, financialYear }: ScenarioView): Table {
  return table<YearOutcome>({
    id: 'years',
    caption: 'By financial year',
    rows: result.years,
    columns: [
      text('Financial year', ({ year }) => year, {
        note: ({ year }) => (year === financialYear ? 'cut' : null),
      }),
      money('In agreements', ({ allocatedPence }) => allocatedPence),
      money('Not drawn', ({ undrawnPence }) => undrawnPence),
      money('Tranches ask for', ({ askedPence }) => askedPence),
      money('Cut', ({ cutPence }) => cutPence),
      money('Paid to tranches', ({ paidPence }) => paidPence),
    ],
    empty: 'No agreement in force had money.',
  });
}

function tranchesTable({ id, result }: ScenarioView, from: number): Table {
  return table<TrancheOutcome>({
    id: 'tranches',
    caption: 'Tranches of the year, in the order in which they are paid',
    ...cutOut(result.tranches, { id, of: 'tranches', from }),
    columns: [
      text('Tranche', ({ number, name }) => `${number}. ${name}`, {
        href: (row) => `/tranches/${row.id}`,
        note: ({ trust }) => trust.name,
      }),
      date('To be paid', ({ beforeOn }) => beforeOn),
      text('All of it paid', ({ afterOn }) => (afterOn === null ? 'never in full' : day(afterOn)), {
        note: ({ beforeOn, afterOn }) => (beforeOn === afterOn ? 'as before' : null),
      }),
      money('Asks for', ({ askedPence }) => askedPence),
      money('Kept', ({ keptPence }) => keptPence),
      money('Moved', ({ movedPence }) => movedPence, {
        note: ({ moved }) =>
          moved.length === 0
            ? null
            : moved.map(({ year, amountPence }) => `${pounds(amountPence)} to ${year}`).join(', '),
      }),
      money('Unfunded', ({ unfundedPence }) => unfundedPence),
    ],
    empty: 'No tranche falls in this year.',
  });
}

function milestonesTable({ id, result }: ScenarioView, from: number): Table {
  return table<MilestoneOutcome>({
    id: 'milestones',
    caption: 'Milestones that move',
    ...cutOut(result.milestones, { id, of: 'milestones', from }),
    columns: [
      text('Milestone', ({ name }) => name, {
        href: (row) => `/milestones/${row.id}`,
        note: ({ trust }) => trust.name,
      }),
      date('Forecast', ({ beforeOn }) => beforeOn),
      text('Moves to', ({ afterOn }) => (afterOn === null ? WITHOUT : day(afterOn))),
    ],
    empty: 'No milestone moves.',
  });
}

function targetsTable({ id, result }: ScenarioView, from: number): Table {
  return table<TargetOutcome>({
    id: 'targets',
    caption: 'Targets that wait for them',
    ...cutOut(result.targets, { id, of: 'targets', from }),
    columns: [
      text('Target', ({ name }) => name, { note: ({ trust }) => trust.name }),
      date('To be reached by', ({ targetOn }) => targetOn),
      date('Waits until', ({ beforeOn }) => beforeOn, {
        note: ({ lateBefore }) => (lateBefore ? 'late already' : null),
      }),
      text('Then until', ({ afterOn }) => (afterOn === null ? WITHOUT : day(afterOn))),
      state('In time', ({ lateAfter }) =>
        lateAfter ? { words: 'Missed', colour: 'red' } : { words: 'Still in time', colour: 'green' },
      ),
      number('Measures', ({ measures }) => measures.length),
    ],
    empty: 'No target waits for a milestone that moves.',
  });
}

/** What is known of a scenario, for its page and for whoever withdraws it. */
export function scenarioFacts(scenario: ScenarioView): Fact[] {
  const { programme, financialYear, cut, totals, withdrawn } = scenario;
  return [
    { label: 'Programme', value: programme.name, href: `/programmes/${programme.slug}` },
    { label: 'What is assumed', value: `${financialYear} is cut by ${cutWords(cut)}` },
    ...(totals.sparePence > 0
      ? [
          {
            label: 'Of the cut, not asked for',
            value: `${pounds(totals.sparePence)}: no tranche of the year asks for it`,
          },
        ]
      : []),
    ...(totals.beyondPence > 0
      ? [{ label: 'Of the cut, not possible', value: `${pounds(totals.beyondPence)}: it is drawn already` }]
      : []),
    {
      label: 'Computed from',
      value: `the record as on ${day(scenario.asOn)}, entry ${scenario.asAtNumber} of the log`,
      href: addressOf(`/programmes/${programme.slug}`, { asAt: scenario.asAt }),
    },
    { label: 'Made by', value: `${scenario.madeBy.name}, ${instant(scenario.madeAt)}` },
    ...(withdrawn
      ? [
          {
            label: 'Withdrawn by',
            value: `${withdrawn.by.name}, ${instant(withdrawn.at)}: ${withdrawn.because}`,
          },
        ]
      : []),
  ];
}

/** One scenario: what was assumed, and what would become of tranches, milestones and targets. */
export function scenarioPage(scenario: ScenarioView, from: ScenarioPages, actor: Actor): Page {
  const { id, title, reference, totals } = scenario;
  return {
    view: 'portfolio/scenario.njk',
    title,
    caption: reference,
    trail: scenariosTrail(),
    tables: [
      yearsTable(scenario),
      tranchesTable(scenario, from.tranches),
      milestonesTable(scenario, from.milestones),
      targetsTable(scenario, from.targets),
    ],
    model: {
      scenario,
      totals,
      tagged: scenarioTag(scenario.state),
      facts: scenarioFacts(scenario),
      steps:
        scenario.state === 'standing' && may(actor, 'scenario:make')
          ? [{ text: 'Withdraw it', href: `${PATH}/${id}/withdrawal`, onward: false }]
          : [],
    },
  };
}
