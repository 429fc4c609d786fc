/** As many trusts, or rows of another list, as a page shows of a programme. */
export const LISTED = 50;

/** "A, B and C". */
export function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  if (last === undefined) return '';
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** "is" or "are". */
export const be = (number: number): string => (number === 1 ? 'is' : 'are');
