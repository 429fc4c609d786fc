import { type Blocker, blockers } from '../core/blockers.js';
import { formatDate } from '../core/calendar.js';
import { financialYear, financialYearOf } from '../core/financial-period.js';
import { formatPounds, type Pence, pence, sumPence } from '../core/money.js';
import type { AgreedLine } from '../funding/agreements/agreement-terms.js';
import type { Source, Stage } from '../funding/ledger.rules.js';
import { lineKey } from '../funding/ledger-lines.rules.js';
import type { LineName, MoneyMove } from './change-content.js';
import type { ChangeFacts, LineBalance } from './change-facts.js';

const sameLine = (a: LineName, b: LineName): boolean => lineKey(a) === lineKey(b);

/** What stands in a line that can be taken; nothing where the line is not there. */
export function balanceOf(balances: readonly LineBalance[], line: LineName): LineBalance {
  const none = { awardedPence: 0, lapsedPence: 0, pledgedPence: 0 };
  return (
    balances.find((each) => sameLine(each, line)) ?? {
      financialYear: line.financialYear,
      kind: line.kind,
      ...none,
    }
  );
}

/** Grant that is not claimed, or has lapsed; match that is only pledged. */
function availablePence(balances: readonly LineBalance[], line: LineName, source: Source): Pence {
  const { awardedPence, lapsedPence, pledgedPence } = balanceOf(balances, line);
  return source === 'grant' ? pence(awardedPence + lapsedPence) : pledgedPence;
}

/**
 * Why money cannot go as asked. It goes from what is not claimed or evidenced, to a year of the programme that is not
 * closed and in which costs count; capital to revenue and the other way only so (domain.md section 9, rule 6). A
 * carry-forward goes to a later year and stays of its kind (section 8).
 */
export function moveBlockers(
  kind: 'move-money' | 'carry-forward',
  moves: readonly MoneyMove[],
  facts: ChangeFacts,
): Blocker[] {
  return [
    ...blockers(
      moves.length === 0 && {
        code: 'nothing-changes',
        message: 'Say which money goes from which line to which.',
        pointer: '/content/moves',
      },
    ),
    ...moves.flatMap((move, index) => oneMoveBlockers(kind, move, `/content/moves/${index}`, facts)),
    ...sumBlockers(moves, facts),
  ];
}

function oneMoveBlockers(
  kind: 'move-money' | 'carry-forward',
  { from, to, amountPence }: MoneyMove,
  pointer: string,
  facts: ChangeFacts,
): Blocker[] {
  const carries = kind === 'carry-forward';
  return [
    ...blockers(
      amountPence <= 0 && {
        code: 'amount-missing',
        message: 'Move one penny or more.',
        pointer: `${pointer}/amountPence`,
      },
      !facts.terms.lines.some((line) => sameLine(line, from)) && {
        code: 'unknown-line',
        message: `The agreement has no line ${lineKey(from)}, so nothing can be taken from it.`,
        pointer: `${pointer}/from`,
      },
      sameLine(from, to) && {
        code: 'same-line',
        message: `${lineKey(to)} is where the money is already.`,
        pointer: `${pointer}/to`,
      },
      carries &&
        from.kind !== to.kind && {
          code: 'carry-forward-changes-kind',
          message: `A carry-forward stays ${from.kind}. To make it ${to.kind}, ask for money to be moved.`,
          pointer: `${pointer}/to/kind`,
        },
      carries &&
        to.financialYear <= from.financialYear && {
          code: 'carry-forward-not-later',
          message: `A carry-forward goes to a later year than ${from.financialYear}.`,
          pointer: `${pointer}/to/financialYear`,
        },
    ),
    ...yearBlockers(to, `${pointer}/to/financialYear`, facts),
  ];
}

