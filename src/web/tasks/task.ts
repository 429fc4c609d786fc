import type { Actor } from '../../core/actor.js';
import type { DateOn } from '../../core/calendar.js';
import type { Tag, TagColour } from '../page/table.js';

/** The groups of tasks, in the order in which they are shown. */
export const TASK_GROUPS = [
  'Returns',
  'Claims and payments',
  'Agreements and match',
  'Milestones and measurements',
  'Benefits',
  'Survey',
  'Assurance',
  'Blueprints',
  'Changes',
  'Findings',
] as const;
export type TaskGroup = (typeof TASK_GROUPS)[number];

/** More of one kind than anybody works through in a day: no more are read. */
export const LISTED = 200;

/** Something that waits for somebody. */
export interface Task {
  group: TaskGroup;
  /** "Submit the return for 2017/18 Q4". */
  title: string;
  /** Whose it is, where that is not said already, and what there is to know. */
  note: string | null;
  href: string;
  /** By when; null where nothing says a day. */
  dueOn: DateOn | null;
  status: Tag;
}

/** What gathers the tasks of one kind. */
export interface TaskSource {
  /** What waits for somebody of a programme. @throws Problem 404 */
  of(actor: Actor, slug: string): Promise<Task[]>;
}

/** The status of something to be done by a day. */
export function dueStatus(
  dueOn: DateOn | null,
  today: DateOn,
  words: string,
  colour: TagColour,
): Task['status'] {
  return dueOn !== null && dueOn < today ? { words: 'Overdue', colour: 'red' } : { words, colour };
}
