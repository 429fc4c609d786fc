import type { DateOn } from '../core/calendar.js';
import type { FinancialPeriod } from '../core/financial-period.js';
import { isOpenMilestone, type MilestoneState } from '../milestones/milestone.rules.js';
import type { MeasurementLine, MilestoneLine, ReturnContent, SpendLine } from './return-content.js';
import { type AwardLine, awardOf, isNotMeasured, measureKey, spendName } from './return-lines.rules.js';

/** What a new return starts from. */
export interface PrefillInput {
  /** The last accepted return of the trust; null for its first. */
  previous: ReturnContent | null;
  milestones: ReadonlyArray<{
    code: string;
    state: MilestoneState;
    baselineOn: DateOn;
    forecastOn: DateOn | null;
    actualOn: DateOn | null;
  }>;
  awards: readonly AwardLine[];
  measures: ReadonlyArray<{ targetSet: string; code: string }>;
  narrativeSections: ReadonlyArray<{ code: string }>;
  confidenceScale: { code: string; points: readonly string[] };
  period: FinancialPeriod;
}

/** Open milestones, and those that were met within the period. */
function milestoneLines({ milestones, period }: PrefillInput): MilestoneLine[] {
  return milestones
    .filter(
      ({ state, actualOn }) =>
        isOpenMilestone(state) || (state === 'met' && actualOn !== null && actualOn >= period.startsOn),
    )
    .map(({ code, forecastOn, baselineOn, actualOn }) => ({
      milestone: code,
      forecastOn: forecastOn ?? baselineOn,
      actualOn,
      claim: 'none',
      delayReason: null,
      note: null,
    }));
}

function spendLines({ previous, awards }: PrefillInput): SpendLine[] {
  const carried = new Map((previous?.spend ?? []).map((line) => [spendName(line), line]));
  const awarded = awards.flatMap(({ financialYear, kind, grantPence, matchPence }) =>
    (['grant', 'match'] as const).flatMap((source): SpendLine[] => {
      const before = carried.get(spendName({ financialYear, kind, source }));
      if (before) return [{ ...before, note: null }];
      if ((source === 'grant' ? grantPence : matchPence) === 0) return [];
      return [{ financialYear, kind, source, spentToDatePence: 0, forecastPence: 0, note: null }];
    }),
  );
  const orphaned = [...carried.values()].filter(
    (line) => !awardOf(awards, line) && (line.spentToDatePence > 0 || line.forecastPence > 0),
  );
  return [...awarded, ...orphaned.map((line) => ({ ...line, note: null }))];
}

function measurementLines({ previous, measures }: PrefillInput): MeasurementLine[] {
  const carried = new Map((previous?.measurements ?? []).map((line) => [measureKey(line), line]));
  return measures.flatMap(({ targetSet, code }) => {
    const before = carried.get(measureKey({ targetSet, measure: code }));
    return before && !isNotMeasured(before) ? [{ ...before, note: null }] : [];
  });
}

/**
 * The content that a new return opens with (domain.md section 3: enter once, prefill). Dates are those on record,
 * which are the last accepted ones and any change request since. Money, measurements, risks and rating are carried
 * over; claims, reasons and notes are not, and the narrative starts empty, because it is about a new period. A line
 * of the award is new with zeros; a measure has no line until it is reported. Money on a line that is no longer in
 * the award stays in, so that nothing disappears unseen. A rating given on another scale is not carried over
 * (domain.md section 9, rule 10).
 */
export function prefill(input: PrefillInput): ReturnContent {
  const { previous, narrativeSections, confidenceScale } = input;
  const rated = previous?.confidence;
  const sameScale = rated?.scale === confidenceScale.code && confidenceScale.points.includes(rated.rating);
  return {
    milestones: milestoneLines(input),
    spend: spendLines(input),
    measurements: measurementLines(input),
    risks: (previous?.risks ?? []).map((risk) => ({ ...risk })),
    narrative: narrativeSections.map(({ code }) => ({ section: code, text: '' })),
    confidence: sameScale ? { ...rated, reason: null } : null,
  };
}
