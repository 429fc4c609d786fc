import { type Blocker, blockers } from '../core/blockers.js';
import { type DateOn, formatDate } from '../core/calendar.js';
import { type Pence, sumPence } from '../core/money.js';
import type { Permission } from '../core/permissions.js';
import { defineTransitions } from '../core/transitions.js';
import type { ChangeImpact } from './change-impact.js';

/** The states of a change request (domain.md section 10). */
export const CHANGE_REQUEST_STATES = [
  'draft',
  'submitted',
  'impact-assessed',
  'approved',
  'rejected',
  'deferred',
  'withdrawn',
  'applied',
] as const;
export type ChangeRequestState = (typeof CHANGE_REQUEST_STATES)[number];

export type ChangeRequestVerb =
  | 'save'
  | 'submit'
  | 'assess'
  | 'approve'
  | 'reject'
  | 'defer'
  | 'withdraw'
  | 'apply';

/**
 * A change request's life (domain.md section 10). One that was deferred is assessed again before it is decided on. One
 * that was approved and cannot be applied any more is withdrawn: the decision stays as it was.
 */
export const CHANGE_REQUEST = defineTransitions<ChangeRequestState, ChangeRequestVerb>(
  'change request',
  'draft',
  CHANGE_REQUEST_STATES,
  {
    save: { from: ['draft'], to: 'draft' },
    submit: { from: ['draft'], to: 'submitted' },
    assess: { from: ['submitted', 'impact-assessed', 'deferred'], to: 'impact-assessed' },
    approve: { from: ['impact-assessed'], to: 'approved' },
    reject: { from: ['submitted', 'impact-assessed', 'deferred'], to: 'rejected' },
    defer: { from: ['submitted', 'impact-assessed'], to: 'deferred' },
    withdraw: { from: ['draft', 'submitted', 'impact-assessed', 'deferred', 'approved'], to: 'withdrawn' },
    apply: { from: ['approved'], to: 'applied' },
  },
);

/** States of a request that was made and has not come to its end. */
export const PENDING: readonly ChangeRequestState[] = [
  'submitted',
  'impact-assessed',
  'deferred',
  'approved',
];

/**
 * What blocks a decision: the state, and that nobody decides on what they wrote or asked for (domain.md section 9,
 * rule 5).
 */
export function decisionBlockers(decision: {
  verb: 'approve' | 'reject' | 'defer';
  state: ChangeRequestState;
  deciderId: string;
  /** Whoever wrote the request, saved it or submitted it. */
  preparedBy: readonly string[];
}): Blocker[] {
  const { verb, state, deciderId, preparedBy } = decision;
  return [
    ...CHANGE_REQUEST.blockers(verb, state),
    ...blockers(
      preparedBy.includes(deciderId) && {
        code: 'decider-is-requester',
        message: 'You wrote or asked for this change, so somebody else must decide on it.',
      },
    ),
  ];
}

/** What blocks a deferral, beside what blocks any decision: it is to a day that is to come. */
export function deferralBlockers(until: DateOn, today: DateOn): Blocker[] {
  return blockers(
    until <= today && {
      code: 'deferred-to-the-past',
      message: `${formatDate(until)} is not to come. Say until which later day the decision waits.`,
      pointer: '/until',
    },
  );
}

/**
 * What blocks a withdrawal: whoever asked takes it back, or a colleague of theirs; the funder rejects. One that is
 * approved and cannot be applied any more is taken back by either.
 * @param withdrawal.requesterTrustId the trust of whoever asked; null for the funder
 */
export function withdrawalBlockers(withdrawal: {
  state: ChangeRequestState;
  requesterTrustId: string | null;
  actorTrustId: string | null;
}): Blocker[] {
  const { state, requesterTrustId, actorTrustId } = withdrawal;
  return [
    ...CHANGE_REQUEST.blockers('withdraw', state),
    ...blockers(
      state !== 'approved' &&
        requesterTrustId !== actorTrustId && {
          code: 'not-the-requester',
          message: 'This change was asked for by the other side of the agreement, who can withdraw it.',
          clearedBy:
            actorTrustId === null
              ? 'Reject it, or ask the trust to withdraw it.'
              : 'Ask the funder to withdraw it.',
        },
    ),
  ];
}

const PERMITTED: Record<ChangeRequestVerb, Permission> = {
  save: 'change-request:prepare',
  submit: 'change-request:prepare',
  withdraw: 'change-request:prepare',
  assess: 'change-request:decide',
  approve: 'change-request:decide',
  reject: 'change-request:decide',
  defer: 'change-request:decide',
  apply: 'change-request:decide',
};

