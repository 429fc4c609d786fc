import type { LogEntryView } from '../../audit/log.queries.js';
import type { MilestoneState } from '../../milestones/milestone.rules.js';
import { day } from '../page/format.js';
import type { Tag } from '../page/table.js';

type Row = Record<string, string | null | undefined>;

const STATES: Record<MilestoneState, Tag> = {
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

/** The state of a milestone, as a tag. */
export const milestoneTag = (state: MilestoneState): Tag => STATES[state];

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

const DATES: Readonly<Record<string, string>> = {
  agreed_on: 'agreed day',
  forecast_on: 'forecast',
  actual_on: 'actual date',
};

/** What an entry of the log changed of a milestone: "Planned to in progress; forecast 31 March 2018 to 30 June 2018". */
export function milestoneChange({ old, new: after }: Pick<LogEntryView, 'old' | 'new'>): string | null {
  const [before, now] = [(old ?? {}) as Row, (after ?? {}) as Row];
  const state = (row: Row) => STATES[row.state as MilestoneState]?.words ?? '';
  const parts = [
    before.state !== now.state && `${state(before)} to ${state(now).toLowerCase()}`,
    ...Object.entries(DATES).map(
      ([name, words]) =>
        (before[name] ?? null) !== (now[name] ?? null) &&
        `${words} ${before[name] ? day(before[name]) : 'none'} to ${now[name] ? day(now[name]) : 'none'}`,
    ),
  ].filter((part) => part !== false);
  const said = parts.join('; ');
  return said === '' ? null : said.charAt(0).toUpperCase() + said.slice(1);
}

/** "12 days after its baseline", "3 days before its baseline", "On its baseline". */
export function againstBaseline(days: number): string {
  if (days === 0) return 'On its baseline';
  const count = Math.abs(days);
  return `${count} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'after' : 'before'} its baseline`;
}
