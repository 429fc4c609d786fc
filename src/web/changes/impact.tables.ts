import type { ChangeContent } from '../../change-requests/change-content.js';
import type {
  ChangeImpact,
  DateImpact,
  GateImpact,
  LineImpact,
  PlanImpact,
  TargetImpact,
} from '../../change-requests/change-impact.js';
import type { CodedLabel } from '../../programmes/definition.types.js';
import { valueWords } from '../benefits/benefit.words.js';
import { day, plural, pounds, words } from '../page/format.js';
import { type Column, date, money, number, type Table, table, text } from '../page/table.js';
import { changesTerms, lineWords, slipWords } from './change.words.js';

const pair = <Row>(
  what: string,
  before: (row: Row) => number,
  after: (row: Row) => number,
): Column<Row>[] => [money(`${what} before`, before), money(`${what} after`, after)];

function moneyTable(rows: readonly LineImpact[]): Table {
  return table<LineImpact>({
    id: 'impact-money',
    caption: 'Money by line',
    rows,
    columns: [
      text('Line', lineWords),
      ...pair<LineImpact>(
        'Grant',
        (row) => row.grantBeforePence,
        (row) => row.grantAfterPence,
      ),
      ...pair<LineImpact>(
        'Unclaimed',
        (row) => row.unclaimedBeforePence,
        (row) => row.unclaimedAfterPence,
      ),
      ...pair<LineImpact>(
        'Match',
        (row) => row.matchBeforePence,
        (row) => row.matchAfterPence,
      ),
    ],
    empty: 'No money moves.',
  });
}

function datesTable(rows: readonly DateImpact[]): Table {
  return table<DateImpact>({
    id: 'impact-dates',
    caption: 'Agreed days of milestones',
    rows,
    columns: [
      text('Milestone', (row) => row.name),
      date('Baseline', (row) => row.baselineOn),
      date('Before', (row) => row.beforeOn),
      date('After', (row) => row.afterOn, { note: (row) => slipWords(row.slipDays) }),
      number('Days from baseline', (row) => row.fromBaselineDays),
      date('Forecast', (row) => row.forecastOn),
    ],
    empty: 'No milestone gets another day.',
  });
}

function gatesTable(rows: readonly GateImpact[]): Table {
  return table<GateImpact>({
    id: 'impact-gates',
    caption: 'Gates',
    rows,
    columns: [
      text('Tranche', (row) => `${row.number}. ${row.name}`, { note: (row) => row.what.join('. ') }),
      date('Opens before', (row) => row.opensBeforeOn),
      date('Opens after', (row) => row.opensAfterOn),
      ...pair<GateImpact>(
        'Grant',
        (row) => row.grantBeforePence,
        (row) => row.grantAfterPence,
      ),
    ],
    empty: 'No tranche opens on another day or changes.',
  });
}

function targetsTable(rows: readonly TargetImpact[]): Table {
  return table<TargetImpact>({
    id: 'impact-targets',
    caption: 'Benefit: targets that are touched',
    rows,
    columns: [
      text('Target', (row) => row.name, { note: (row) => plural(row.measures.length, 'measure') }),
      date('To be reached by', (row) => row.targetOn),
      date('Last agreed day before', (row) => row.latestBeforeOn),
      date('Last agreed day after', (row) => row.latestOn),
      text('In time', (row) => (row.late ? 'No, it is missed' : 'Yes')),
    ],
    empty: 'No target is touched.',
  });
}

interface TermRow {
  what: string;
  before: string;
  after: string;
}

const list = (texts: readonly string[]): string => (texts.length === 0 ? 'None' : texts.join(' · '));

function termsTable({ terms: { tranches, conditions, eligibility } }: ChangeImpact): Table {
  const window = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }) =>
    `${day(startsOn)} to ${day(endsOn)}`;
  const tranche = (each: {
    number: number;
    name: string;
    plannedOn: string;
    grantPence: number;
    milestones: string[];
  }) =>
    `${each.number}. ${each.name}: ${pounds(each.grantPence)}, planned for ${day(each.plannedOn)}${each.milestones.length > 0 ? `, on ${each.milestones.join(', ')}` : ''}`;
  const rows: TermRow[] = [
    ...(tranches
      ? [
          {
            what: 'Tranches',
            before: list(tranches.before.map(tranche)),
            after: list(tranches.after.map(tranche)),
          },
        ]
      : []),
    ...(conditions
      ? [{ what: 'Conditions', before: list(conditions.before), after: list(conditions.after) }]
      : []),
    ...(eligibility
      ? [{ what: 'Eligibility window', before: window(eligibility.before), after: window(eligibility.after) }]
      : []),
  ];
  return table<TermRow>({
    id: 'impact-terms',
    caption: 'Terms of the agreement',
    rows,
    columns: [
      text('Term', (row) => row.what),
      text('Before', (row) => row.before),
      text('After', (row) => row.after),
    ],
    empty: 'The terms stay.',
  });
}

