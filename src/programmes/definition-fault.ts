/** One thing wrong with a definition: a code for programs, words for people, and the place in the file. */
export interface DefinitionFault {
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
  /** JSON Pointer (RFC 6901) into the file. */
  readonly pointer: string;
}

/** A field's name as it stands in a JSON Pointer (RFC 6901). */
export function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A text of the file as it is shown in a message: at most 60 characters of it. */
export function quoted(text: unknown): string {
  const shown = String(text);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}

/**
 * A fault for each entry whose key an earlier entry has.
 * @param what the word for an entry, such as `project`
 */
export function duplicates<T>(
  what: string,
  list: readonly T[],
  keyOf: (entry: T) => string,
  pointerOf: (index: number) => string,
): DefinitionFault[] {
  const seen = new Set<string>();
  return list.flatMap((entry, index) => {
    const key = keyOf(entry);
    const repeated = seen.has(key);
    seen.add(key);
    if (!repeated) return [];
    const code = `duplicate-${what.replaceAll(' ', '-')}`;
    return [
      {
        code,
        message: `There already is a ${what} ${key}. Give this one another, or take it out.`,
        pointer: pointerOf(index),
      },
    ];
  });
}
