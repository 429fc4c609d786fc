import { touchedMeasures } from '../change-requests/change-impact.rules.js';
import { addDays, type DateOn, daysBetween } from '../core/calendar.js';
import type {
  MilestoneOutcome,
  ScenarioFacts,
  ScenarioMilestone,
  ScenarioResult,
  ScenarioTargetSet,
  TargetOutcome,
  TrancheOutcome,
} from './scenario.types.js';

/**
 * The milestones and targets that follow tranches which move. A milestone moves by as many days as the tranche that pays
 * for it, by the most where several do, and has no day where one of them is unfunded. A target waits for what its
 * projects have still to deliver, as a change request says it does; where a going live moves, so does all that the trust
 * is measured by.
 */
export function delayed(
  tranches: readonly TrancheOutcome[],
  facts: ScenarioFacts,
): Pick<ScenarioResult, 'milestones' | 'targets'> {
  const days = new Map<string, DateOn | null>();
  const milestones = facts.milestones.flatMap((milestone): MilestoneOutcome[] => {
    const afterOn = movedTo(milestone, tranches);
    if (afterOn === milestone.forecastOn) return [];
    days.set(milestone.id, afterOn);
    const { id, code, name, trust, forecastOn } = milestone;
    return [{ id, code, name, trust, beforeOn: forecastOn, afterOn }];
  });
  const trusts = [...new Set(milestones.map(({ trust }) => trust.odsCode))];
  return {
    milestones,
    targets: trusts.flatMap((odsCode) =>
      targetsOf(
        facts.milestones.filter(({ trust }) => trust.odsCode === odsCode),
        days,
        facts.targetSets,
      ),
    ),
  };
}

function movedTo({ id, forecastOn }: ScenarioMilestone, tranches: readonly TrancheOutcome[]): DateOn | null {
  const paying = tranches.filter(({ milestones }) => milestones.includes(id));
  if (paying.some(({ afterOn }) => afterOn === null)) return null;
  const slip = paying.map(({ beforeOn, afterOn }) => daysBetween(beforeOn, afterOn as DateOn));
  return addDays(forecastOn, Math.max(0, ...slip));
}

/** The last of some days; null where one is not known. */
function lastOf(days: ReadonlyArray<DateOn | null>): DateOn | null {
  return days.includes(null) ? null : ([...(days as DateOn[])].sort().at(-1) ?? null);
}

/** The targets of one trust, given all of its milestones that are open. */
function targetsOf(
  milestones: readonly ScenarioMilestone[],
  days: ReadonlyMap<string, DateOn | null>,
  targetSets: readonly ScenarioTargetSet[],
): TargetOutcome[] {
  const moved = milestones.filter(({ id }) => days.has(id));
  const projects = new Set(moved.map(({ projectId }) => projectId));
  const awaited = milestones.filter(({ projectId }) => projects.has(projectId));
  const beforeOn = lastOf(awaited.map(({ forecastOn }) => forecastOn)) as DateOn;
  const afterOn = lastOf(
    awaited.map(({ id, forecastOn }) => (days.has(id) ? (days.get(id) ?? null) : forecastOn)),
  );
  return targetSets.flatMap(({ ref, name, targetOn, measures }) => {
    const own = measures.flatMap(
      ({ code, level }): Array<{ code: string; projectId: string | null }> =>
        level === 'trust'
          ? [{ code, projectId: null }]
          : [...projects].map((projectId) => ({ code, projectId })),
    );
    const touched = touchedMeasures(own, moved);
    if (touched.length === 0) return [];
    return [
      {
        trust: (moved[0] as ScenarioMilestone).trust,
        targetSet: ref,
        ...{ name, targetOn, beforeOn, afterOn },
        lateBefore: beforeOn > targetOn,
        lateAfter: afterOn === null || afterOn > targetOn,
        measures: [...new Set(touched.map(({ code }) => code))],
      },
    ];
  });
}
