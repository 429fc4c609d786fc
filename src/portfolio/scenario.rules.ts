import type { DateOn } from '../core/calendar.js';
import { type FinancialYear, financialYear, financialYearOf } from '../core/financial-period.js';
import { formatPounds, type Pence, sumPence } from '../core/money.js';
import type { Fault } from '../core/problems.js';
import { defineTransitions } from '../core/transitions.js';
import type {
  ScenarioAssumption,
  ScenarioFacts,
  ScenarioResult,
  ScenarioTotals,
  ScenarioTranche,
  TrancheOutcome,
  YearFacts,
  YearOutcome,
} from './scenario.types.js';
import { delayed } from './scenario-delays.rules.js';

export const SCENARIO_STATES = ['standing', 'withdrawn'] as const;
export type ScenarioState = (typeof SCENARIO_STATES)[number];

/** A scenario is computed once; it may be withdrawn, and never changes otherwise. */
export const SCENARIO = defineTransitions<ScenarioState, 'withdraw'>(
  'scenario',
  'standing',
  SCENARIO_STATES,
  { withdraw: { from: ['standing'], to: 'withdrawn' } },
);

/** The whole of something, in basis points. */
const WHOLE = 10_000n;

/** What is cut of a year, in pence: an amount as given, or a part of what the year's lines hold, rounded down to the penny. */
export function cutOf({ cut }: ScenarioAssumption, allocatedPence: Pence): Pence {
  if (cut.amountPence !== null) return cut.amountPence;
  return Number((BigInt(allocatedPence) * BigInt(cut.basisPoints ?? 0)) / WHOLE);
}

/** The years of which something can be cut: those that are not over and have money. */
export function yearsToCut({ years, asOn }: Pick<ScenarioFacts, 'years' | 'asOn'>): YearFacts[] {
  return years.filter(({ year, allocatedPence }) => !isOver(year, asOn) && allocatedPence > 0);
}

/** What is wrong with an assumption, so that nothing can be computed of it. */
export function assumptionFaults(
  { financialYear: year, cut }: ScenarioAssumption,
  facts: ScenarioFacts,
): Fault[] {
  if ((cut.basisPoints === null) === (cut.amountPence === null))
    return [
      {
        code: 'cut-unclear',
        message: 'Give either the part that is cut or the amount, and not both.',
        pointer: '/cut',
      },
    ];
  const years = yearsToCut(facts).map((each) => each.year);
  const allocatedPence = facts.years.find((each) => each.year === year)?.allocatedPence ?? 0;
  const pointer = '/financialYear';
  const choose = years.length > 0 ? ` Choose one of: ${years.join(', ')}.` : '';
  if (isOver(year, facts.asOn)) return [{ code: 'year-over', message: `${year} is over.${choose}`, pointer }];
  if (allocatedPence === 0)
    return [
      {
        code: 'nothing-in-year',
        message: `No agreement in force has money in ${year}: there is nothing to cut.${choose}`,
        pointer,
      },
    ];
  if (cut.amountPence === null || cut.amountPence <= allocatedPence) return [];
  return [
    {
      code: 'cut-too-large',
      message: `${year} has ${formatPounds(allocatedPence)} in all. Cut that or less.`,
      pointer: '/cut/amountPence',
    },
  ];
}

const isOver = (year: FinancialYear, asOn: DateOn): boolean => financialYear(year).endsOn < asOn;

/** The day on which a tranche is to be paid: that on which it is expected, and today where that has passed. */
export const payableOn = ({ expectedOn }: ScenarioTranche, asOn: DateOn): DateOn =>
  expectedOn < asOn ? asOn : expectedOn;

/** The order in which tranches are paid: by the day on which they are to be, then by agreement and number. */
function inOrder(tranches: readonly ScenarioTranche[], asOn: DateOn): ScenarioTranche[] {
  const place = (tranche: ScenarioTranche): [string, string, number] => [
    payableOn(tranche, asOn),
    tranche.agreement.reference,
    tranche.number,
  ];
  return [...tranches].sort((a, b) => {
    const [mine, theirs] = [place(a), place(b)];
    const differing = [0, 1, 2].find((i) => mine[i] !== theirs[i]);
    if (differing === undefined) return 0;
    return (mine[differing] as string | number) < (theirs[differing] as string | number) ? -1 : 1;
  });
}

/** What the tranches that fall in a year ask for. */
function askedIn(year: FinancialYear, { tranches, asOn }: ScenarioFacts): Pence {
  return sumPence(
    tranches
      .filter((tranche) => financialYearOf(payableOn(tranche, asOn)) === year)
      .map(({ remainingPence }) => remainingPence),
  );
}

/** A later year that has money that none of its own tranches asks for. */
interface Room {
  year: FinancialYear;
  leftPence: Pence;
}

