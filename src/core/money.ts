/**
 * Money is a whole number of pence in a safe integer (up to ±£90,071,992,547,409.91), never a fraction.
 * Columns are `bigint`; what reads them refuses a value beyond the safe range.
 */
export type Pence = number;

/** Largest amount that one figure may hold: £90 billion, far beyond a programme and far inside a safe integer. */
export const MAX_PENCE: Pence = 9_000_000_000_000;

/**
 * Checks that a number is whole pence within the safe range.
 * @throws RangeError where it is not: that is a fault of the program, not of its user.
 */
export function pence(value: number): Pence {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of pence`);
  return value;
}

/** The sum of amounts in pence; 0 for none. */
export function sumPence(amounts: Iterable<Pence>): Pence {
  let total = 0;
  for (const amount of amounts) total = pence(total + pence(amount));
  return total;
}

/**
 * Splits an amount by weights, by the largest remainder: every part is floored, and the pence left over go one
 * each to the largest remainders, earlier parts first. The parts always sum to the amount.
 * @param total pence, zero or more
 * @param weights zero or more, at least one above zero
 */
export function splitPence(total: Pence, weights: readonly number[]): Pence[] {
  if (pence(total) < 0) throw new RangeError('Only an amount of zero or more can be split');
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0))
    throw new RangeError('Weights are whole numbers of zero or more');
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) throw new RangeError('At least one weight must be above zero');

  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, floor: Number(product / whole), remainder: product % whole };
  });
  let left = total - sumPence(shares.map((share) => share.floor));
  const parts = shares.map((share) => share.floor);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0) break;
    parts[share.index] = (parts[share.index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/**
 * The match that goes with a grant at a ratio, rounded up to a whole penny, so that a trust is never told that
 * less is enough.
 */
export function matchFor(grantPence: Pence, ratio: { matchPence: number; perGrantPence: number }): Pence {
  const product = BigInt(pence(grantPence)) * BigInt(ratio.matchPence);
  const per = BigInt(ratio.perGrantPence);
  return pence(Number((product + per - 1n) / per));
}

/** "£5,000,000", "£1,234.50", "-£5": pounds as the NHS writes them, with pence only where there are any. */
export function formatPounds(amount: Pence): string {
  const digits = Math.abs(pence(amount)).toString().padStart(3, '0');
  const pounds = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  const odd = digits.slice(-2);
  return `${amount < 0 ? '-' : ''}£${pounds}${odd === '00' ? '' : `.${odd}`}`;
}
