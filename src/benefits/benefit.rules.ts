import { type Blocker, blockers } from '../core/blockers.js';
import type { Permission } from '../core/permissions.js';
import { defineTransitions } from '../core/transitions.js';

/** What a benefit is of. The first two are worth money; money that is released can be spent on something else. */
export const BENEFIT_TYPES = ['cash-releasing', 'non-cash', 'safety', 'experience'] as const;
export type BenefitType = (typeof BENEFIT_TYPES)[number];

/** The unit of benefits that are worth money. */
export const PENCE = 'pence';

/** Whether benefits of a type are counted in pence. */
export const isMoney = (type: BenefitType): boolean => type === 'cash-releasing' || type === 'non-cash';

export const BENEFIT_STATES = ['draft', 'agreed', 'realising', 'realised', 'closed', 'withdrawn'] as const;
export type BenefitState = (typeof BENEFIT_STATES)[number];

/** The states in which a benefit's plan stands, and totals count it. */
export const STANDING: readonly BenefitState[] = ['agreed', 'realising', 'realised', 'closed'];

export type BenefitVerb = 'agree' | 'report' | 'complete' | 'close' | 'withdraw';

/** A benefit's life: agreed once, reported year by year, realised when every year is validated, then closed. */
export const BENEFIT = defineTransitions<BenefitState, BenefitVerb>('benefit', 'draft', BENEFIT_STATES, {
  agree: { from: ['draft'], to: 'agreed' },
  report: { from: ['agreed', 'realising'], to: 'realising' },
  complete: { from: ['realising'], to: 'realised' },
  close: { from: ['realised'], to: 'closed' },
  withdraw: { from: ['draft', 'agreed', 'realising'], to: 'withdrawn' },
});

/** What the next step of a benefit depends on. */
export interface BenefitFacts {
  id: string;
  state: BenefitState;
  unit: string;
  hasBaseline: boolean;
  ownerAfterClosure: string | null;
  recordedBy: readonly string[];
  /** The benefit that it is counted in; null where it counts itself. */
  countedInId: string | null;
  /** How many benefits are counted in this one. */
  sharedBy: number;
  /** What is planned by financial year, and whether what came of it is reported and validated. */
  years: ReadonlyArray<{ year: string; planned: number; reported: boolean; validated: boolean }>;
}

/** What may be done with a benefit, as an address names it. */
export const BENEFIT_STEPS = [
  'actuals',
  'agreement',
  'owners',
  'counting',
  'completion',
  'closure',
  'withdrawal',
] as const;
export type BenefitStep = (typeof BENEFIT_STEPS)[number];

/** What each step asks of whoever takes it. */
export const STEP_PERMISSION: Record<BenefitStep, Permission> = {
  actuals: 'benefit:record',
  agreement: 'benefit:agree',
  owners: 'benefit:record',
  counting: 'benefit:agree',
  completion: 'benefit:record',
  closure: 'benefit:agree',
  withdrawal: 'benefit:agree',
};

/** Why the unit of a benefit is not one for its type. */
export function unitBlockers(type: BenefitType, unit: string): Blocker[] {
  return blockers(
    isMoney(type) !== (unit === PENCE) && {
      code: 'unit-of-another-type',
      message: isMoney(type)
        ? 'A benefit that is worth money is counted in pence. Leave the unit out, or give “pence”.'
        : 'A benefit that is not worth money is counted in something else than pence: give its unit in words, such as “incidents”.',
      pointer: '/unit',
    },
  );
}

/** Why a draft may not be changed now. */
export function changeBlockers({ state }: Pick<BenefitFacts, 'state'>): Blocker[] {
  return blockers(
    state !== 'draft' && {
      code: 'agreed-benefit-is-fixed',
      message: `This benefit is ${state}: its baseline never changes, and its plan by a change request. Ask for one; or have it withdrawn, and record another.`,
      pointer: '/state',
    },
  );
}

/** Why somebody may not agree a benefit now: it says too little to be held to, or they wrote it. */
export function agreementBlockers(facts: BenefitFacts, by: string): Blocker[] {
  return blockers(
    ...BENEFIT.blockers('agree', facts.state),
    !facts.hasBaseline && {
      code: 'baseline-missing',
      message: 'Give its baseline: how it was, on which day, and where that was found out.',
      pointer: '/baseline',
    },
    !facts.years.some(({ planned }) => planned > 0) && {
      code: 'profile-missing',
      message: 'Plan what it is to bring in one financial year at least.',
      pointer: '/profile',
    },
    facts.ownerAfterClosure === null && {
      code: 'owner-after-closure-missing',
      message: 'Say who sees to it after the project is closed, by job title.',
      pointer: '/ownerAfterClosure',
    },
    facts.recordedBy.includes(by) && {
      code: 'agreer-is-recorder',
      message: 'Whoever recorded a benefit cannot agree it. Ask somebody else.',
      pointer: '/state',
    },
  );
}

/** Why nothing can be reported of a benefit now, of whichever year. */
export function reportingBlockers(facts: Pick<BenefitFacts, 'state' | 'countedInId'>): Blocker[] {
  return blockers(
    ...BENEFIT.blockers('report', facts.state),
    facts.countedInId !== null && {
      code: 'counted-elsewhere',
      message:
        'This benefit is counted in another one. Report what it brought there, so that it counts once.',
      pointer: '/counting',
    },
  );
}

