import type { MilestoneState } from '../../milestones/milestone.rules.js';
import type { TagColour } from '../page/table.js';

/** A milestone's state as a tag. */
export const MILESTONE_TAGS: Record<MilestoneState, { words: string; colour: TagColour }> = {
  planned: { words: 'Planned', colour: 'grey' },
  'in-progress': { words: 'In progress', colour: 'blue' },
  'claimed-met': { words: 'Claimed met', colour: 'purple' },
  'under-review': { words: 'Under review', colour: 'yellow' },
  met: { words: 'Met', colour: 'green' },
  'partly-met': { words: 'Partly met', colour: 'orange' },
  'not-met': { words: 'Not met', colour: 'red' },
  waived: { words: 'Waived', colour: 'white' },
  cancelled: { words: 'Cancelled', colour: 'white' },
};

/** What the log's actions on a milestone are called in its history; what they changed is said beside them. */
export const MILESTONE_HAPPENED: Readonly<Record<string, string>> = {
  'milestone.withdraw-claim': 'Claim withdrawn',
  'milestone.review': 'Taken under review',
  'milestone.meet': 'Found met',
  'milestone.partly-meet': 'Found partly met',
  'milestone.miss': 'Found not met',
  'milestone.waive': 'Waived',
  'milestone.cancel': 'Cancelled',
  'milestone.reopen': 'Reopened',
  'change-request.apply': 'Given another agreed day by a change request',
  'progress-report.accept': 'Changed by an accepted return',
  'evidence.add': 'Evidence added',
};

/** "12 days late", "3 days early", "On its day". */
export function againstBaseline(days: number): string {
  if (days === 0) return 'On its baseline';
  const count = Math.abs(days);
  return `${count} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'after' : 'before'} its baseline`;
}
