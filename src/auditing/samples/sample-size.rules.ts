import type { Pence } from '../../core/money.js';

/** How sure a conclusion is to be, in percent. */
export const CONFIDENCES = [80, 90, 95, 99] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * The confidence factor for no expected errors: −ln(1 − confidence), the Poisson mean at which none at all is that
 * unlikely, rounded up as the tables of audit guides have it (AICPA, Audit Guide: Audit Sampling, appendix C).
 */
export const ZERO_ERROR_FACTORS: Readonly<Record<Confidence, number>> = {
  80: 1.61,
  90: 2.31,
  95: 3,
  99: 4.61,
};

/** The two-sided quantile of the normal distribution. */
const Z: Readonly<Record<Confidence, number>> = { 80: 1.2816, 90: 1.6449, 95: 1.96, 99: 2.5758 };

/** Factors are counted in hundredths, so that the division is exact. */
const HUNDREDTHS = 100;

/**
 * The interval of a monetary-unit sample: the error that can be tolerated by the confidence factor, rounded down.
 * Its size is what the population comes to by the interval (the same guide, chapter 6).
 * @returns 0 where less than a penny would be tolerated
 */
export function monetaryInterval(confidence: Confidence, tolerablePence: Pence): Pence {
  const factor = Math.round(ZERO_ERROR_FACTORS[confidence] * HUNDREDTHS);
  return Number((BigInt(tolerablePence) * BigInt(HUNDREDTHS)) / BigInt(factor));
}

/**
 * The size of a random sample that estimates a proportion: n₀ = z²·p·(1 − p)/e², corrected for a finite population,
 * n = n₀/(1 + (n₀ − 1)/N), rounded up (Cochran, Sampling Techniques, third edition, 1977, formulas 4.1 and 4.2).
 * @param expectedPercent the proportion that is expected, 1 to 99; 50 asks for the most
 * @param precisionPercent by how much the estimate may be off, 1 to 50
 */
export function proportionSize(
  confidence: Confidence,
  { expectedPercent, precisionPercent }: { expectedPercent: number; precisionPercent: number },
  populationSize: number,
): number {
  const p = expectedPercent / 100;
  const e = precisionPercent / 100;
  const first = (Z[confidence] ** 2 * p * (1 - p)) / e ** 2;
  return Math.min(populationSize, Math.ceil(first / (1 + (first - 1) / populationSize)));
}