function roomAfter(year: FinancialYear, facts: ScenarioFacts): Room[] {
  return facts.years
    .filter((each) => each.year > year)
    .map((each) => ({
      year: each.year,
      leftPence: Math.max(0, each.undrawnPence - askedIn(each.year, facts)),
    }))
    .sort((a, b) => (a.year < b.year ? -1 : 1));
}

/** Takes what a tranche still needs from the first years that have room, and says how much of each. */
function takeRoom(
  neededPence: Pence,
  rooms: readonly Room[],
): Array<{ year: FinancialYear; amountPence: Pence }> {
  let needed = neededPence;
  return rooms.flatMap((room) => {
    const amountPence = Math.min(needed, room.leftPence);
    needed -= amountPence;
    room.leftPence -= amountPence;
    return amountPence > 0 ? [{ year: room.year, amountPence }] : [];
  });
}

/**
 * What would become of a programme if less were paid in a financial year. The rule, in full:
 *
 * 1. What is drawn of a tranche stands. What is not drawn of it falls in the year of the day on which it is expected.
 * 2. The year's money is what is not drawn of its lines, or what its tranches ask for where that is more. The cut takes
 *    first what no tranche asks for.
 * 3. What is left is paid to the year's tranches in the order of their days, to each as much as it asks for and there is.
 * 4. What a tranche does not get then, it gets in the first later years that have money which no tranche of theirs asks
 *    for, on their first day. What no year has is unfunded.
 * 5. Milestones and targets follow: see `delayed`.
 */
export function scenarioOf(assumption: ScenarioAssumption, facts: ScenarioFacts): ScenarioResult {
  const year = assumption.financialYear;
  const own = facts.years.find((each) => each.year === year);
  const cutPence = cutOf(assumption, own?.allocatedPence ?? 0);
  const askedPence = askedIn(year, facts);
  const sparePence = Math.min(cutPence, Math.max(0, (own?.undrawnPence ?? 0) - askedPence));
  const takenPence = Math.min(askedPence, cutPence - sparePence);
  const rooms = roomAfter(year, facts);
  let leftPence = askedPence - takenPence;
  const tranches = inOrder(facts.tranches, facts.asOn)
    .filter((tranche) => financialYearOf(payableOn(tranche, facts.asOn)) === year)
    .map((tranche) => {
      const keptPence = Math.min(tranche.remainingPence, leftPence);
      leftPence -= keptPence;
      return outcomeOf(tranche, keptPence, takeRoom(tranche.remainingPence - keptPence, rooms), facts.asOn);
    });
  const sum = (of: (outcome: TrancheOutcome) => Pence): Pence => sumPence(tranches.map(of));
  const totals: ScenarioTotals = {
    ...{ cutPence, sparePence, askedPence },
    keptPence: sum(({ keptPence }) => keptPence),
    movedPence: sum(({ movedPence }) => movedPence),
    unfundedPence: sum(({ unfundedPence }) => unfundedPence),
    beyondPence: cutPence - sparePence - takenPence,
  };
  return {
    totals,
    years: facts.years.map((each) =>
      yearOutcome(each, { year, tranches, facts, cutPence: sparePence + takenPence }),
    ),
    tranches,
    ...delayed(tranches, facts),
  };
}

function outcomeOf(
  tranche: ScenarioTranche,
  keptPence: Pence,
  moved: ReadonlyArray<{ year: FinancialYear; amountPence: Pence }>,
  asOn: DateOn,
): TrancheOutcome {
  const { id, agreement, trust, number, name, remainingPence, milestones } = tranche;
  const movedPence = sumPence(moved.map(({ amountPence }) => amountPence));
  const unfundedPence = remainingPence - keptPence - movedPence;
  const last = moved.at(-1);
  const beforeOn = payableOn(tranche, asOn);
  return {
    ...{ id, agreement, trust, number, name, milestones, beforeOn },
    afterOn: unfundedPence > 0 ? null : last ? financialYear(last.year).startsOn : beforeOn,
    ...{ askedPence: remainingPence, keptPence, movedPence, unfundedPence },
    moved: [...moved],
  };
}

function yearOutcome(
  { year, allocatedPence, undrawnPence }: YearFacts,
  cut: { year: FinancialYear; tranches: readonly TrancheOutcome[]; facts: ScenarioFacts; cutPence: Pence },
): YearOutcome {
  const askedPence = askedIn(year, cut.facts);
  const own = cut.year === year;
  const into = cut.tranches.flatMap(({ moved }) => moved.filter((each) => each.year === year));
  const paidAfter = own
    ? sumPence(cut.tranches.map(({ keptPence }) => keptPence))
    : askedPence + sumPence(into.map(({ amountPence }) => amountPence));
  return {
    ...{ year, allocatedPence, undrawnPence, askedPence },
    cutPence: own ? cut.cutPence : 0,
    paidPence: paidAfter,
  };
}
