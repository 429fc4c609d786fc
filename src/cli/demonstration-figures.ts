import { createHash } from 'node:crypto';
import { addDays, type DateOn } from '../core/calendar.js';
import { financialYear, quarterOf } from '../core/financial-period.js';
import { splitPence } from '../core/money.js';
import { isOpenMilestone } from '../milestones/milestone.rules.js';
import type { MeasurementLine, MilestoneLine, SpendLine } from '../progress-reports/return-content.js';
import type { ReturnContext } from '../progress-reports/return-context.queries.js';
import type { DemonstratedTrust, DemonstrationPlan } from './demonstration-plan.js';

/** A number from 0 to below 1 that is always the same for the same words. */
function steady(...words: string[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE() / 2 ** 32;
}

/** What a trust reports of a measure at the end of the nth period, from 0. */
export function measurementsOf(
  trust: DemonstratedTrust,
  { measures }: Pick<ReturnContext, 'measures'>,
  period: number,
): MeasurementLine[] {
  return measures.map(({ targetSet, code, unit }) => {
    const pace = 0.7 + 0.6 * steady(trust.ods, code, 'pace');
    const start = trust.coverage.start * (0.6 + 0.8 * steady(trust.ods, code, 'start'));
    const percent = Math.min(98, start + trust.coverage.gain * pace * (period + 1));
    const denominator = unit === 'score' ? 100 : 400 + Math.floor(1_600 * steady(trust.ods, code, 'size'));
    const numerator = Math.round((percent * denominator) / 100);
    return { targetSet, measure: code, numerator, denominator, note: null };
  });
}

/** What validation finds of a reported value; a part of the measures, and all self-assessments, are not validated. */
export function validatedValue(
  trust: DemonstratedTrust,
  measure: string,
  reported: { numerator: number; denominator: number },
): { numerator: number; denominator: number } | null {
  const isSelfAssessment = reported.denominator === 100;
  if (isSelfAssessment || steady(trust.ods, measure, 'validated') > 0.9) return null;
  const less = Math.round(
    (trust.overstated * steady(trust.ods, measure, 'less') * 2 * reported.denominator) / 100,
  );
  return { numerator: Math.max(0, reported.numerator - less), denominator: reported.denominator };
}

/** Cumulative spend at a period's end: each line is spent evenly over its financial year. */
export function spendOf(
  trust: DemonstratedTrust,
  { awards, period }: Pick<ReturnContext, 'awards' | 'period'>,
): SpendLine[] {
  return awards.flatMap(({ financialYear: year, kind, grantPence, matchPence }) =>
    (['grant', 'match'] as const).flatMap((source): SpendLine[] => {
      const planned = source === 'grant' ? grantPence : matchPence;
      if (planned === 0) return [];
      const [whole = 0] = splitPence(planned, [trust.spend[source], Math.max(0, 100 - trust.spend[source])]);
      const forecastPence =
        trust.spend[source] > 100 ? Math.floor((planned / 100) * trust.spend[source]) : whole;
      return [
        {
          financialYear: year,
          kind,
          source,
          spentToDatePence: spentBy(year, period.endsOn, forecastPence),
          forecastPence,
          note: null,
        },
      ];
    }),
  );
}

function spentBy(year: string, endsOn: DateOn, whole: number): number {
  const { startsOn, endsOn: yearEnd } = financialYear(year);
  if (endsOn < startsOn) return 0;
  if (endsOn >= yearEnd) return whole;
  const quarters = Number(quarterOf(endsOn).label.at(-1));
  return splitPence(whole, [quarters, 4 - quarters])[0] as number;
}

/** What a trust says of its milestones at a period's end: those that were due are met, or slip. */
export function milestonesOf(
  trust: DemonstratedTrust,
  { milestones, period }: Pick<ReturnContext, 'milestones' | 'period'>,
  claimable: ReadonlySet<string>,
): MilestoneLine[] {
  return milestones
    .filter((milestone) => isOpenMilestone(milestone.state))
    .map(({ code, baselineOn, forecastOn, state, actualOn }) => {
      const line = { milestone: code, forecastOn, actualOn, delayReason: null, note: null };
      if (state === 'claimed-met' || state === 'under-review') return { ...line, claim: 'none' };
      if (claimable.has(code)) return { ...line, actualOn: forecastOn, claim: 'met' };
      const slips = trust.slip > 0 && forecastOn === baselineOn && baselineOn <= addDays(period.endsOn, 60);
      if (slips)
        return { ...line, forecastOn: addDays(forecastOn, trust.slip), claim: 'none', delayReason: 'staff' };
      return {
        ...line,
        claim: state === 'planned' && baselineOn <= addDays(period.endsOn, 120) ? 'started' : 'none',
      };
    });
}

/** The milestones that a trust can claim at a period's end: their forecast has come. */
export function dueMilestones(
  { milestones, period }: Pick<ReturnContext, 'milestones' | 'period'>,
  trust: DemonstratedTrust,
) {
  return milestones.filter(
    ({ state, forecastOn, baselineOn }) =>
      (state === 'planned' || state === 'in-progress') &&
      forecastOn <= period.endsOn &&
      (trust.slip === 0 || forecastOn > baselineOn),
  );
}

/** The narrative of a return. */
export function narrativeOf(
  plan: DemonstrationPlan,
  sections: ReadonlyArray<{ code: string; title: string }>,
  label: string,
) {
  return sections.map(({ code, title }) => ({
    section: code,
    text: `${plan.narrative[code] ?? `Illustrative: nothing to say of ${title.toLowerCase()}.`} (${label})`,
  }));
}
