import { type Blocker, blockers } from '../core/blockers.js';
import type { Pence } from '../core/money.js';
import type { Permission } from '../core/permissions.js';
import { defineTransitions } from '../core/transitions.js';
import type {
  Capability,
  CareSetting,
  MaturitySection,
  ProjectType,
  UserGroup,
} from './blueprint.categories.js';

export const BLUEPRINT_STATES = [
  'draft',
  'submitted',
  'in-review',
  'queried',
  'published',
  'superseded',
  'withdrawn',
] as const;
export type BlueprintState = (typeof BLUEPRINT_STATES)[number];

export type BlueprintVerb = 'submit' | 'review' | 'query' | 'answer' | 'publish' | 'supersede' | 'withdraw';

/**
 * The life of a version: its trust submits it, the funder reviews it, asks about it, and publishes it. What a query shows
 * to be wrong is corrected in a new version, which takes the place of the one that was queried.
 */
export const BLUEPRINT = defineTransitions<BlueprintState, BlueprintVerb>(
  'blueprint',
  'draft',
  BLUEPRINT_STATES,
  {
    submit: { from: ['draft'], to: 'submitted' },
    review: { from: ['submitted'], to: 'in-review' },
    query: { from: ['in-review'], to: 'queried' },
    answer: { from: ['queried'], to: 'in-review' },
    publish: { from: ['in-review'], to: 'published' },
    supersede: { from: ['queried', 'published'], to: 'superseded' },
    withdraw: { from: ['draft', 'submitted', 'in-review', 'queried', 'published'], to: 'withdrawn' },
  },
);

/** What may be done with a version, as an address names it. */
export const BLUEPRINT_STEPS = [
  'submission',
  'review',
  'query',
  'answer',
  'publication',
  'withdrawal',
] as const;
export type BlueprintStep = (typeof BLUEPRINT_STEPS)[number];

/** What each step asks of whoever takes it. */
export const STEP_PERMISSION: Record<BlueprintStep, Permission> = {
  submission: 'blueprint:prepare',
  review: 'blueprint:review',
  query: 'blueprint:review',
  answer: 'blueprint:prepare',
  publication: 'blueprint:publish',
  withdrawal: 'blueprint:withdraw',
};

const VERBS: Record<BlueprintStep, BlueprintVerb> = {
  submission: 'submit',
  review: 'review',
  query: 'query',
  answer: 'answer',
  publication: 'publish',
  withdrawal: 'withdraw',
};

/** What a trust writes of its project; '' and empty lists where nothing is written yet. */
export interface BlueprintContent {
  /** The title in its parts: what, for whom, where. */
  what: string;
  forWhom: string;
  where: string;
  userGroups: UserGroup[];
  careSettings: CareSetting[];
  projectType: ProjectType | null;
  capabilities: Capability[];
  maturitySections: MaturitySection[];
  problem: string;
  scope: string;
  solution: string;
  /** What was bought and is not in the register, in words; '' where there is nothing else. */
  product: string;
  supplier: string;
  team: string;
  lessons: string;
  advice: string;
  /** What this alone cost, of all that the award paid for; null where that was not worked out. */
  costPence: Pence | null;
  costBasis: string | null;
}

/** Whose lists have how many entries at most, and whose texts how many characters. */
export const LIMITS = { part: 120, line: 200, text: 4_000, choices: 8, products: 10 } as const;

/** What has to be written, and what to do where it is not. */
const NEEDED: ReadonlyArray<[keyof BlueprintContent, string]> = [
  ['what', 'Say what it is, in a few words: the first part of the title.'],
  ['forWhom', 'Say for whom it is: the second part of the title.'],
  ['where', 'Say where it is used: the third part of the title.'],
  ['userGroups', 'Choose who uses it.'],
  ['careSettings', 'Choose the care settings that it is used in.'],
  ['projectType', 'Choose what kind of project it was.'],
  ['capabilities', 'Choose the capabilities that it serves.'],
  ['maturitySections', 'Choose the sections of the maturity assessments that it helps with.'],
  ['problem', 'Say which problem it solves.'],
  ['scope', 'Say what was in scope, and what was not.'],
  ['solution', 'Say what was done.'],
  ['team', 'Say which team it took.'],
  ['lessons', 'Say what was learned; what went wrong helps most.'],
  ['advice', 'Say what you would advise whoever does it next.'],
];

const isMissing = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && !value.length);

/** What a version is judged by. */
export interface BlueprintFacts {
  state: BlueprintState;
  /** Everybody who wrote in it, and who submitted it. */
  authors: readonly string[];
}

/** What has to be there before a version is submitted. */
export interface SubmissionFacts {
  content: BlueprintContent;
  hasContact: boolean;
  /** What the award paid for in all, grant and match, by the ledger. */
  ledgerPence: Pence;
}

