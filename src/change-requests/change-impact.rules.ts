import { isDeepStrictEqual } from 'node:util';
import { type DateOn, daysBetween, formatDate } from '../core/calendar.js';
import { formatPounds, pence, sumPence } from '../core/money.js';
import type { AgreedLine, AgreedTranche, AgreementTerms } from '../funding/agreements/agreement-terms.js';
import { lineKey } from '../funding/ledger-lines.rules.js';
import { GO_LIVE } from '../milestones/go-live.rules.js';
import type { TrustMilestone } from '../milestones/milestone.queries.js';
import { isOpenMilestone } from '../milestones/milestone.rules.js';
import type { ChangeContent } from './change-content.js';
import { termsAfter } from './change-content.rules.js';
import type { ChangeFacts } from './change-facts.js';
import type {
  ChangeImpact,
  DateImpact,
  GateImpact,
  LineImpact,
  PlanImpact,
  TargetImpact,
  TermsImpact,
} from './change-impact.js';
import { balanceOf, type LineMovement, reallocation } from './change-moves.rules.js';

/** Agreed days by `project/milestone`. */
type Days = ReadonlyMap<string, DateOn>;

/**
 * What a change would do to money, dates, gates and targets. It is of a request that can be carried out as things
 * stand: ask `contentBlockers` first.
 */
export function impactOf(content: ChangeContent, facts: ChangeFacts): ChangeImpact {
  const { terms, milestones } = facts;
  const after = termsAfter(content, terms);
  const daysBefore: Days = new Map(
    milestones.map(({ code, agreedOn, baselineOn }) => [code, agreedOn ?? baselineOn]),
  );
  const daysAfter: Days = new Map([
    ...daysBefore,
    ...content.milestones.map(({ milestone, agreedOn }): [string, DateOn] => [milestone, agreedOn]),
  ]);
  const changed = milestones.filter(({ code }) => daysBefore.get(code) !== daysAfter.get(code));
  return {
    money: moneyImpact(content, after.lines, facts),
    totals: {
      grantBeforePence: sumPence(terms.lines.map(({ grantPence }) => grantPence)),
      grantAfterPence: sumPence(after.lines.map(({ grantPence }) => grantPence)),
      matchBeforePence: sumPence(terms.lines.map(({ matchPence }) => matchPence)),
      matchAfterPence: sumPence(after.lines.map(({ matchPence }) => matchPence)),
    },
    dates: changed.map((milestone) => dateImpact(milestone, daysBefore, daysAfter)),
    gates: after.tranches.flatMap((tranche) =>
      gateImpact(tranche, { before: terms.tranches, daysBefore, daysAfter, milestones }),
    ),
    targets: targetsImpact(changed, daysBefore, daysAfter, facts),
    terms: termsImpact(terms, after),
    plans: plansImpact(content, facts),
  };
}

function moneyImpact(
  { moves }: ChangeContent,
  after: readonly AgreedLine[],
  { terms, balances }: ChangeFacts,
): LineImpact[] {
  const movements = reallocation(moves, balances);
  return after.flatMap((line) => {
    const before = terms.lines.find((each) => lineKey(each) === lineKey(line));
    const own = movements.filter((movement) => lineKey(movement.line) === lineKey(line));
    if (own.length === 0) return [];
    const { awardedPence, lapsedPence, pledgedPence } = balanceOf(balances, line);
    const { financialYear, kind, grantPence, matchPence } = line;
    return [
      {
        financialYear,
        kind,
        grantBeforePence: before?.grantPence ?? 0,
        grantAfterPence: grantPence,
        matchBeforePence: before?.matchPence ?? 0,
        matchAfterPence: matchPence,
        unclaimedBeforePence: awardedPence,
        unclaimedAfterPence: pence(awardedPence + gained(own, 'awarded')),
        lapsedBeforePence: lapsedPence,
        lapsedAfterPence: pence(lapsedPence + gained(own, 'lapsed')),
        pledgedBeforePence: pledgedPence,
        pledgedAfterPence: pence(pledgedPence + gained(own, 'pledged')),
      },
    ];
  });
}

const gained = (movements: readonly LineMovement[], stage: LineMovement['to']): number =>
  sumPence(
    movements.map(({ from, to, amountPence }) =>
      to === stage ? amountPence : from === stage ? -amountPence : 0,
    ),
  );

function dateImpact(
  { code, name, baselineOn, forecastOn }: TrustMilestone,
  before: Days,
  after: Days,
): DateImpact {
  const [beforeOn, afterOn] = [before.get(code) as DateOn, after.get(code) as DateOn];
  return {
    milestone: code,
    name,
    baselineOn,
    beforeOn,
    afterOn,
    slipDays: daysBetween(beforeOn, afterOn),
    fromBaselineDays: daysBetween(baselineOn, afterOn),
    forecastOn,
  };
}

/** What a tranche is looked at in. */
interface GateSetting {
  before: readonly AgreedTranche[];
  daysBefore: Days;
  daysAfter: Days;
  milestones: readonly TrustMilestone[];
}

function gateImpact(tranche: AgreedTranche, setting: GateSetting): GateImpact[] {
  const { number, name, plannedOn, grantPence } = tranche;
  const before = setting.before.find((each) => each.number === number);
  const opensBeforeOn = before ? opensOn(before, setting.milestones, setting.daysBefore) : null;
  const opensAfterOn = opensOn(tranche, setting.milestones, setting.daysAfter);
  const what = before
    ? [...opening(opensBeforeOn as DateOn, opensAfterOn), ...differences(before, tranche)]
    : [`New: opens on ${formatDate(opensAfterOn)} with ${formatPounds(grantPence)}`];
  if (what.length === 0) return [];
  return [
    {
      number,
      name,
      plannedBeforeOn: before?.plannedOn ?? null,
      plannedAfterOn: plannedOn,
      opensBeforeOn,
      opensAfterOn,
      grantBeforePence: before?.grantPence ?? 0,
      grantAfterPence: grantPence,
      what,
    },
  ];
}

