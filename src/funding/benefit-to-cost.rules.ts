import type { Pence } from '../core/money.js';

/** What a fund of this kind asks of its projects: £1.50 of benefit for each £1 of cost (domain.md section 3, P20). */
export const AT_LEAST = { benefitPence: 3, perCostPence: 2 } as const;

export const WORTH_OUTCOMES = ['meets', 'below', 'no-cost', 'no-benefit'] as const;
/** Whether benefits reach what is asked of them; there is no ratio where nothing was spent or nothing is to be gained. */
export type WorthOutcome = (typeof WORTH_OUTCOMES)[number];

/** Benefits that are worth money beside what they cost, both always; whole pence, without VAT. */
export interface BenefitToCost {
  benefitPence: Pence;
  costPence: Pence;
  outcome: WorthOutcome;
  /** What is missing of the benefits; 0 where they reach it, or nothing was spent. */
  shortfallPence: Pence;
}

/** Holds benefits against costs. Whole pence, without VAT. */
export function benefitToCost(benefitPence: Pence, costPence: Pence): BenefitToCost {
  const { benefitPence: each, perCostPence: per } = AT_LEAST;
  const required = Number((BigInt(costPence) * BigInt(each) + BigInt(per) - 1n) / BigInt(per));
  const shortfallPence = Math.max(0, required - benefitPence);
  return {
    benefitPence,
    costPence,
    outcome: outcomeOf(benefitPence, costPence, shortfallPence),
    shortfallPence,
  };
}

function outcomeOf(benefitPence: Pence, costPence: Pence, shortfallPence: Pence): WorthOutcome {
  if (costPence === 0) return 'no-cost';
  if (benefitPence === 0) return 'no-benefit';
  return shortfallPence === 0 ? 'meets' : 'below';
}