/** What somebody may do with a request now: by its state, their permissions, and their part in it. */
export function stepsOpenTo(
  reader: { id: string; trustId: string | null; may: (permission: Permission) => boolean },
  request: {
    state: ChangeRequestState;
    preparedBy: readonly string[];
    /** Null for the funder. */
    requesterTrustId: string | null;
  },
): ChangeRequestVerb[] {
  const { state, preparedBy, requesterTrustId } = request;
  return CHANGE_REQUEST.open(state).filter((verb) => {
    if (!reader.may(PERMITTED[verb])) return false;
    if (verb === 'approve' || verb === 'reject' || verb === 'defer')
      return decisionBlockers({ verb, state, deciderId: reader.id, preparedBy }).length === 0;
    const standing = { state, requesterTrustId, actorTrustId: reader.trustId };
    return verb !== 'withdraw' || withdrawalBlockers(standing).length === 0;
  });
}

/** Who has a request now, and what they are to do with it. */
export interface Holder {
  /** `requester`: whoever asked, and their colleagues; `funder`: whoever may decide for it. */
  side: 'requester' | 'funder';
  todo: string;
}

/** Who has a request now (domain.md section 11, project lead 9); null where nobody does: it has come to its end. */
export function holderOf(state: ChangeRequestState, deferredUntil: DateOn | null): Holder | null {
  switch (state) {
    case 'draft':
      return { side: 'requester', todo: 'Finish it and submit it.' };
    case 'submitted':
      return { side: 'funder', todo: 'Assess its impact.' };
    case 'impact-assessed':
      return { side: 'funder', todo: 'Approve, reject or defer it, by somebody who did not ask for it.' };
    case 'deferred':
      return {
        side: 'funder',
        todo: `Assess its impact again${deferredUntil ? ` after ${formatDate(deferredUntil)}` : ''}, and decide.`,
      };
    case 'approved':
      return { side: 'funder', todo: 'Apply it.' };
    default:
      return null;
  }
}

/** The effect of a request on cost, date and benefit in a few figures (domain.md section 11, programme manager 9). */
export interface ChangeEffect {
  cost: {
    /** Grant and match that change their lines. */
    grantMovedPence: Pence;
    matchMovedPence: Pence;
    /** Of the grant moved: what makes capital of revenue or revenue of capital. */
    betweenKindsPence: Pence;
    /** Of the grant moved: what goes to another year. */
    betweenYearsPence: Pence;
  };
  date: {
    milestones: number;
    /** The largest slip of a milestone; negative where all are earlier; null where none changes. */
    slipDays: number | null;
    latestOn: DateOn | null;
  };
  gate: {
    /** Tranches that open later, and their grant. */
    later: number;
    laterGrantPence: Pence;
  };
  benefit: {
    /** Target sets that are touched, and those of them whose day is missed. */
    targetSets: number;
    late: number;
    /** Benefits that get another plan. */
    plans: number;
  };
}

/** An impact in a few figures. */
export function effectOf({ money, dates, gates, targets, plans }: ChangeImpact): ChangeEffect {
  const grant = money.map((line) => ({ ...line, change: line.grantAfterPence - line.grantBeforePence }));
  const gainedBy = (group: 'kind' | 'financialYear' | null): Pence => {
    const sums = new Map<string, number>();
    for (const line of grant) {
      const key = group === null ? `${line.financialYear} ${line.kind}` : line[group];
      sums.set(key, (sums.get(key) ?? 0) + line.change);
    }
    return sumPence([...sums.values()].filter((sum) => sum > 0));
  };
  const later = gates.filter(
    ({ opensBeforeOn, opensAfterOn }) => opensBeforeOn && opensAfterOn > opensBeforeOn,
  );
  return {
    cost: {
      grantMovedPence: gainedBy(null),
      matchMovedPence: sumPence(
        money.map((line) => Math.max(0, line.matchAfterPence - line.matchBeforePence)),
      ),
      betweenKindsPence: gainedBy('kind'),
      betweenYearsPence: gainedBy('financialYear'),
    },
    date: {
      milestones: dates.length,
      slipDays: dates.length === 0 ? null : Math.max(...dates.map(({ slipDays }) => slipDays)),
      latestOn:
        dates
          .map(({ afterOn }) => afterOn)
          .sort()
          .at(-1) ?? null,
    },
    gate: {
      later: later.length,
      laterGrantPence: sumPence(later.map(({ grantAfterPence }) => grantAfterPence)),
    },
    benefit: {
      targetSets: targets.length,
      late: targets.filter(({ late }) => late).length,
      plans: plans.length,
    },
  };
}
