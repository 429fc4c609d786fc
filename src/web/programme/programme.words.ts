/** As many trusts, or rows of another list, as a page shows of a programme. */
export const LISTED = 50;

const ONE_DECIMAL = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
/** A weighted part per million is a millionth of a measure's weight. */
const weightOf = (parts: number): string => ONE_DECIMAL.format(Math.floor(parts / 100_000) / 10);

/** "126.7 of 252": the parts of a score in weighted points, which stand beside its percentage. */
export function weighted({ numerator, denominator }: { numerator: number; denominator: number }): string {
  return `${weightOf(numerator)} of ${weightOf(denominator)}`;
}

/** "A, B and C". */
export function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  if (last === undefined) return '';
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** "is" or "are". */
export const be = (number: number): string => (number === 1 ? 'is' : 'are');
