import { benefitToCost, type WorthOutcome } from './benefit-to-cost.rules.js';

test.each<[benefit: number, cost: number, WorthOutcome, shortfall: number]>([
  [150, 100, 'meets', 0],
  [149, 100, 'below', 1],
  // A required penny is never rounded away.
  [151, 101, 'below', 1],
  [152, 101, 'meets', 0],
  [0, 100, 'no-benefit', 150],
  [100, 0, 'no-cost', 0],
  [0, 0, 'no-cost', 0],
  [9_000_000_000_000, 6_000_000_000_000, 'meets', 0],
])('%d pence of benefit for %d of cost: %s', (benefit, cost, outcome, shortfallPence) =>
  expect(benefitToCost(benefit, cost)).toEqual({
    benefitPence: benefit,
    costPence: cost,
    outcome,
    shortfallPence,
  }),
);