/** Why the owners of a benefit cannot be changed now: nothing of it is left to see to. */
export function ownersBlockers({ state }: Pick<BenefitFacts, 'state'>): Blocker[] {
  return blockers(
    (state === 'draft' || state === 'closed' || state === 'withdrawn') && {
      code: 'wrong-state',
      message:
        state === 'draft'
          ? 'Change the draft instead.'
          : `This benefit is ${state}: nobody has to see to it.`,
      pointer: '/state',
    },
  );
}

/** Why a benefit is not realised yet: a year that was planned is not validated. */
export function completionBlockers(facts: BenefitFacts): Blocker[] {
  const open = facts.years.filter(({ validated }) => !validated).map(({ year }) => year);
  return blockers(
    ...BENEFIT.blockers('complete', facts.state),
    open.length > 0 && {
      code: 'years-not-validated',
      message: `What it brought is not validated for ${open.join(', ')}. Report these years, and have them validated.`,
      pointer: '/profile',
    },
  );
}

/** Why a benefit cannot be closed now, or not by this person. */
export function closureBlockers(facts: BenefitFacts, by: string): Blocker[] {
  return blockers(
    ...BENEFIT.blockers('close', facts.state),
    facts.recordedBy.includes(by) && {
      code: 'closer-is-recorder',
      message: 'Whoever recorded a benefit cannot close it. Ask somebody else.',
      pointer: '/state',
    },
  );
}

/** Why a benefit cannot be withdrawn now: others are counted in it. */
export function withdrawalBlockers(facts: BenefitFacts): Blocker[] {
  return blockers(
    ...BENEFIT.blockers('withdraw', facts.state),
    facts.sharedBy > 0 && countsForOthers(facts.sharedBy),
  );
}

const countsForOthers = (sharedBy: number): Blocker => ({
  code: 'counts-for-others',
  message: `${sharedBy === 1 ? 'Another benefit is' : `${sharedBy} other benefits are`} counted in this one. Say first where they are counted.`,
  pointer: '/counting',
});

/** The benefit that another is to be counted in. */
export type CountingFacts = Pick<BenefitFacts, 'id' | 'state' | 'unit' | 'countedInId'> & {
  sameProgramme: boolean;
};

/**
 * Why a benefit cannot be counted in another one (counted once across projects): that one must stand and count itself,
 * in the same unit; and nothing may have been reported or be counted here.
 * @param target null where it is to count itself again; undefined where there is none that may be seen
 */
export function countingBlockers(facts: BenefitFacts, target: CountingFacts | null | undefined): Blocker[] {
  const ended = facts.state === 'closed' || facts.state === 'withdrawn';
  const own = blockers(
    ended && {
      code: 'wrong-state',
      message: `This benefit is ${facts.state}: where it is counted stays as it is.`,
      pointer: '/state',
    },
  );
  if (target === null) return own;
  if (target === undefined || !target.sameProgramme)
    return [
      ...own,
      {
        code: 'benefit-unknown',
        message: 'This programme has no such benefit. Give the id of one of its benefits.',
        pointer: '/countedIn',
      },
    ];
  return [
    ...own,
    ...blockers(
      facts.sharedBy > 0 && countsForOthers(facts.sharedBy),
      facts.years.some(({ reported }) => reported) && {
        code: 'reported-here',
        message:
          'What it brought is reported here already, and is counted here. Count the other one in this one.',
        pointer: '/countedIn',
      },
      target.id === facts.id && {
        code: 'counted-in-itself',
        message: 'A benefit is not counted in itself. Name the other one, or none.',
        pointer: '/countedIn',
      },
      !STANDING.includes(target.state) && {
        code: 'target-does-not-stand',
        message: `That benefit is ${target.state}. What counts for others is agreed first.`,
        pointer: '/countedIn',
      },
      target.countedInId !== null && {
        code: 'target-does-not-count',
        message: 'That benefit is counted in another one itself. Name the one that counts.',
        pointer: '/countedIn',
      },
      target.unit !== facts.unit && {
        code: 'target-in-another-unit',
        message: `That benefit is counted in ${target.unit}, and this one in ${facts.unit}: they are not the same gain.`,
        pointer: '/countedIn',
      },
    ),
  ];
}

/** Why somebody may not take a step now, whatever they would say in it. */
export function stepBlockers(step: BenefitStep, facts: BenefitFacts, by: string): Blocker[] {
  switch (step) {
    case 'actuals':
      return reportingBlockers(facts);
    case 'agreement':
      return agreementBlockers(facts, by);
    case 'owners':
      return ownersBlockers(facts);
    case 'counting':
      return countingBlockers(facts, null);
    case 'completion':
      return completionBlockers(facts);
    case 'closure':
      return closureBlockers(facts, by);
    case 'withdrawal':
      return withdrawalBlockers(facts);
  }
}

/** The steps that somebody may take now, as far as it depends on the benefit and on who they are. */
export function openBenefitSteps(facts: BenefitFacts, by: string): BenefitStep[] {
  return BENEFIT_STEPS.filter((step) => stepBlockers(step, facts, by).length === 0);
}