/** Why a draft cannot be submitted yet. */
export function completenessBlockers({ content, hasContact, ledgerPence }: SubmissionFacts): Blocker[] {
  const missing = NEEDED.filter(([field]) => isMissing(content[field])).map(([field, message]) => ({
    code: 'missing',
    message,
    pointer: `/${field}`,
  }));
  return [
    ...missing,
    ...blockers(
      !hasContact && {
        code: 'contact-missing',
        message: 'Say who is asked about it: a role, and the address of its work.',
        pointer: '/contact',
      },
      ...costBlockers(content, ledgerPence),
    ),
  ];
}

function costBlockers({ costPence, costBasis }: BlueprintContent, ledgerPence: Pence): Blocker[] {
  return blockers(
    (costPence === null) !== (costBasis === null) && {
      code: 'cost-without-basis',
      message: 'Give what it cost together with how that was worked out, or neither.',
      pointer: costPence === null ? '/costPence' : '/costBasis',
    },
    costPence !== null &&
      costPence > ledgerPence && {
        code: 'cost-beyond-ledger',
        message:
          'It cannot have cost more than the ledger has for the whole award, grant and match. Correct it.',
        pointer: '/costPence',
      },
  );
}

/** Why somebody may not take a step of a version now, as far as it depends on its state and on who they are. */
export function stepBlockers(step: BlueprintStep, facts: BlueprintFacts, by: { id: string }): Blocker[] {
  const isAuthor = facts.authors.includes(by.id);
  return blockers(
    ...BLUEPRINT.blockers(VERBS[step], facts.state),
    ['review', 'query', 'publication'].includes(step) &&
      isAuthor && {
        code: step === 'publication' ? 'publisher-is-author' : 'reviewer-is-author',
        message: 'Whoever wrote or submitted a blueprint does not review or publish it. Ask somebody else.',
        pointer: '/state',
      },
  );
}

/** The state that a step leads to. @throws Error where it may not be taken: ask `stepBlockers` first */
export const stateAfter = (step: BlueprintStep, state: BlueprintState): BlueprintState =>
  BLUEPRINT.next(VERBS[step], state);

/** The steps that somebody may take now, whatever they would say in them. */
export function openBlueprintSteps(facts: BlueprintFacts, by: { id: string }): BlueprintStep[] {
  return BLUEPRINT_STEPS.filter((step) => stepBlockers(step, facts, by).length === 0);
}

/** The states in which a version is worked on: a blueprint has at most one that is. */
export const UNDER_WAY: readonly BlueprintState[] = ['draft', 'submitted', 'in-review', 'queried'];

/** Why a new version cannot be begun after the latest one. */
export function newVersionBlockers(latest: BlueprintState): Blocker[] {
  return blockers(
    UNDER_WAY.includes(latest) &&
      latest !== 'queried' && {
        code: 'version-under-way',
        message: `The latest version is ${latest.replaceAll('-', ' ')}. Go on with that one, or withdraw it first.`,
        pointer: '/state',
      },
  );
}

/** A title out of its parts: "Ward observations on tablets for nurses, on acute wards". */
export function blueprintTitle({
  what,
  forWhom,
  where,
}: Pick<BlueprintContent, 'what' | 'forWhom' | 'where'>): string {
  const subject = [what, forWhom && `for ${forWhom}`].filter(Boolean).join(' ');
  return [subject, where].filter(Boolean).join(', ') || 'A blueprint without a title yet';
}

/** Why a question about a blueprint cannot be asked, or a visit recorded, by an organisation. */
export function contactBlockers(
  version: { state: BlueprintState } | undefined,
  { organisationId, ownerId }: { organisationId: string; ownerId: string },
): Blocker[] {
  return blockers(
    version?.state !== 'published' && {
      code: 'not-published',
      message: 'No version of this blueprint is published now. Only published ones are used by others.',
      pointer: '/state',
    },
    organisationId === ownerId && {
      code: 'own-blueprint',
      message: 'This is the blueprint of the very organisation. Only what others do with it is recorded.',
      pointer: '/organisation',
    },
  );
}

/** Why a question cannot be answered now. */
export function contactAnswerBlockers(
  contact: { kind: 'question' | 'visit'; answered: boolean; ownerId: string; madeBy: string },
  by: { id: string; trustId: string | null },
): Blocker[] {
  return blockers(
    contact.kind === 'visit' && {
      code: 'not-a-question',
      message: 'This is a visit, and no question: there is nothing to answer.',
      pointer: '/kind',
    },
    contact.answered && {
      code: 'answered-already',
      message: 'This question is answered. Whoever wants to know more asks another.',
      pointer: '/answer',
    },
    by.trustId !== contact.ownerId && {
      code: 'not-the-owner',
      message: 'A question is answered by the trust whose blueprint it is.',
      pointer: '/answer',
    },
    by.id === contact.madeBy && {
      code: 'answerer-is-asker',
      message: 'Whoever asked does not answer.',
      pointer: '/answer',
    },
  );
}
