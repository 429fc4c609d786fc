import { type Blocker, blockers } from '../../core/blockers.js';
import { type DateOn, formatDate } from '../../core/calendar.js';
import { type FinancialYear, financialYear } from '../../core/financial-period.js';
import { type Pence, sumPence } from '../../core/money.js';
import { defineTransitions } from '../../core/transitions.js';
import type { AgreementState } from '../agreements/agreement-states.js';
import type { AgreementTerms } from '../agreements/agreement-terms.js';

/** The states of a contribution of match: it counts toward the ratio once it is accepted. */
export const CONTRIBUTION_STATES = ['pledged', 'evidenced', 'accepted', 'rejected', 'withdrawn'] as const;
export type ContributionState = (typeof CONTRIBUTION_STATES)[number];

export type ContributionVerb = 'evidence' | 'accept' | 'reject' | 'withdraw' | 'take-back';

/** A contribution's life (domain.md section 9, rules 3 and 4). A rejected one can be evidenced anew. */
export const CONTRIBUTION = defineTransitions<ContributionState, ContributionVerb>(
  'contribution',
  'pledged',
  CONTRIBUTION_STATES,
  {
    evidence: { from: ['pledged', 'rejected'], to: 'evidenced' },
    accept: { from: ['evidenced'], to: 'accepted' },
    reject: { from: ['evidenced'], to: 'rejected' },
    withdraw: { from: ['pledged', 'rejected'], to: 'withdrawn' },
    // An acceptance that turns out to be wrong: the ledger reverses it.
    'take-back': { from: ['accepted'], to: 'evidenced' },
  },
);

/** How a contribution is valued, from what proves most to what proves least. */
export const VALUATIONS = [
  'invoice',
  'payroll',
  'time-record',
  'independent',
  'market-rate',
  'estimate',
] as const;
export type Valuation = (typeof VALUATIONS)[number];

/** What a contribution is valued by, in words. */
export const VALUED_BY: Readonly<Record<Valuation, string>> = {
  invoice: 'an invoice',
  payroll: 'the payroll',
  'time-record': 'records of time',
  independent: 'an independent valuation',
  'market-rate': 'a market rate',
  estimate: 'an estimate',
};

/** What a type of match asks of its proof. */
interface TypeRule {
  /** How it may be valued once it is evidenced. */
  valuations: readonly Valuation[];
  /** Whether it was paid out, on a day. */
  paidOut: boolean;
}

/**
 * What the types that programmes have in common ask for [GK]; domain.md section 3 has the types. Any other type is the
 * programme's own, and is valued as the programme sees fit.
 */
export const TYPE_RULES: Readonly<Record<string, TypeRule>> = {
  cash: { valuations: ['invoice', 'payroll'], paidOut: true },
  'staff-release': { valuations: ['payroll', 'time-record'], paidOut: false },
  'in-kind': { valuations: ['independent', 'market-rate', 'time-record', 'estimate'], paidOut: false },
};

/** What a type asks of its proof; undefined for a programme's own. */
export const ruleOf = (type: string): TypeRule | undefined =>
  Object.hasOwn(TYPE_RULES, type) ? TYPE_RULES[type] : undefined;

/** Whether a valuation fits a type. */
export function fitsType(valuation: Valuation, type: string): boolean {
  return ruleOf(type)?.valuations.includes(valuation) ?? true;
}

/** What an agreement says of match. */
export type MatchTerms = Pick<AgreementTerms, 'matchRules' | 'eligibility'>;

/** A contribution as somebody pledges it. */
export interface Pledge {
  /** A code of the agreement's types. */
  type: string;
  /** A code of the agreement's categories; null where it lists none. */
  category: string | null;
  description: string;
  valuation: Valuation;
  financialYear: FinancialYear;
  kind: 'capital' | 'revenue';
  amountPence: Pence;
  /** When it is expected to be evidenced. */
  expectedOn: DateOn;
}

/**
 * What is wrong with a pledge, held against its agreement. A pledge may be valued in any way: its valuation is held
 * against its type when it is evidenced.
 * @param lines of the agreement, as `2017/18 capital`
 */
export function pledgeBlockers(pledge: Pledge, terms: MatchTerms, lines: readonly string[]): Blocker[] {
  const { type, category, financialYear: year, kind, amountPence, expectedOn } = pledge;
  const types = terms.matchRules.types.map(({ code }) => code);
  const categories = terms.eligibility.categories.map(({ code }) => code);
  const { startsOn } = financialYear(year);
  return blockers(
    !types.includes(type) && {
      code: 'unknown-match-type',
      message: `"${type}" does not count as match under this agreement. What does: ${types.join(', ')}.`,
      pointer: '/type',
    },
    category === null &&
      categories.length > 0 && {
        code: 'category-missing',
        message: `Choose an eligible category of the agreement: ${categories.join(', ')}.`,
        pointer: '/category',
      },
    category !== null &&
      !categories.includes(category) && {
        code: 'unknown-category',
        message:
          categories.length > 0
            ? `"${category}" is not an eligible category of the agreement: ${categories.join(', ')}.`
            : 'The agreement lists no categories, so a contribution has none.',
        pointer: '/category',
      },
    !lines.includes(`${year} ${kind}`) && {
      code: 'unknown-line',
      message: `The agreement has no line ${year} ${kind}. It has: ${lines.join(', ')}.`,
      pointer: '/financialYear',
    },
    amountPence <= 0 && NOTHING,
    expectedOn < startsOn && {
      code: 'expected-before-year',
      message: `It is expected on ${formatDate(expectedOn)}, before ${year} begins. Choose the line of the year in which the cost arises.`,
      pointer: '/expectedOn',
    },
  );
}

