import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { ClaimService } from '../../funding/claims/claim.service.js';
import { ClaimAnswerService } from '../../funding/claims/claim-answer.service.js';
import { ClaimApprovalService } from '../../funding/claims/claim-approval.service.js';
import type { LineDecision } from '../../funding/claims/claim-decision.rules.js';
import { ClaimReviewService } from '../../funding/claims/claim-review.service.js';
import { PaymentService } from '../../funding/payments/payment.service.js';
import type { RecoveryCause } from '../../funding/payments/recovery.rules.js';
import { RecoveryService } from '../../funding/payments/recovery.service.js';
import type { Answers } from '../page/step.js';
import type { PagedStep } from './claim-links.js';

/** Who takes a step of which claim, and from which revision. */
export interface ClaimOrder {
  actor: Actor;
  id: string;
  revision: number | null;
}

/** What was typed into the page of a step. */
export interface ClaimSaid {
  answers: Answers;
  lines: LineDecision[];
  questions: Array<{ position: number | null; question: string }>;
}

/** An act: it carries a step out, and says where to go on. */
type Act = (order: ClaimOrder, said: ClaimSaid) => Promise<string>;

const text = ({ answers }: ClaimSaid, name: string): string => String(answers[name] ?? '');
const reasonOf = (said: ClaimSaid) => ({ reason: text(said, 'reason') });
const groundsOf = ({ answers }: ClaimSaid) => (answers.reason ?? null) as string | null;
const claimPath = ({ id }: ClaimOrder) => `/claims/${id}`;

/** Carries out the steps of a claim that have a page, each by one call of the service that knows its rules. */
@Injectable()
export class ClaimActs {
  private readonly acts: Record<PagedStep, Act>;

  constructor(
    claims: ClaimService,
    answers: ClaimAnswerService,
    reviews: ClaimReviewService,
    approvals: ClaimApprovalService,
    payments: PaymentService,
    recoveries: RecoveryService,
  ) {
    const then =
      (
        act: (order: ClaimOrder, said: ClaimSaid) => Promise<unknown>,
        path: (order: ClaimOrder) => string = claimPath,
      ): Act =>
      async (order, said) => {
        await act(order, said);
        return path(order);
      };
    this.acts = {
      certify: then(({ actor, id, revision }) => claims.certify(actor, id, revision)),
      submit: then(
        ({ actor, id, revision }) => claims.submit(actor, id, revision),
        (order) => `${claimPath(order)}/submitted`,
      ),
      withdraw: then(({ actor, id, revision }, said) => claims.withdraw(actor, id, revision, reasonOf(said))),
      answer: then(({ actor, id, revision }) => answers.answer(actor, id, revision)),
      revise: then(({ actor, id, revision }, said) => answers.revise(actor, id, revision, reasonOf(said))),
      check: then(({ actor, id, revision }) => reviews.check(actor, id, revision)),
      'give-back': then(({ actor, id, revision }, said) =>
        reviews.giveBack(actor, id, revision, reasonOf(said)),
      ),
      query: then(({ actor, id, revision }, { questions }) => reviews.query(actor, id, revision, questions)),
      recommend: then(({ actor, id, revision }, said) =>
        reviews.recommend(actor, id, revision, {
          recommendation: text(said, 'recommendation'),
          lines: said.lines,
        }),
      ),
      reject: then(({ actor, id, revision }, said) => reviews.reject(actor, id, revision, reasonOf(said))),
      approve: then(({ actor, id, revision }, said) =>
        approvals.approve(actor, id, revision, { lines: said.lines, reason: groundsOf(said) }),
      ),
      'second-approve': then(({ actor, id, revision }, said) =>
        approvals.approveSecond(actor, id, revision, { reason: groundsOf(said) }),
      ),
      'withdraw-approval': then(({ actor, id, revision }, said) =>
        approvals.withdrawFirst(actor, id, revision, reasonOf(said)),
      ),
      'cancel-approval': then(({ actor, id, revision }, said) =>
        approvals.cancel(actor, id, revision, reasonOf(said)),
      ),
      schedule: async ({ actor, id, revision }, said) => {
        const day = { scheduledFor: text(said, 'scheduledFor') };
        return `/payments/${(await payments.schedule(actor, id, revision, day)).id}`;
      },
      'raise-recovery': async ({ actor, id, revision }, said) => {
        const wanted = {
          cause: text(said, 'cause') as RecoveryCause,
          amountPence: Number(said.answers.amountPence),
          reason: text(said, 'reason'),
          dueOn: text(said, 'dueOn'),
        };
        return `/recoveries/${(await recoveries.raise(actor, id, revision, wanted)).id}`;
      },
    };
  }

  /** @returns where to go on. @throws Problem as the service does */
  take(step: PagedStep, order: ClaimOrder, said: ClaimSaid): Promise<string> {
    return this.acts[step](order, said);
  }
}
