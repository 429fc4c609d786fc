import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { DateOn } from '../core/calendar.js';
import { blocked, refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { contentBlockers } from './change-content.rules.js';
import { changeFacts } from './change-facts.queries.js';
import type { ChangeImpact } from './change-impact.js';
import { impactOf } from './change-impact.rules.js';
import { type LockedChange, lockChange, moveOn } from './change-lock.js';
import { ChangeRequest } from './change-request.entity.js';
import type { ChangeRequestView } from './change-request.queries.js';
import { CHANGE_REQUEST, decisionBlockers, deferralBlockers } from './change-request.rules.js';
import { impactChanges } from './impact-changes.rules.js';

/** The funder's side of a change request: weighing it and deciding on it. */
@Injectable()
export class ChangeDecisionService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Computes what the change would do as things stand now, and keeps it for the decision. It can be done again.
   * @throws Problem 403, 404, 409, 412, 428
   */
  async assess(actor: Actor, id: string, revision: number | null): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.assess' }, async (tx) => {
      requirePermission(actor, 'change-request:decide');
      const locked = await lockChange(tx, id, revision);
      const { request } = locked;
      const refusal = 'The impact of this change cannot be assessed now.';
      refuseIfBlocked(refusal, CHANGE_REQUEST.blockers('assess', request.state));
      return moveOn(tx, request, 'assess', {
        impact: await impactNow(tx, locked, refusal),
        impact_at: tx.at,
        assessed_by: actor.id,
        decided_by: null,
        decided_at: null,
        decision_reason: null,
        deferred_until: null,
      });
    });
  }

  /**
   * Approves a change whose impact is what it was when it was assessed.
   * @throws Problem 403, 404, 409 (`impact-changed` with what changed), 412, 428
   */
  async approve(
    actor: Actor,
    id: string,
    revision: number | null,
    reason: string,
  ): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.approve', reason }, async (tx) => {
      requirePermission(actor, 'change-request:decide');
      const locked = await lockChange(tx, id, revision);
      const { request } = locked;
      const refusal = 'This change cannot be approved now.';
      refuseIfBlocked(refusal, decisionBlockers(decisionOn(request, actor, 'approve')));
      const changed = impactChanges(request.impact as ChangeImpact, await impactNow(tx, locked, refusal));
      if (changed.length > 0)
        throw blocked('What this change would do is not what was assessed.', changed, 'impact-changed');
      return moveOn(tx, request, 'approve', decided(tx, reason));
    });
  }

  /** Refuses a change. @throws Problem 403, 404, 409, 412, 428 */
  async reject(
    actor: Actor,
    id: string,
    revision: number | null,
    reason: string,
  ): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.reject', reason }, async (tx) => {
      requirePermission(actor, 'change-request:decide');
      const request = await tx.lockRevision(ChangeRequest, id, revision, 'change request');
      refuseIfBlocked(
        'This change cannot be rejected now.',
        decisionBlockers(decisionOn(request, actor, 'reject')),
      );
      return moveOn(tx, request, 'reject', decided(tx, reason));
    });
  }

  /** Puts the decision off until a day that is to come. @throws Problem 403, 404, 409, 412, 428 */
  async defer(
    actor: Actor,
    id: string,
    revision: number | null,
    { until, reason }: { until: DateOn; reason: string },
  ): Promise<ChangeRequestView> {
    return this.work.run({ actor, action: 'change-request.defer', reason }, async (tx) => {
      requirePermission(actor, 'change-request:decide');
      const request = await tx.lockRevision(ChangeRequest, id, revision, 'change request');
      refuseIfBlocked('This change cannot be deferred so.', [
        ...decisionBlockers(decisionOn(request, actor, 'defer')),
        ...deferralBlockers(until, this.clock.today()),
      ]);
      return moveOn(tx, request, 'defer', { ...decided(tx, reason), deferred_until: until });
    });
  }
}

const decisionOn = <Verb extends string>(
  { state, prepared_by, requested_by }: ChangeRequest,
  actor: Actor,
  verb: Verb,
) => ({
  verb,
  state,
  deciderId: actor.id,
  preparedBy: [requested_by, ...prepared_by],
});

const decided = (tx: Tx, reason: string): Partial<ChangeRequest> => ({
  decided_by: tx.actor.id,
  decided_at: tx.at,
  decision_reason: reason,
});

/** @throws Problem 409 where the change is not possible as things stand */
async function impactNow(
  tx: Tx,
  { agreement, request }: LockedChange,
  refusal: string,
): Promise<ChangeImpact> {
  const facts = await changeFacts(tx, agreement.id);
  refuseIfBlocked(refusal, contentBlockers(request.kind, request.content, facts));
  return impactOf(request.content, facts);
}
