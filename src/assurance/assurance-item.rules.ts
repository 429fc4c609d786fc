import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';
import type { Fault } from '../core/problems.js';
import { defineTransitions } from '../core/transitions.js';
import { type AssuranceKind, type AssuranceLevel, KINDS } from './assurance-kinds.js';

export const ASSURANCE_STATES = [
  'draft',
  'submitted',
  'accepted',
  'rejected',
  'superseded',
  'withdrawn',
] as const;
export type AssuranceState = (typeof ASSURANCE_STATES)[number];

export type AssuranceVerb = 'submit' | 'accept' | 'reject' | 'supersede' | 'withdraw';

/**
 * The life of a piece of assurance: it is prepared, submitted, and accepted or rejected by somebody else; one that is
 * signed later supersedes it; and it is withdrawn where it should never have stood, or no longer does.
 */
export const ASSURANCE_ITEM = defineTransitions<AssuranceState, AssuranceVerb>(
  'piece of assurance',
  'draft',
  ASSURANCE_STATES,
  {
    submit: { from: ['draft'], to: 'submitted' },
    accept: { from: ['submitted'], to: 'accepted' },
    reject: { from: ['submitted'], to: 'rejected' },
    supersede: { from: ['accepted'], to: 'superseded' },
    withdraw: { from: ['draft', 'submitted', 'accepted', 'superseded'], to: 'withdrawn' },
  },
);

/** What is written of a piece of assurance. */
export interface AssuranceContent {
  /** Of the safety case, assessment or statement itself, as its authors number it. */
  version: string;
  /** Who signed it, in the role that the kind asks for. */
  signedBy: string;
  signedOn: DateOn;
  /** The last day on which it holds; null: until something changes. */
  expiresOn: DateOn | null;
  /** One of the kind's; null where the kind has none. */
  outcome: string | null;
  /** Where the document is: a reference or an address. */
  document: string;
}

/** What is wrong with what is written, whoever writes it. */
export function contentFaults(kind: AssuranceKind, content: AssuranceContent, today: DateOn): Fault[] {
  const { outcomes } = KINDS[kind];
  const { outcome, signedOn, expiresOn } = content;
  return blockers(
    signedOn > today && {
      code: 'signed-in-future',
      message: `It is signed on ${formatDate(signedOn)}, which is still to come. Record it once it is signed.`,
      pointer: '/signedOn',
    },
    expiresOn !== null &&
      expiresOn < signedOn && {
        code: 'expires-before-signed',
        message: `It would expire on ${formatDate(expiresOn)}, before it was signed. Check the days.`,
        pointer: '/expiresOn',
      },
    outcomes.length > 0 && (outcome === null || !outcomes.includes(outcome))
      ? {
          code: 'outcome-missing',
          message: `Say what it came to: ${outcomes.join(', ')}.`,
          pointer: '/outcome',
        }
      : outcomes.length === 0 &&
          outcome !== null && {
            code: 'outcome-unknown',
            message: 'This kind has no outcome: it is signed, or it is not. Leave it out.',
            pointer: '/outcome',
          },
  ) as Fault[];
}

/** What the next step of a piece of assurance depends on. */
export interface AssuranceFacts {
  kind: AssuranceKind;
  state: AssuranceState;
  /** Everybody who wrote it, changed it, added a file to it or submitted it. */
  writerIds: readonly string[];
  /** Whether a hazard log is with it. */
  hazardLog: boolean;
}

/** Why it cannot be submitted now. */
export function submissionBlockers({ kind, state, hazardLog }: AssuranceFacts): Blocker[] {
  return blockers(
    ...ASSURANCE_ITEM.blockers('submit', state),
    KINDS[kind].hazardLog &&
      !hazardLog && {
        code: 'hazard-log-missing',
        message: `${KINDS[kind].name} comes with its hazard log. Upload it first: its trust, assessors and auditors alone can open it.`,
        pointer: '/hazardLog',
      },
  );
}

/** Why somebody cannot accept or reject it now: nobody decides on what they wrote themselves. */
export function decisionBlockers(
  verb: 'accept' | 'reject',
  { state, writerIds }: AssuranceFacts,
  actorId: string,
): Blocker[] {
  return blockers(
    ...ASSURANCE_ITEM.blockers(verb, state),
    writerIds.includes(actorId) && {
      code: 'decider-is-writer',
      message: 'You wrote or submitted this, so you cannot decide on it. Ask somebody else.',
    },
  );
}

/** What may be done with a piece of assurance, as an address names it. */
export const ASSURANCE_STEPS = ['change', 'submission', 'acceptance', 'rejection', 'withdrawal'] as const;
export type AssuranceStep = (typeof ASSURANCE_STEPS)[number];

/** Who looks at a piece of assurance, as far as it matters to what they may do with it. */
export interface AssuranceReaderFacts {
  id: string;
  /** Whether they act for a trust. */
  ofTrust: boolean;
  prepares: boolean;
  reviews: boolean;
}

/** Whether what is held at a level is the funder's to keep, for all: it is of a product. */
export function heldByFunder(level: AssuranceLevel): boolean {
  return level === 'product' || level === 'product-version';
}

/** The steps that somebody may take now. */
export function openAssuranceSteps(
  facts: AssuranceFacts,
  level: AssuranceLevel,
  by: AssuranceReaderFacts,
): AssuranceStep[] {
  const ownSide = heldByFunder(level) !== by.ofTrust;
  const open: Record<AssuranceStep, boolean> = {
    change: by.prepares && ownSide && ASSURANCE_ITEM.blockers('submit', facts.state).length === 0,
    submission: by.prepares && ownSide && submissionBlockers(facts).length === 0,
    acceptance: by.reviews && decisionBlockers('accept', facts, by.id).length === 0,
    rejection: by.reviews && decisionBlockers('reject', facts, by.id).length === 0,
    withdrawal:
      by.prepares &&
      (ownSide || !by.ofTrust) &&
      ASSURANCE_ITEM.blockers('withdraw', facts.state).length === 0,
  };
  return ASSURANCE_STEPS.filter((step) => open[step]);
}
