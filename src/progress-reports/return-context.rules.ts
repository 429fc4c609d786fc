import type { DateOn } from '../core/calendar.js';
import { plannedMeasure } from '../targets/figure.rules.js';
import { againstTrajectory } from '../targets/progress.rules.js';
import type { MeasuredValue } from '../targets/target.queries.js';
import type { AssessmentInput } from './assessment-input.js';
import type { ReturnExpectations } from './completeness.rules.js';
import type { PrefillInput } from './prefill.rules.js';
import type { MeasurementLine, ReturnContent } from './return-content.js';
import type { ReturnContext } from './return-context.queries.js';
import { measureKey } from './return-lines.rules.js';

/** What a return in this context has to speak of. */
export function expectationsIn({ terms, milestones, awards, measures }: ReturnContext): ReturnExpectations {
  return { narrativeSections: terms.narrativeSections, milestones, awards, measures };
}

/** What a return in this context starts from. */
export function prefillIn(context: ReturnContext): PrefillInput {
  const { previous, milestones, awards, measures, terms, period } = context;
  return {
    previous,
    milestones,
    awards,
    measures,
    narrativeSections: terms.narrativeSections,
    confidenceScale: {
      code: terms.confidenceScale.code,
      points: terms.confidenceScale.points.map(({ code }) => code),
    },
    period,
  };
}

/**
 * The next gate: the earliest day after the period on which a tranche is expected that is not drawn in full; null where
 * there is none, and then the match is looked at up to the end of the period's year. A milestone that no tranche rests
 * on is no gate.
 */
export function nextGateOn({ gates, period }: Pick<ReturnContext, 'gates' | 'period'>): DateOn | null {
  return gates.filter((expectedOn) => expectedOn > period.endsOn).sort()[0] ?? null;
}

/**
 * How far what a return reports is from what was planned by the end of its period, in parts per million; null where
 * there is no plan.
 * @param values every measure of the programme with its trajectory
 */
export function trajectoryVariance(
  { measures, period }: Pick<ReturnContext, 'measures' | 'period'>,
  content: ReturnContent,
  values: readonly MeasuredValue[],
): number | null {
  const linesOf = linesByMeasure(measures, content.measurements);
  const distinct = new Map(values.map((value) => [value.measureId, value]));
  const planned = [...distinct.values()].flatMap((value) => {
    const lines = linesOf.get(value.measureId);
    if (!lines) return [];
    return plannedMeasure(value, lines.length === 0 ? null : sumOf(lines));
  });
  return againstTrajectory(planned, period.endsOn).variancePpm;
}

const sumOf = (lines: readonly MeasurementLine[]) => ({
  numerator: lines.reduce((sum, line) => sum + line.numerator, 0),
  denominator: lines.reduce((sum, line) => sum + line.denominator, 0),
});

/** The lines that report each measure, by its id: of those that it may report, the ones that say of how many. */
function linesByMeasure(
  measures: ReturnContext['measures'],
  lines: readonly MeasurementLine[],
): Map<string, readonly MeasurementLine[]> {
  const reported = new Map(measures.map(({ id }) => [id, [] as MeasurementLine[]]));
  const linesOf = new Map(
    measures.map(({ id, targetSet, code }) => [measureKey({ targetSet, measure: code }), reported.get(id)]),
  );
  for (const line of lines.filter(({ denominator }) => denominator > 0))
    linesOf.get(measureKey(line))?.push(line);
  return reported;
}

/** What the assessment of a return in this context looks at. */
export function assessmentIn(
  context: ReturnContext,
  content: ReturnContent,
  today: DateOn,
  values: readonly MeasuredValue[],
): AssessmentInput {
  const { terms, period, awards, milestones, measures, previous } = context;
  return {
    period,
    today,
    programme: {
      startsOn: context.startsOn,
      endsOn: context.endsOn,
      eligibility: { from: terms.eligibility.startsOn, to: terms.eligibility.endsOn },
      matchRatio: { matchPence: context.matchPence, perGrantPence: context.perGrantPence },
      confidenceScale: {
        code: terms.confidenceScale.code,
        points: terms.confidenceScale.points.map(({ code }) => code),
      },
      delayReasons: terms.delayReasons.map(({ code }) => code),
      narrativeSections: terms.narrativeSections,
    },
    awards,
    milestones,
    measures,
    nextGateOn: nextGateOn(context),
    trajectoryVariancePpm: trajectoryVariance(context, content, values),
    content,
    previous,
  };
}
