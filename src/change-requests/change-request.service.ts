import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked } from '../core/problems.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Agreement } from '../funding/agreements/agreement.entity.js';
import type { ChangeContent, ChangeKind } from './change-content.js';
import { agreementBlockers, contentBlockers, kindBlockers } from './change-content.rules.js';
import { changeFacts } from './change-facts.queries.js';
import { impactOf } from './change-impact.rules.js';
import { lockChange, lockRequest, moveOn } from './change-lock.js';
import { ChangeRequest } from './change-request.entity.js';
import { type ChangeRequestView, changeRequest, trustOfPerson } from './change-request.queries.js';
import { CHANGE_REQUEST, withdrawalBlockers } from './change-request.rules.js';

/** What somebody asks to be changed, and why. */
export interface AskedChange {
  title: string;
  justification: string;
  content: ChangeContent;
}

/** The requester's side of a change request: writing it, submitting it, taking it back. */
@Injectable()
export class ChangeRequestService {
  constructor(private readonly work: UnitOfWork) {}

  /** Begins a request for a change of an agreement. @throws Problem 403, 404, 409 where the agreement is not in force */
  async open(
    actor: Actor,
    agreementId: string,
    { kind, title, justification, content }: AskedChange & { kind: ChangeKind },
  ): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.open' }, async (tx) => {
      requirePermission(actor, 'change-request:prepare');
      const agreement = await tx.lock(Agreement, agreementId, 'agreement');
      refuseIfBlocked('This change cannot be asked for.', [
        ...agreementBlockers(agreement.state),
        ...kindBlockers(kind, content),
      ]);
      const { id } = await tx.insert(ChangeRequest, {
        programme_id: agreement.programme_id,
        trust_id: agreement.trust_id,
        agreement_id: agreement.id,
        kind,
        title,
        justification,
        content: content as never,
        state: CHANGE_REQUEST.initial,
        requested_by: actor.id,
        prepared_by: [actor.id],
        illustrative: agreement.illustrative,
      });
      return (await changeRequest(tx, id)) as ChangeRequestView;
    });
  }

  /** Changes a draft; what is not given stays. @throws Problem 403, 404, 409, 412, 428 */
  async save(
    actor: Actor,
    id: string,
    revision: number | null,
    asked: Partial<AskedChange>,
  ): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.save' }, async (tx) => {
      requirePermission(actor, 'change-request:prepare');
      const request = await lockRequest(tx, id, revision);
      refuseIfBlocked('This change request cannot be changed now.', [
        ...CHANGE_REQUEST.blockers('save', request.state),
        ...kindBlockers(request.kind, asked.content ?? request.content),
      ]);
      return moveOn(tx, request, 'save', { ...asked, prepared_by: withWriter(request, actor) });
    });
  }

  /**
   * Asks for the change: from here on what is asked never changes. It must be possible as things stand, and what it
   * would do is computed, so that whoever decides sees it from the start.
   * @throws Problem 403, 404, 409, 412, 428
   */
  async submit(actor: Actor, id: string, revision: number | null): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.submit' }, async (tx) => {
      requirePermission(actor, 'change-request:prepare');
      const { agreement, request } = await lockChange(tx, id, revision);
      const refusal = 'This change request cannot be submitted yet.';
      refuseIfBlocked(refusal, CHANGE_REQUEST.blockers('submit', request.state));
      const facts = await changeFacts(tx, agreement.id);
      refuseIfBlocked(refusal, contentBlockers(request.kind, request.content, facts));
      return moveOn(tx, request, 'submit', {
        prepared_by: withWriter(request, actor),
        submitted_at: tx.at,
        impact: impactOf(request.content, facts),
        impact_at: tx.at,
      });
    });
  }

  /** Takes a request back. @throws Problem 403, 404, 409, 412, 428 */
  async withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    reason: string,
  ): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.withdraw', reason }, async (tx) => {
      requirePermission(actor, 'change-request:prepare');
      const request = await tx.lockRevision(ChangeRequest, id, revision, 'change request');
      const requesterTrustId = await trustOfPerson(tx, request.requested_by);
      refuseIfBlocked(
        'This change request cannot be withdrawn now.',
        withdrawalBlockers({ state: request.state, requesterTrustId, actorTrustId: actor.trustId }),
      );
      return moveOn(tx, request, 'withdraw', {});
    });
  }
}

/** Everybody who wrote a request, the actor among them. */
const withWriter = ({ prepared_by }: ChangeRequest, actor: Actor): string[] => [
  ...new Set([...prepared_by, actor.id]),
];
