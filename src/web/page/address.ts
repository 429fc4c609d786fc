/** What an address says after its question mark; what is null or undefined is left out. */
export type Said = Readonly<Record<string, string | null | undefined>>;

/** An address with those of its parameters that say something. */
export function addressOf(path: string, said: Said): string {
  const pairs = Object.entries(said).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return pairs.length > 0 ? `${path}?${new URLSearchParams(pairs)}` : path;
}

/**
 * The address of the next page of a list, narrowed down as this one; null where this is the last.
 * @param parameter that takes the cursor, where a page has several lists
 */
export function nextAddress(
  path: string,
  narrowed: Said,
  cursor: string | null,
  parameter = 'after',
): string | null {
  return cursor === null ? null : addressOf(path, { ...narrowed, [parameter]: cursor });
}

/** A parameter of an address where it is a text, given once, and not empty; null otherwise. */
export const asked = (parameter: unknown): string | null =>
  typeof parameter === 'string' && parameter !== '' ? parameter : null;
