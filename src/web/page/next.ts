/** The address of the next page of a list, narrowed down as this one; null where this is the last. */
export function nextAddress(
  path: string,
  narrowed: Readonly<Record<string, string | null>>,
  cursor: string | null,
): string | null {
  if (cursor === null) return null;
  const said = Object.entries(narrowed).filter((pair): pair is [string, string] => pair[1] !== null);
  return `${path}?${new URLSearchParams([...said, ['after', cursor]])}`;
}
