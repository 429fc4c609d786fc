import type { DateOn } from '../core/calendar.js';
import { isOpenMilestone } from '../milestones/milestone.rules.js';
import type { AssessmentInput } from './assessment-input.js';
import type { ReturnExpectations } from './completeness.rules.js';
import type { PrefillInput } from './prefill.rules.js';
import type { ReturnContent } from './return-content.js';
import type { ReturnContext } from './return-context.queries.js';

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

/** The next gate: the earliest forecast of an open milestone after the period. Tranches will name their own. */
export function nextGateOn({
  milestones,
  period,
}: Pick<ReturnContext, 'milestones' | 'period'>): DateOn | null {
  return (
    milestones
      .filter((milestone) => isOpenMilestone(milestone.state) && milestone.forecastOn > period.endsOn)
      .map((milestone) => milestone.forecastOn)
      .sort()[0] ?? null
  );
}

/** What the assessment of a return in this context looks at. */
export function assessmentIn(context: ReturnContext, content: ReturnContent, today: DateOn): AssessmentInput {
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
    },
    awards,
    milestones,
    measures,
    nextGateOn: nextGateOn(context),
    content,
    previous,
  };
}
