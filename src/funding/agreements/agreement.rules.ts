import { type Blocker, blockers } from '../../core/blockers.js';
import { formatPounds, type Pence } from '../../core/money.js';
import type { Permission } from '../../core/permissions.js';
import { defineTransitions } from '../../core/transitions.js';
import type { ClaimState } from '../claims/claim-states.js';
import { AGREEMENT_STATES, type AgreementState } from './agreement-states.js';
import type { AgreedLine, AgreementTerms } from './agreement-terms.js';
import { termsBlockers } from './agreement-terms.rules.js';

export type AgreementVerb =
  | 'save'
  | 'begin-due-diligence'
  | 'return-to-draft'
  | 'approve'
  | 'offer'
  | 'sign'
  | 'activate'
  | 'suspend'
  | 'resume'
  | 'begin-closing'
  | 'close'
  | 'withdraw'
  | 'terminate'
  | 'novate';

/** An agreement's life (domain.md section 10). */
export const AGREEMENT = defineTransitions<AgreementState, AgreementVerb>(
  'agreement',
  'draft',
  AGREEMENT_STATES,
  {
    save: { from: ['draft'], to: 'draft' },
    'begin-due-diligence': { from: ['draft'], to: 'in-due-diligence' },
    'return-to-draft': { from: ['in-due-diligence'], to: 'draft' },
    approve: { from: ['in-due-diligence'], to: 'approved' },
    offer: { from: ['approved'], to: 'offered' },
    sign: { from: ['offered'], to: 'signed' },
    activate: { from: ['signed'], to: 'active' },
    suspend: { from: ['active'], to: 'suspended' },
    resume: { from: ['suspended'], to: 'active' },
    'begin-closing': { from: ['active', 'suspended'], to: 'closing' },
    close: { from: ['closing'], to: 'closed' },
    withdraw: { from: ['draft', 'in-due-diligence', 'approved', 'offered', 'signed'], to: 'withdrawn' },
    terminate: { from: ['active', 'suspended', 'closing'], to: 'terminated' },
    novate: { from: ['active', 'suspended', 'closing'], to: 'novated' },
  },
);

/** States in which its money stands in the ledger. */
export const IN_FORCE: readonly AgreementState[] = ['active', 'suspended', 'closing', 'closed', 'terminated'];

/** What each step of an agreement's life asks of whoever takes it. */
export const AGREEMENT_PERMISSIONS: Readonly<Record<AgreementVerb, Permission>> = {
  save: 'agreement:prepare',
  'begin-due-diligence': 'agreement:prepare',
  'return-to-draft': 'agreement:prepare',
  approve: 'agreement:approve',
  offer: 'agreement:prepare',
  sign: 'agreement:sign',
  activate: 'agreement:approve',
  suspend: 'agreement:approve',
  resume: 'agreement:approve',
  'begin-closing': 'agreement:approve',
  close: 'agreement:approve',
  withdraw: 'agreement:prepare',
  terminate: 'agreement:approve',
  novate: 'agreement:approve',
};

/** Steps that nobody takes who prepared the version that they make stand (domain.md section 9, rule 5). */
const BY_ANOTHER: readonly AgreementVerb[] = ['approve', 'novate'];

/** The steps that somebody may take now, as far as state, role and separation of duties say. */
export function openSteps(
  agreement: { state: AgreementState; preparerIds: readonly string[] },
  actor: { id: string; may: (permission: Permission) => boolean },
): AgreementVerb[] {
  const prepared = agreement.preparerIds.includes(actor.id);
  return AGREEMENT.open(agreement.state).filter(
    (verb) => actor.may(AGREEMENT_PERMISSIONS[verb]) && !(prepared && BY_ANOTHER.includes(verb)),
  );
}

/** Nobody approves what they prepared (domain.md section 9, rule 5). */
export function preparerBlockers(approverId: string, preparerIds: readonly string[]): Blocker[] {
  return blockers(
    preparerIds.includes(approverId) && {
      code: 'approver-is-preparer',
      message: 'You prepared this version of the agreement, so somebody else must approve it.',
      clearedBy: 'Another person with the permission agreement:approve',
    },
  );
}

/** What an agreement rests on while it is not in force yet. */
export interface Basis {
  terms: AgreementTerms;
  /** The lines of the award now. */
  awarded: readonly AgreedLine[];
  /** The trust's milestones, as `project/milestone`. */
  milestones: readonly string[];
}

