import { isDeepStrictEqual } from 'node:util';
import type { Blocker } from '../core/blockers.js';
import { formatDate, isDateOn } from '../core/calendar.js';
import { formatPounds } from '../core/money.js';
import { lineKey } from '../funding/ledger-lines.rules.js';
import type { ChangeImpact } from './change-impact.js';

type Value = string | number | object | null;

/** Something that an impact was computed from: where it is in the impact, what it is called, what it was. */
interface Ground {
  part: keyof ChangeImpact;
  what: string;
  value: Value;
  /** Whether the change puts something else in its place. */
  replaced?: boolean;
}

const PARTS_IN_WORDS = { tranches: 'tranches', conditions: 'conditions', eligibility: 'eligibility window' };

/** What stands in an impact of how things were, each piece by its name. */
function groundsOf({ money, dates, gates, targets, terms, plans }: ChangeImpact): Ground[] {
  const ground = (part: keyof ChangeImpact, what: string, value: Value, replaced = false): Ground => ({
    part,
    what,
    value,
    replaced,
  });
  return [
    ...money.flatMap((line) => [
      ground('money', `agreed grant of ${lineKey(line)}`, line.grantBeforePence),
      ground('money', `agreed match of ${lineKey(line)}`, line.matchBeforePence),
      ground('money', `unclaimed grant of ${lineKey(line)}`, line.unclaimedBeforePence),
      ground('money', `lapsed grant of ${lineKey(line)}`, line.lapsedBeforePence),
      ground('money', `pledged match of ${lineKey(line)}`, line.pledgedBeforePence),
    ]),
    ...dates.flatMap(({ milestone, beforeOn, forecastOn }) => [
      ground('dates', `agreed day of ${milestone}`, beforeOn, true),
      ground('dates', `forecast of ${milestone}`, forecastOn),
    ]),
    ...gates.flatMap(({ number, opensBeforeOn, opensAfterOn, grantBeforePence }) => [
      ground('gates', `day on which tranche ${number} opens without the change`, opensBeforeOn),
      ground('gates', `day on which tranche ${number} opens with the change`, opensAfterOn),
      ground('gates', `grant of tranche ${number}`, grantBeforePence),
    ]),
    ...targets.flatMap(({ targetSet, targetOn, latestBeforeOn, latestOn, measures }) => [
      ground('targets', `day of ${targetSet}`, targetOn),
      ground('targets', `last agreed day for ${targetSet} without the change`, latestBeforeOn),
      ground('targets', `last agreed day for ${targetSet} with the change`, latestOn),
      ground('targets', `measures of ${targetSet}`, measures.join(', ')),
    ]),
    ...plans.map(({ benefit, years }) =>
      ground(
        'plans',
        `plan of ${benefit}`,
        years
          .flatMap(({ financialYear, before }) => (before === null ? [] : [`${financialYear}: ${before}`]))
          .join(', '),
        true,
      ),
    ),
    ...Object.entries(PARTS_IN_WORDS).map(([part, what]) =>
      ground('terms', what, terms[part as keyof typeof terms]?.before ?? null, true),
    ),
  ];
}

function inWords({ value }: Ground): string {
  if (value === null) return 'nothing';
  if (typeof value === 'number') return formatPounds(value);
  return isDateOn(value) ? formatDate(value) : String(value);
}

/**
 * What changed since an impact was computed, where it was computed from something that is different now: balances,
 * days, tranches, targets. Nobody decides on an effect that is not the effect any more.
 */
export function impactChanges(assessed: ChangeImpact, now: ChangeImpact): Blocker[] {
  return changesAmong(groundsOf(assessed), groundsOf(now));
}

/**
 * What an approved change would overwrite without its approver having seen it: another day of a milestone, or other
 * terms, than when its impact was computed. Money is moved and overwrites nothing.
 */
export function overwritten(assessed: ChangeImpact, now: ChangeImpact): Blocker[] {
  const replaced = (impact: ChangeImpact): Ground[] => groundsOf(impact).filter((ground) => ground.replaced);
  return changesAmong(replaced(assessed), replaced(now));
}

function changesAmong(before: readonly Ground[], now: readonly Ground[]): Blocker[] {
  const named = (grounds: readonly Ground[], { part, what }: Ground): Ground =>
    grounds.find((each) => each.what === what) ?? { part, what, value: null };
  const names = [...before, ...now.filter((ground) => !before.some(({ what }) => what === ground.what))];
  return names.flatMap((name) => {
    const [was, is] = [named(before, name), named(now, name)];
    if (isDeepStrictEqual(was.value, is.value)) return [];
    const message =
      name.part === 'terms'
        ? `The ${name.what} of the agreement changed since the impact was assessed.`
        : `The ${name.what} was ${inWords(was)} when the impact was assessed, and is ${inWords(is)} now.`;
    return [
      {
        code: 'impact-changed',
        message,
        pointer: `/impact/${name.part}`,
        clearedBy: 'The impact is assessed again, and what it says then is decided on.',
      },
    ];
  });
}
