import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, daysBetween } from '../core/calendar.js';
import type { Pence } from '../core/money.js';
import { defineTransitions } from '../core/transitions.js';

/** How a blueprint is taken up (domain.md section 5: the types of followers). */
export const ADOPTION_MODES = ['shared-software', 'common-team', 'standard-methods'] as const;
export type AdoptionMode = (typeof ADOPTION_MODES)[number];

export const ADOPTION_STATES = ['considering', 'adopting', 'live', 'abandoned'] as const;
export type AdoptionState = (typeof ADOPTION_STATES)[number];
export type AdoptionVerb = 'start' | 'go-live' | 'abandon';

/** The stages of an adoption; what was given up may be tried again as another one. */
export const ADOPTION = defineTransitions<AdoptionState, AdoptionVerb>(
  'adoption',
  'considering',
  ADOPTION_STATES,
  {
    start: { from: ['considering'], to: 'adopting' },
    'go-live': { from: ['adopting'], to: 'live' },
    abandon: { from: ['considering', 'adopting', 'live'], to: 'abandoned' },
  },
);

/** What may be done with an adoption, as an address names it. */
export const ADOPTION_STEPS = ['beginning', 'go-live', 'abandonment'] as const;
export type AdoptionStep = (typeof ADOPTION_STEPS)[number];
const VERBS: Record<AdoptionStep, AdoptionVerb> = {
  beginning: 'start',
  'go-live': 'go-live',
  abandonment: 'abandon',
};

/** The steps that are open in a state. */
export const openAdoptionSteps = (state: AdoptionState): AdoptionStep[] =>
  ADOPTION_STEPS.filter((step) => ADOPTION.blockers(VERBS[step], state).length === 0);

/** The state that a step leads to. @throws Error where it may not be taken */
export const adoptionAfter = (step: AdoptionStep, state: AdoptionState): AdoptionState =>
  ADOPTION.next(VERBS[step], state);

/** Why a step cannot be taken on a day: the stage, a day to come, or one before it started. */
export function adoptionStepBlockers(
  step: AdoptionStep,
  { state, startedOn }: { state: AdoptionState; startedOn: DateOn | null },
  { on, today, pointer }: { on: DateOn; today: DateOn; pointer: string },
): Blocker[] {
  return blockers(
    ...ADOPTION.blockers(VERBS[step], state),
    on > today && { code: 'day-to-come', message: 'Give a day that has come.', pointer },
    startedOn !== null &&
      on < startedOn && {
        code: 'before-start',
        message: `It was begun on ${startedOn}. Give that day or a later one.`,
        pointer,
      },
  );
}

/** What of an adoption, and of the version that it is of, says how it came out. */
export interface OutcomeFacts {
  state: AdoptionState;
  startedOn: DateOn | null;
  liveOn: DateOn | null;
  costPence: Pence | null;
  /** Of the blueprint's own project: days to go live, and what it alone cost; null where that is not known. */
  exemplarDays: number | null;
  exemplarPence: Pence | null;
  /** Whether somebody else than who recorded them found the adopter's days and cost right. */
  validated: boolean;
}

/** An adopter's figure against the exemplar's own; `less` is null where one of them is not known. */
export interface Against {
  adopter: number | null;
  exemplar: number | null;
  less: boolean | null;
}

/** How an adoption that went live came out: days and pence, against the exemplar's own. */
export interface Outcome {
  days: Against;
  pence: Against;
}

const against = (adopter: number | null, exemplar: number | null): Against => ({
  adopter,
  exemplar,
  less: adopter === null || exemplar === null ? null : adopter < exemplar,
});

/** How an adoption came out. Only what went live, and was not given up, has an outcome to compare. */
export function outcomeOf(facts: OutcomeFacts): Outcome {
  const { state, startedOn, liveOn, costPence, exemplarDays, exemplarPence } = facts;
  const live = state === 'live' && startedOn !== null && liveOn !== null;
  return {
    days: against(live ? daysBetween(startedOn, liveOn) : null, exemplarDays),
    pence: against(live ? costPence : null, exemplarPence),
  };
}

/** So many of so many; never a bare percentage (domain.md section 9, rule 9). */
export interface OfSoMany {
  numerator: number;
  denominator: number;
}

/** Did followers get there faster and cheaper? Each answer says of how many. */
export interface FasterAndCheaper {
  adoptions: number;
  byState: Record<AdoptionState, number>;
  /** Of those that are live, how many have figures that are validated. Nothing else counts in what follows. */
  validated: OfSoMany;
  /** Of those whose days, or pence, or both can be compared. */
  faster: OfSoMany;
  cheaper: OfSoMany;
  both: OfSoMany;
  /** Sums of what can be compared. */
  days: { adopters: number; exemplars: number };
  pence: { adopters: Pence; exemplars: Pence };
}

/** The answer over many adoptions: of those whose figures are validated. */
export function fasterAndCheaper(all: readonly OutcomeFacts[]): FasterAndCheaper {
  const live = all.filter(({ state }) => state === 'live');
  const validated = live.filter((each) => each.validated);
  const outcomes = validated.map(outcomeOf);
  const compared = (of: keyof Outcome) => outcomes.filter((each) => each[of].less !== null);
  const [timed, costed] = [compared('days'), compared('pence')];
  const whole = timed.filter((each) => each.pence.less !== null);
  const sum = (rows: Outcome[], of: keyof Outcome, side: 'adopter' | 'exemplar') =>
    rows.reduce((total, each) => total + (each[of][side] ?? 0), 0);
  const share = (rows: Outcome[], holds: (each: Outcome) => boolean): OfSoMany => ({
    numerator: rows.filter(holds).length,
    denominator: rows.length,
  });
  const byState = Object.fromEntries(
    ADOPTION_STATES.map((state) => [state, all.filter((each) => each.state === state).length]),
  ) as Record<AdoptionState, number>;
  return {
    adoptions: all.length,
    byState,
    validated: { numerator: validated.length, denominator: live.length },
    faster: share(timed, (each) => each.days.less === true),
    cheaper: share(costed, (each) => each.pence.less === true),
    both: share(whole, (each) => each.days.less === true && each.pence.less === true),
    days: { adopters: sum(timed, 'days', 'adopter'), exemplars: sum(timed, 'days', 'exemplar') },
    pence: { adopters: sum(costed, 'pence', 'adopter'), exemplars: sum(costed, 'pence', 'exemplar') },
  };
}
