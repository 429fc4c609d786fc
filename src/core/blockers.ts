/**
 * One reason why something may not happen yet. Rules return lists of these, and the same list answers the
 * API, the page and the spreadsheet (an empty list means: go ahead).
 */
export interface Blocker {
  /** Stable, in kebab-case; programs match on it. */
  code: string;
  /** What is wrong and what to do, in plain words. */
  message: string;
  /** JSON Pointer (RFC 6901) to the place in the thing or the request body that the blocker is about. */
  pointer?: string;
  /** The thing that it points at, where that is another than the one that is asked for. */
  about?: { kind: string; id: string; name: string };
  /** What would clear it, where that is a different thing from the words of the message. */
  clearedBy?: string;
  /** The day by which it must be cleared, YYYY-MM-DD. */
  dueOn?: string;
}

/** A list of blockers from conditions: keeps those whose condition holds. */
export function blockers(...candidates: Array<Blocker | false | null | undefined>): Blocker[] {
  return candidates.filter((candidate): candidate is Blocker => Boolean(candidate));
}
