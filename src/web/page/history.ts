import type { LogEntryView } from '../../audit/log.queries.js';

/** Something that happened to a thing, as the log has it. */
export interface Happening {
  /** "Approved". */
  what: string;
  by: string;
  at: string;
  reason: string | null;
}

/**
 * What happened to one row, the oldest first: each change by an action that has a name.
 * @param entries of the log about the row, the newest first
 * @param named what each action is called; what is not there is left out
 */
export function historyOf(
  entries: readonly LogEntryView[],
  named: Readonly<Record<string, string>>,
): Happening[] {
  return [...entries].reverse().flatMap(({ action, actor, recordedAt, reason }) => {
    const what = Object.hasOwn(named, action) ? named[action] : undefined;
    return what === undefined ? [] : [{ what, by: actor.name, at: recordedAt, reason }];
  });
}
