import { type Blocker, blockers } from '../core/blockers.js';
import type { DateOn } from '../core/calendar.js';
import { type FinancialYear, financialYear } from '../core/financial-period.js';
import { defineTransitions } from '../core/transitions.js';
import { type BenefitFacts, reportingBlockers } from './benefit.rules.js';

export const ACTUAL_STATES = ['reported', 'validated', 'rejected', 'superseded'] as const;
export type ActualState = (typeof ACTUAL_STATES)[number];

export type ActualVerb = 'validate' | 'reject' | 'supersede';

/** What becomes of what a benefit is reported to have brought in a year. */
export const ACTUAL = defineTransitions<ActualState, ActualVerb>(
  'reported benefit',
  'reported',
  ACTUAL_STATES,
  {
    validate: { from: ['reported'], to: 'validated' },
    reject: { from: ['reported'], to: 'rejected' },
    supersede: { from: ['reported', 'validated'], to: 'superseded' },
  },
);

/**
 * The day by which it is to be reported what a benefit brought in a financial year: 31 May, two months after its end.
 * General knowledge, unchecked (domain.md section 3 found no cadence).
 */
export function reportDueOn(year: FinancialYear): DateOn {
  return `${financialYear(year).endsOn.slice(0, 4)}-05-31`;
}

/** Why what a benefit brought in a financial year cannot be reported now. */
export function reportBlockers(facts: BenefitFacts, year: FinancialYear, today: DateOn): Blocker[] {
  return blockers(
    ...reportingBlockers(facts),
    !facts.years.some((each) => each.year === year) && {
      code: 'year-not-planned',
      message: `Nothing is planned for ${year}. Give one of: ${facts.years.map((each) => each.year).join(', ')}.`,
      pointer: '/financialYear',
    },
    financialYear(year).startsOn > today && {
      code: 'year-to-come',
      message: `${year} has not begun. Report it when there is something to report.`,
      pointer: '/financialYear',
    },
  );
}

/** What a decision on a report depends on. */
export interface ActualFacts {
  state: ActualState;
  preparedBy: readonly string[];
  /** How many files show it. */
  evidence: number;
}

/** Why a report takes no more evidence. */
export function actualEvidenceBlockers(state: ActualState): Blocker[] {
  return blockers(
    state !== 'reported' && {
      code: 'decided-already',
      message: `This report is ${state}: its evidence is complete as it was decided on. Report the year anew.`,
      pointer: '/state',
    },
  );
}

/** Why somebody may not validate a report: nothing shows it, or they prepared it (domain.md section 9, rule 5). */
export function validationBlockers(facts: ActualFacts, by: string): Blocker[] {
  return blockers(
    ...ACTUAL.blockers('validate', facts.state),
    facts.evidence === 0 && {
      code: 'evidence-missing',
      message: 'No file shows what was gained. Ask the trust to add its evidence first.',
      pointer: '/evidence',
    },
    preparer(facts, by),
  );
}

/** Why somebody may not reject a report. */
export function rejectionBlockers(facts: ActualFacts, by: string): Blocker[] {
  return blockers(...ACTUAL.blockers('reject', facts.state), preparer(facts, by));
}

const preparer = ({ preparedBy }: ActualFacts, by: string): Blocker | false =>
  preparedBy.includes(by) && {
    code: 'validator-is-preparer',
    message: 'Whoever reported a benefit or added its evidence cannot decide on it. Ask somebody else.',
    pointer: '/state',
  };

/** What may be decided on a report, as an address names it. */
export const ACTUAL_STEPS = ['validation', 'rejection'] as const;
export type ActualStep = (typeof ACTUAL_STEPS)[number];

/** Why somebody may not take a step of a report now. */
export const actualStepBlockers = (step: ActualStep, facts: ActualFacts, by: string): Blocker[] =>
  step === 'validation' ? validationBlockers(facts, by) : rejectionBlockers(facts, by);
