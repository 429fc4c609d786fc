import type { LogEntryView } from '../../audit/log.queries.js';

/** Something that happened to a thing, as the log has it. */
export interface Happening {
  /** "Approved". */
  what: string;
  /** What it changed, in words; null where the name says all. */
  detail: string | null;
  by: string;
  at: string;
  reason: string | null;
}

/**
 * What happened to one row, the oldest first: each change by an action that has a name.
 * @param entries of the log about the row, the newest first
 * @param named what each action is called; what is not there is left out
 * @param detail what an entry changed, in words
 */
export function happeningsIn(
  entries: readonly LogEntryView[],
  named: Readonly<Record<string, string>>,
  detail: (entry: LogEntryView) => string | null = () => null,
): Happening[] {
  return [...entries].reverse().flatMap((entry) => {
    const { action, actor, recordedAt, reason } = entry;
    const what = Object.hasOwn(named, action) ? named[action] : undefined;
    return what === undefined
      ? []
      : [{ what, detail: detail(entry), by: actor.name, at: recordedAt, reason }];
  });
}
