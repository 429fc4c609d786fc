import { type Blocker, blockers } from '../core/blockers.js';
import { defineTransitions } from '../core/transitions.js';
import type { AdoptionState } from './adoption.rules.js';

export const FIGURES_STATES = ['reported', 'validated', 'rejected'] as const;
export type FiguresState = (typeof FIGURES_STATES)[number];
export type FiguresVerb = 'validate' | 'reject' | 'record';

/** What becomes of the days and the cost of an adoption: what is written anew is looked at anew. */
export const FIGURES = defineTransitions<FiguresState, FiguresVerb>(
  'set of figures',
  'reported',
  FIGURES_STATES,
  {
    validate: { from: ['reported'], to: 'validated' },
    reject: { from: ['reported'], to: 'rejected' },
    record: { from: ['reported', 'validated', 'rejected'], to: 'reported' },
  },
);

/** What may be decided on them, as an address names it. */
export const FIGURES_STEPS = ['validation', 'rejection'] as const;
export type FiguresStep = (typeof FIGURES_STEPS)[number];

/** What a decision depends on. */
export interface FiguresFacts {
  state: AdoptionState;
  figures: FiguresState;
  /** Everybody who recorded the adoption, its days or its cost. */
  recordedBy: readonly string[];
}

/** Why somebody may not decide on the figures of an adoption: they recorded any of it (domain.md section 9, rule 5), or it is not live. */
export function figuresBlockers(step: FiguresStep, facts: FiguresFacts, by: string): Blocker[] {
  return blockers(
    facts.state !== 'live' && {
      code: 'not-live',
      message: `This adoption is ${facts.state}. Only figures of one that is live are looked at.`,
      pointer: '/state',
    },
    ...FIGURES.blockers(step === 'validation' ? 'validate' : 'reject', facts.figures),
    facts.recordedBy.includes(by) && {
      code: 'validator-is-recorder',
      message:
        'Whoever recorded an adoption, its days or its cost does not decide on them. Ask somebody else.',
      pointer: '/state',
    },
  );
}