function plansTable(plans: readonly PlanImpact[]): Table {
  const rows = plans.flatMap(({ name, unit, years, totalBefore, totalAfter }) =>
    [...years, { financialYear: 'All years', before: totalBefore, after: totalAfter }].map((year) => ({
      ...year,
      name,
      unit,
    })),
  );
  const value = (planned: number | null, unit: string) =>
    planned === null ? null : valueWords(planned, unit);
  return table<(typeof rows)[number]>({
    id: 'impact-plans',
    caption: 'Plans of benefits',
    rows,
    columns: [
      text('Benefit', (row) => row.name),
      text('Financial year', (row) => row.financialYear),
      text('Planned before', (row) => value(row.before, row.unit)),
      text('Planned after', (row) => value(row.after, row.unit)),
    ],
    empty: 'No benefit gets another plan.',
  });
}

/** What a change does, before and after: a table for each part of it that there is. */
export function impactTables(impact: ChangeImpact): Table[] {
  return [
    ...(impact.money.length > 0 ? [moneyTable(impact.money)] : []),
    ...(impact.dates.length > 0 ? [datesTable(impact.dates)] : []),
    ...(impact.gates.length > 0 ? [gatesTable(impact.gates)] : []),
    ...(impact.targets.length > 0 ? [targetsTable(impact.targets)] : []),
    ...(changesTerms(impact) ? [termsTable(impact)] : []),
    ...(impact.plans.length > 0 ? [plansTable(impact.plans)] : []),
  ];
}

const EMPTY = 'Nothing is asked for yet. Edit the draft to say what is to be changed.';

/** What exactly is asked for. */
export function askedTable(
  { milestones, moves, terms, plans }: ChangeContent,
  delayReasons: readonly CodedLabel[],
  names: ReadonlyMap<string, string> = new Map(),
): Table {
  const shape = { id: 'asked', caption: 'What is asked for', empty: EMPTY };
  if (milestones.length > 0)
    return table<(typeof milestones)[number]>({
      ...shape,
      rows: milestones,
      columns: [
        text('Milestone', (row) => names.get(row.milestone) ?? row.milestone),
        date('New agreed day', (row) => row.agreedOn),
        text('Why it moves', (row) => reasonLabel(row.delayReason, delayReasons)),
      ],
    });
  if (moves.length > 0)
    return table<(typeof moves)[number]>({
      ...shape,
      rows: moves,
      columns: [
        text('Money', (row) => words(row.source)),
        text('From', (row) => lineWords(row.from)),
        text('To', (row) => lineWords(row.to)),
        money('Amount', (row) => row.amountPence),
      ],
    });
  if (plans.length > 0)
    return table<(typeof plans)[number]>({
      ...shape,
      rows: plans,
      columns: [
        text('Benefit', (row) => names.get(row.benefit) ?? row.benefit),
        text('Years of the new plan', (row) =>
          row.years.map(({ financialYear }) => financialYear).join(', '),
        ),
      ],
    });
  const rows = [
    ...(terms?.tranches ?? []).map((each) => ({
      what: `Tranche ${each.number}. ${each.name}`,
      says: `${pounds(each.grantPence)}, ${each.basis === 'advance' ? 'in advance' : 'on delivery'}, planned for ${day(each.plannedOn)}${each.milestones.length > 0 ? `, waits for ${each.milestones.map((code) => names.get(code) ?? code).join(', ')}` : ''}`,
    })),
    ...(terms?.conditions ?? []).map((says, index) => ({ what: `Condition ${index + 1}`, says })),
    ...(terms?.conditions?.length === 0 ? [{ what: 'Conditions', says: 'None' }] : []),
    ...(terms?.eligibility
      ? [
          {
            what: 'Eligibility window',
            says: `${day(terms.eligibility.startsOn)} to ${day(terms.eligibility.endsOn)}`,
          },
        ]
      : []),
  ];
  return table<(typeof rows)[number]>({
    ...shape,
    rows,
    columns: [text('Term', (row) => row.what), text('Is to say', (row) => row.says)],
  });
}

/** A delay reason in the programme's words; the code where it has none. */
export function reasonLabel(code: string | null, reasons: readonly CodedLabel[]): string | null {
  return reasons.find((reason) => reason.code === code)?.label ?? code;
}
