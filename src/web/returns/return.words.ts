import type { ProgressReportState } from '../../progress-reports/progress-report.rules.js';
import type { Tag } from '../page/table.js';

const STATES: Record<ProgressReportState, Tag> = {
  'not-due': { words: 'Not due', colour: 'white' },
  open: { words: 'Not begun', colour: 'white' },
  draft: { words: 'Draft', colour: 'grey' },
  'trust-certified': { words: 'Certified', colour: 'aqua-green' },
  submitted: { words: 'Submitted', colour: 'blue' },
  queried: { words: 'Queried', colour: 'orange' },
  resubmitted: { words: 'Submitted again', colour: 'blue' },
  accepted: { words: 'Accepted', colour: 'green' },
  locked: { words: 'Accepted and locked', colour: 'green' },
};

/** The state of a return, as a tag. */
export const returnTag = (state: ProgressReportState): Tag => STATES[state];

/** The same, where there is no other place to say that it is overdue: that goes before all. */
export const dueTag = ({ state, overdue }: { state: ProgressReportState; overdue: boolean }): Tag =>
  overdue ? { words: 'Overdue', colour: 'red' } : returnTag(state);

const WHAT_NEXT: Record<ProgressReportState, string> = {
  'not-due': 'The return opens after its period has ended.',
  open: 'The trust’s lead fills it in. It is prefilled with what was accepted last.',
  draft: 'The trust’s lead finishes it; then the finance director certifies it.',
  'trust-certified': 'The trust submits it.',
  submitted: 'The funder reviews it, once it has been checked automatically.',
  queried: 'The trust answers the queries, mends what was found, and has it certified and submitted again.',
  resubmitted: 'The funder reviews it, once it has been checked automatically.',
  accepted: 'Nothing: its figures stand. The trust may begin a correction.',
  locked: 'Nothing: its financial year is closed, and its figures stand.',
};

/** What comes next for a return, and by whom. */
export function whatNext({
  state,
  current,
}: {
  state: ProgressReportState;
  current: { assessment: string | null };
}): string {
  const checked = (state === 'submitted' || state === 'resubmitted') && current.assessment === 'finished';
  return checked ? 'The funder reviews it: accepts it, or sends it back with queries.' : WHAT_NEXT[state];
}