/** Nothing is no contribution. */
export const NOTHING: Blocker = {
  code: 'nothing-contributed',
  message: 'A contribution is one penny or more.',
  pointer: '/amountPence',
};

/** What is pledged beyond the agreement, so that a contribution may be larger: "at least that scale" (domain.md section 3). */
export function pledgedBeyond(pledgedPence: Pence, amountPence: Pence): Pence {
  return Math.max(0, amountPence - pledgedPence);
}

/** The match of a line, and what of it was pledged beyond the agreement, newest first. Whole pence. */
export interface PledgedLine {
  pledgedPence: Pence;
  evidencedPence: Pence;
  acceptedPence: Pence;
  beyond: ReadonlyArray<{ id: string; amountPence: Pence }>;
}

/**
 * What was pledged beyond the agreement and is not needed any more, because evidence of the line was rejected: the ids
 * of the pledges that go back, each whole.
 */
export function needlessPledges({
  pledgedPence,
  evidencedPence,
  acceptedPence,
  beyond,
}: PledgedLine): string[] {
  // All that is pledged is what was agreed and what went beyond it.
  const beyondPence = sumPence(beyond.map(({ amountPence }) => amountPence));
  const agreedPence = pledgedPence + evidencedPence + acceptedPence - beyondPence;
  let sparePence = beyondPence - Math.max(0, evidencedPence + acceptedPence - agreedPence);
  const needless: string[] = [];
  for (const { id, amountPence } of beyond) {
    if (amountPence > sparePence) continue;
    sparePence -= amountPence;
    needless.push(id);
  }
  return needless;
}

/** Match goes on under a suspended agreement: it may be what ends the suspension. */
const COUNTING: readonly AgreementState[] = ['active', 'suspended', 'closing'];
/** What turns out to be wrong is put right after the end as well. */
const STANDING: readonly AgreementState[] = [...COUNTING, 'closed', 'terminated'];

/** Why nothing happens to match under an agreement in this state. */
export function matchUnderBlockers(
  verb: ContributionVerb | 'record' | 'change',
  agreement: { state: AgreementState; reference: string },
): Blocker[] {
  const undoing = verb === 'reject' || verb === 'take-back' || verb === 'withdraw';
  const { state, reference } = agreement;
  return blockers(
    !(undoing ? STANDING : COUNTING).includes(state) && {
      code: 'agreement-not-in-force',
      message: `The agreement ${reference} is ${state.replaceAll('-', ' ')}; match is recorded and decided on while it is in force.`,
    },
  );
}

/** What blocks a decision: the state, and a decider who had a part in what is decided on (domain.md section 9, rule 5). */
export function decisionBlockers(decision: {
  verb: 'accept' | 'reject' | 'take-back';
  state: ContributionState;
  deciderId: string;
  /** Whoever recorded it, changed it or uploaded its evidence. */
  recorderIds: readonly string[];
  evidencedById: string | null;
}): Blocker[] {
  const { verb, state, deciderId, recorderIds, evidencedById } = decision;
  return [
    ...CONTRIBUTION.blockers(verb, state),
    ...blockers(
      (recorderIds.includes(deciderId) || evidencedById === deciderId) && {
        code: 'accepter-is-preparer',
        message: 'You recorded or evidenced this contribution, so somebody else must decide on it.',
      },
    ),
  ];
}

/** What may be changed of a contribution, and when: nobody has decided on it, or it was sent back. */
export function changeBlockers(state: ContributionState): Blocker[] {
  return blockers(
    state !== 'pledged' &&
      state !== 'rejected' && {
        code: 'wrong-state',
        message: `This contribution is ${state}; it must be pledged or rejected for this.`,
        pointer: '/state',
      },
  );
}

/** Why a contribution counts, or does not yet, or does not any more. */
export function countsBecause(contribution: {
  state: ContributionState;
  countingEvidence: number;
  decisionReason: string | null;
}): string {
  const { state, countingEvidence, decisionReason } = contribution;
  switch (state) {
    case 'pledged':
      return countingEvidence > 0
        ? 'It has evidence, and is to be evidenced with its amounts and days.'
        : 'It is pledged, and nothing proves it yet.';
    case 'evidenced':
      return 'It is evidenced, and waits for somebody at the funder to accept it.';
    case 'accepted':
      return 'It is accepted.';
    case 'rejected':
      return `It was rejected${decisionReason ? `: ${decisionReason.replace(/\.$/, '')}` : ''}. It can be evidenced anew, with evidence of its own.`;
    case 'withdrawn':
      return 'It was withdrawn.';
  }
}
