import type { ProgressReportState } from '../../progress-reports/progress-report.rules.js';
import type { TagColour } from '../page/table.js';

/** A state as a tag. */
export interface StateTag {
  words: string;
  colour: TagColour;
}

const STATES: Record<ProgressReportState, StateTag> = {
  'not-due': { words: 'Not due', colour: 'white' },
  open: { words: 'Not begun', colour: 'white' },
  draft: { words: 'Draft', colour: 'yellow' },
  'trust-certified': { words: 'Certified', colour: 'aqua-green' },
  submitted: { words: 'Submitted', colour: 'blue' },
  queried: { words: 'Queried', colour: 'orange' },
  resubmitted: { words: 'Submitted again', colour: 'blue' },
  accepted: { words: 'Accepted', colour: 'green' },
  locked: { words: 'Accepted and locked', colour: 'green' },
};

/** A return's state in words, with its colour. */
export function stateTag(state: ProgressReportState): StateTag {
  return STATES[state];
}

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
