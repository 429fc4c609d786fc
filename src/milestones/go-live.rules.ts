import {
  type CoverageFacts,
  type Requirement,
  requirementBlockers,
  requirementsOn,
} from '../assurance/coverage.rules.js';
import type { Blocker } from '../core/blockers.js';
import { addDays, type DateOn } from '../core/calendar.js';
import type { MilestoneState } from './milestone.rules.js';

/** The kind of milestone with which a service is used for the first time, or by more. */
export const GO_LIVE = 'go-live';

/** How long before it ends what holds is spoken of, in days. */
export const SOON_DAYS = 90;

/** A requirement of a go-live, whether what holds will end soon, and when its trust was last told that it ends. */
export type ShownRequirement = Requirement & { endsSoon: boolean; toldAt: string | null };

/**
 * The day that a go-live is looked at for: its actual day; before that the day that is expected, or today where that has
 * passed; of a service that is live, today.
 */
export function lookedAtOn(
  milestone: { state: MilestoneState; forecastOn: DateOn; actualOn: DateOn | null },
  today: DateOn,
): DateOn {
  const { state, forecastOn, actualOn } = milestone;
  if (state === 'met') return today;
  return actualOn ?? (forecastOn < today ? today : forecastOn);
}

/** What a go-live needs on a day, and how each stands. @param told when trusts were last told that pieces end */
export function goLiveRequirements(
  facts: CoverageFacts,
  on: DateOn,
  today: DateOn,
  told: ReadonlyArray<{ itemId: string; odsCode: string; toldAt: string }> = [],
): ShownRequirement[] {
  const soon = addDays(today, SOON_DAYS);
  return requirementsOn(facts, on).map((each) => ({
    ...each,
    endsSoon: each.status === 'valid' && each.expiresOn !== null && each.expiresOn <= soon,
    toldAt:
      told.find(({ itemId, odsCode }) => itemId === each.item?.id && odsCode === facts.trust.odsCode)
        ?.toldAt ?? null,
  }));
}

/**
 * Why a go-live is not met: what applied on its actual day and was not valid then (domain.md section 9, rule 13), each
 * with where it is given. Without an actual day that is all there is to say, and said elsewhere.
 */
export function goLiveBlockers(
  milestone: { kind: string; actualOn: DateOn | null },
  facts: CoverageFacts | undefined,
): Blocker[] {
  const { kind, actualOn } = milestone;
  if (kind !== GO_LIVE || actualOn === null || !facts) return [];
  return requirementBlockers(requirementsOn(facts, actualOn)).map((blocker) => ({
    ...blocker,
    dueOn: actualOn,
  }));
}