const same = (a: AgreedLine, b: AgreedLine): boolean =>
  a.financialYear === b.financialYear &&
  a.kind === b.kind &&
  a.grantPence === b.grantPence &&
  a.matchPence === b.matchPence;

/** What keeps a draft from going on: terms that do not hold, an award that changed, a milestone that nobody has. */
export function basisBlockers({ terms, awarded, milestones }: Basis): Blocker[] {
  const changed =
    terms.lines.length !== awarded.length ||
    awarded.some((line) => !terms.lines.some((agreed) => same(agreed, line)));
  const unknown = terms.tranches.flatMap((tranche) =>
    tranche.milestones
      .filter((code) => !milestones.includes(code))
      .map((code) => ({ number: tranche.number, code })),
  );
  return [
    ...blockers(
      changed && {
        code: 'award-changed',
        message: 'The award has changed since this draft was saved.',
        pointer: '/lines',
        clearedBy: 'Save the draft again: it takes the award as it is now',
      },
    ),
    ...termsBlockers(terms),
    ...unknown.map(({ number, code }) => ({
      code: 'unknown-milestone',
      message: `Tranche ${number} waits for the milestone ${code}, which the trust does not have.`,
      pointer: '/tranches',
      clearedBy: 'Correct the tranche in the draft, or the milestone in the definition',
    })),
  ];
}

/** What blocks the approval of a version beside its state: that whoever approves it prepared it, and its terms. */
export function approvalBlockers(
  approval: Basis & { approverId: string; preparerIds: readonly string[] },
): Blocker[] {
  return [...preparerBlockers(approval.approverId, approval.preparerIds), ...basisBlockers(approval)];
}

/** States of a claim in which its money is under way: claimed and not paid. */
export const CLAIMS_UNDER_WAY: readonly ClaimState[] = [
  'submitted',
  'evidence-check',
  'queried',
  'recommended',
  'approved',
  'part-approved',
  'scheduled',
];

interface Named {
  id: string;
  reference: string;
  state: string;
}

/** What goes on under an agreement and must come to an end before the agreement does. */
export interface UnderWay {
  /** Claims submitted and neither paid nor rejected. */
  claims: readonly Named[];
  /** Match that is evidenced and not decided on. */
  contributions: readonly Named[];
  /** Recoveries raised or agreed. */
  recoveries: readonly Named[];
  /** Change requests asked for and neither applied nor refused. */
  changes: readonly Named[];
  /** What stands as claimed or approved, over all lines. */
  grantUnderWayPence: Pence;
}

const UNFINISHED: ReadonlyArray<{
  of: 'claims' | 'contributions' | 'recoveries' | 'changes';
  kind: string;
  code: string;
  says: string;
  clearedBy: string;
}> = [
  {
    of: 'claims',
    kind: 'claim',
    code: 'claim-under-way',
    says: 'is neither paid nor rejected',
    clearedBy: 'Its payment, rejection or withdrawal',
  },
  {
    of: 'contributions',
    kind: 'contribution',
    code: 'match-undecided',
    says: 'is evidenced and not decided on',
    clearedBy: 'Its acceptance or rejection',
  },
  {
    of: 'recoveries',
    kind: 'recovery',
    code: 'recovery-open',
    says: 'is open',
    clearedBy: 'Its receipt, write-off or withdrawal',
  },
  {
    of: 'changes',
    kind: 'change-request',
    code: 'change-pending',
    says: 'is not decided on or not applied',
    clearedBy: 'Its application, rejection or withdrawal',
  },
];

/**
 * What must come to an end before an agreement is closed, terminated or novated. A recovery goes on under a terminated
 * agreement, and under no other.
 */
export function underWayBlockers(verb: 'close' | 'terminate' | 'novate', underWay: UnderWay): Blocker[] {
  const found = UNFINISHED.filter(({ of }) => !(verb === 'terminate' && of === 'recoveries')).flatMap(
    ({ of, kind, code, says, clearedBy }) =>
      underWay[of].map(({ id, reference, state }) => ({
        code,
        message: `${reference} ${says} (${state.replaceAll('-', ' ')}).`,
        about: { kind, id, name: reference },
        clearedBy,
      })),
  );
  return [
    ...found,
    ...blockers(
      underWay.grantUnderWayPence > 0 &&
        underWay.claims.length === 0 && {
          code: 'grant-under-way',
          message: `${formatPounds(underWay.grantUnderWayPence)} stands as claimed or approved.`,
          clearedBy: 'Its payment, or its return to the award',
        },
    ),
  ];
}