/** By what is agreed: the planned day, or the last agreed day of a milestone that the tranche still waits for. */
function opensOn(tranche: AgreedTranche, milestones: readonly TrustMilestone[], days: Days): DateOn {
  const awaited = milestones.filter(
    ({ code, state }) => tranche.milestones.includes(code) && isOpenMilestone(state),
  );
  return latest([tranche.plannedOn, ...awaited.map(({ code }) => days.get(code) as DateOn)]);
}

const latest = (days: readonly DateOn[]): DateOn => [...days].sort().at(-1) as DateOn;

function opening(before: DateOn, after: DateOn): string[] {
  if (before === after) return [];
  const days = Math.abs(daysBetween(before, after));
  return [`Opens ${days} ${days === 1 ? 'day' : 'days'} ${after > before ? 'later' : 'earlier'}`];
}

function differences(before: AgreedTranche, after: AgreedTranche): string[] {
  const more = after.grantPence - before.grantPence;
  const gained = after.milestones.filter((code) => !before.milestones.includes(code));
  const lost = before.milestones.filter((code) => !after.milestones.includes(code));
  const planned = before.plannedOn !== after.plannedOn;
  return [
    ...(more === 0 ? [] : [`${formatPounds(Math.abs(more))} ${more > 0 ? 'more' : 'less'}`]),
    ...gained.map((code) => `Waits for ${code} too`),
    ...lost.map((code) => `No longer waits for ${code}`),
    ...(planned ? [`Planned for ${formatDate(after.plannedOn)}, not ${formatDate(before.plannedOn)}`] : []),
    ...(before.basis === after.basis
      ? []
      : [after.basis === 'advance' ? 'Paid in advance' : 'Paid on delivery']),
    ...(before.name === after.name ? [] : [`Called "${after.name}"`]),
  ];
}

/** The measures that milestones which move have a part in: those of their projects, and all of the trust where a going live moves. */
export function touchedMeasures<Measure extends { projectId: string | null }>(
  measures: readonly Measure[],
  moved: ReadonlyArray<{ projectId: string; kind: string }>,
): Measure[] {
  const projects = new Set(moved.map(({ projectId }) => projectId));
  const goesLive = moved.some(({ kind }) => kind === GO_LIVE);
  return measures.filter(({ projectId }) => (projectId === null ? goesLive : projects.has(projectId)));
}

/**
 * The target sets that have measures of the changed projects; all that the trust is measured by, where a going live
 * moves. The days are those of what these projects have still to deliver.
 */
function targetsImpact(
  changed: readonly TrustMilestone[],
  daysBefore: Days,
  daysAfter: Days,
  { targetSets, milestones }: ChangeFacts,
): TargetImpact[] {
  const projects = new Set(changed.map(({ projectId }) => projectId));
  const awaited = milestones.filter(
    ({ projectId, state }) => projects.has(projectId) && isOpenMilestone(state),
  );
  const lastOf = (days: Days): DateOn => latest(awaited.map(({ code }) => days.get(code) as DateOn));
  return targetSets.flatMap(({ ref, name, targetOn, measures }) => {
    const touched = touchedMeasures(measures, changed);
    if (touched.length === 0 || awaited.length === 0) return [];
    const latestOn = lastOf(daysAfter);
    return [
      {
        targetSet: ref,
        name,
        targetOn,
        latestBeforeOn: lastOf(daysBefore),
        latestOn,
        late: latestOn > targetOn,
        measures: touched.map(({ code }) => code),
      },
    ];
  });
}

function plansImpact({ plans }: ChangeContent, { benefits }: ChangeFacts): PlanImpact[] {
  return plans.flatMap(({ benefit, years: asked }) => {
    const standing = benefits.find(({ code }) => code === benefit);
    if (!standing) return [];
    const { name, unit, years } = standing;
    const total = (all: ReadonlyArray<{ planned: number }>) =>
      all.reduce((sum, { planned }) => sum + planned, 0);
    const of = (all: ReadonlyArray<{ financialYear: string; planned: number }>, year: string) =>
      all.find(({ financialYear }) => financialYear === year)?.planned ?? null;
    const named = [...new Set([...years, ...asked].map(({ financialYear }) => financialYear))].sort();
    return [
      {
        ...{ benefit, name, unit },
        years: named.map((financialYear) => ({
          financialYear,
          before: of(years, financialYear),
          after: of(asked, financialYear),
        })),
        ...{ totalBefore: total(years), totalAfter: total(asked) },
      },
    ];
  });
}

function termsImpact(before: AgreementTerms, after: AgreementTerms): TermsImpact {
  const window = ({ startsOn, endsOn }: AgreementTerms['eligibility']) => ({ startsOn, endsOn });
  const changed = <T>(old: T, now: T): { before: T; after: T } | null =>
    isDeepStrictEqual(old, now) ? null : { before: old, after: now };
  return {
    tranches: changed(before.tranches, after.tranches),
    conditions: changed(before.conditions, after.conditions),
    eligibility: changed(window(before.eligibility), window(after.eligibility)),
  };
}
