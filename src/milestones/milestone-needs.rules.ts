import { type DateOn, formatDate } from '../core/calendar.js';
import { isOpenMilestone, type MilestoneState } from './milestone.rules.js';

/** What a milestone still needs from its trust (domain.md section 11, project lead 6). */
export interface MilestoneNeed {
  need: 'forecast' | 'evidence' | 'change-request';
  /** What is missing, and where it is given. */
  message: string;
}

/**
 * What a trust has to give before a milestone can go on: a day that is still to come where the forecast has passed,
 * proof where it is claimed or has happened, a change request where a review found it not fully met.
 */
export function milestoneNeeds(
  milestone: {
    state: MilestoneState;
    forecastOn: DateOn;
    actualOn: DateOn | null;
    /** How many pieces there are. */
    evidence: number;
  },
  today: DateOn,
): MilestoneNeed[] {
  const { state, forecastOn, actualOn, evidence } = milestone;
  if (!isOpenMilestone(state)) return [];
  if (state === 'not-met' || state === 'partly-met')
    return [
      {
        need: 'change-request',
        message: 'Ask for another day by a change request: what was not fully met goes on only so.',
      },
    ];
  const claimed = state === 'claimed-met' || state === 'under-review';
  const needs: MilestoneNeed[] = [];
  if (actualOn === null && forecastOn < today)
    needs.push({
      need: 'forecast',
      message: `Its forecast, ${formatDate(forecastOn)}, has passed: give a new forecast or the actual date in the next return.`,
    });
  if (evidence === 0 && (claimed || actualOn !== null))
    needs.push({ need: 'evidence', message: 'Upload evidence: a milestone is met with evidence only.' });
  return needs;
}