function yearBlockers({ financialYear: year }: LineName, pointer: string, facts: ChangeFacts): Blocker[] {
  const { programme, terms } = facts;
  const [first, last] = [financialYearOf(programme.startsOn), financialYearOf(programme.endsOn)];
  if (year < first || year > last)
    return [
      {
        code: 'year-outside-programme',
        message: `${year} is outside the programme, which runs from ${first} to ${last}.`,
        pointer,
      },
    ];
  const { startsOn, endsOn } = financialYear(year);
  const { eligibility } = terms;
  return blockers(
    programme.closedYears.includes(year) && {
      code: 'year-closed',
      message: `${year} is closed: what is put there could not be claimed. Name a later year.`,
      pointer,
    },
    (endsOn < eligibility.startsOn || startsOn > eligibility.endsOn) && {
      code: 'year-outside-window',
      message: `Costs count from ${formatDate(eligibility.startsOn)} to ${formatDate(eligibility.endsOn)}, and none of ${year} is within that.`,
      pointer,
      clearedBy: 'An approved change request moves the eligibility window first.',
    },
  );
}

/** What is taken in all from each line, against what is there. */
function sumBlockers(moves: readonly MoneyMove[], { balances }: ChangeFacts): Blocker[] {
  return (['grant', 'match'] as const).flatMap((source) => {
    const ofSource = moves.filter((move) => move.source === source);
    const taken = distinct(ofSource.map(({ from }) => from));
    return taken.flatMap((line) => {
      const wanted = sumPence(
        ofSource.filter(({ from }) => sameLine(from, line)).map(({ amountPence }) => amountPence),
      );
      const there = availablePence(balances, line, source);
      const what = source === 'grant' ? 'not claimed' : 'pledged and not evidenced';
      const pointer = `/content/moves/${moves.findIndex((move) => move.source === source && sameLine(move.from, line))}`;
      return blockers(
        wanted > there && {
          code: 'not-enough-in-line',
          message: `${formatPounds(wanted)} of ${source} is to leave ${lineKey(line)}, where ${formatPounds(there)} is ${what}. Ask for less.`,
          pointer: `${pointer}/amountPence`,
        },
        ofSource.some(({ to }) => sameLine(to, line)) && {
          code: 'line-gives-and-takes',
          message: `${lineKey(line)} both gives and takes ${source}. Write the moves so that it does one of them.`,
          pointer,
        },
      );
    });
  });
}

const distinct = (lines: readonly LineName[]): LineName[] =>
  lines.filter((line, index) => lines.findIndex((each) => sameLine(each, line)) === index);

/** The lines of an agreement after the moves, by year and kind, with those that they make. */
export function movedLines(lines: readonly AgreedLine[], moves: readonly MoneyMove[]): AgreedLine[] {
  const after = new Map(lines.map((line) => [lineKey(line), { ...line }]));
  const add = ({ financialYear: year, kind }: LineName, source: Source, amountPence: Pence): void => {
    const key = lineKey({ financialYear: year, kind });
    const line = after.get(key) ?? { financialYear: year, kind, grantPence: 0, matchPence: 0 };
    const column = source === 'grant' ? 'grantPence' : 'matchPence';
    after.set(key, { ...line, [column]: pence(line[column] + amountPence) });
  };
  for (const { source, from, to, amountPence } of moves) {
    add(from, source, -amountPence);
    add(to, source, amountPence);
  }
  return [...after.values()].sort((a, b) => lineKey(a).localeCompare(lineKey(b)));
}

/** A movement of the ledger, of a line by its name. */
export interface LineMovement {
  line: LineName;
  source: Source;
  from: Stage;
  to: Stage;
  amountPence: Pence;
}

/**
 * The movements that carry out moves. Grant that has lapsed goes first: nobody can claim it, and what is still
 * awarded can be claimed where it is.
 */
export function reallocation(moves: readonly MoneyMove[], balances: readonly LineBalance[]): LineMovement[] {
  const lapsed = new Map<string, Pence>();
  return moves.flatMap(({ source, from, to, amountPence }) => {
    const left = lapsed.get(lineKey(from)) ?? balanceOf(balances, from).lapsedPence;
    const fromLapsed = source === 'grant' ? Math.min(left, amountPence) : 0;
    lapsed.set(lineKey(from), left - fromLapsed);
    const stands = source === 'grant' ? 'awarded' : 'pledged';
    const out: LineMovement = { line: from, source, from: stands, to: 'outside', amountPence };
    return [
      { ...out, from: 'lapsed' as const, amountPence: fromLapsed },
      { ...out, amountPence: pence(amountPence - fromLapsed) },
      { line: to, source, from: 'outside' as const, to: stands, amountPence } satisfies LineMovement,
    ].filter((movement) => movement.amountPence > 0);
  });
}
