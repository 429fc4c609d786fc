import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import type { Permission } from '../core/permissions.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AssuranceDocument, AssuranceItem } from './assurance.entity.js';
import { type AssuranceItemWithFiles, assuranceItem, supersededBy } from './assurance-item.queries.js';
import {
  ASSURANCE_ITEM,
  type AssuranceFacts,
  decisionBlockers,
  submissionBlockers,
} from './assurance-item.rules.js';
import { requireOwnSide } from './assurance-item.service.js';

/** A step that somebody takes. */
interface Step {
  verb: 'submit' | 'accept' | 'reject' | 'withdraw';
  permission: Permission;
  reason: string | null;
  blockers: (facts: AssuranceFacts) => Blocker[];
  patch: (tx: Tx) => Partial<AssuranceItem>;
}

/** What becomes of a piece of assurance once it is written: submitted, decided on by somebody else, withdrawn. */
@Injectable()
export class AssuranceStepsService {
  constructor(private readonly work: UnitOfWork) {}

  /** Hands a draft in. @throws Problem 403, 404; 409 where it is no draft or lacks its hazard log; 412, 428 */
  submit(actor: Actor, id: string, revision: number | null): Promise<AssuranceItemWithFiles> {
    return this.take(actor, id, revision, {
      verb: 'submit',
      permission: 'assurance:prepare',
      reason: null,
      blockers: submissionBlockers,
      patch: (tx) => ({ submitted_by: actor.id, submitted_at: tx.at }),
    });
  }

  /**
   * Accepts what was submitted; it supersedes what was signed before it. @throws Problem 403, 404; 409 in another state,
   * or by whoever had a hand in it; 412, 428
   */
  accept(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string | null },
  ): Promise<AssuranceItemWithFiles> {
    return this.take(actor, id, revision, {
      verb: 'accept',
      permission: 'assurance:review',
      reason,
      blockers: (facts) => decisionBlockers('accept', facts, actor.id),
      patch: (tx) => ({ decided_by: actor.id, decided_at: tx.at, accepted_at: tx.at }),
    });
  }

  /** Rejects what was submitted; what is mended is another item. @throws Problem as `accept` */
  reject(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<AssuranceItemWithFiles> {
    return this.take(actor, id, revision, {
      verb: 'reject',
      permission: 'assurance:review',
      reason,
      blockers: (facts) => decisionBlockers('reject', facts, actor.id),
      patch: (tx) => ({ decided_by: actor.id, decided_at: tx.at }),
    });
  }

  /** Takes it back, for good: by whoever holds it, or by the funder. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<AssuranceItemWithFiles> {
    return this.take(actor, id, revision, {
      verb: 'withdraw',
      permission: 'assurance:prepare',
      reason,
      blockers: ({ state }) => ASSURANCE_ITEM.blockers('withdraw', state),
      patch: (tx) => ({ withdrawn_by: actor.id, withdrawn_at: tx.at }),
    });
  }

  private take(
    actor: Actor,
    id: string,
    revision: number | null,
    step: Step,
  ): Promise<AssuranceItemWithFiles> {
    const { verb, permission, reason } = step;
    const order = { actor, action: `assurance.${verb}`, ...(reason === null ? {} : { reason }) };
    return this.work.run(order, async (tx) => {
      const row = await tx.lockRevision(AssuranceItem, id, revision, 'piece of assurance');
      requirePermission(actor, permission);
      if (verb === 'submit') requireOwnSide(actor, row.level);
      refuseIfBlocked('This piece of assurance cannot do that now.', step.blockers(await factsOf(tx, row)));
      if (verb === 'accept') await supersede(tx, row);
      await tx.change(AssuranceItem, row, {
        ...step.patch(tx),
        state: ASSURANCE_ITEM.next(verb, row.state),
      });
      return (await assuranceItem(tx, id)) as AssuranceItemWithFiles;
    });
  }
}

async function factsOf(tx: Tx, row: AssuranceItem): Promise<AssuranceFacts> {
  const { kind, state, prepared_by, edited_by, submitted_by } = row;
  const hazardLog = await tx.manager.existsBy(AssuranceDocument, { item_id: row.id, hazard_log: true });
  return {
    kind,
    state,
    hazardLog,
    writerIds: [prepared_by, ...edited_by, ...(submitted_by ? [submitted_by] : [])],
  };
}

async function supersede(tx: Tx, row: AssuranceItem): Promise<void> {
  const former = await tx.lockAll(AssuranceItem, await supersededBy(tx, row), 'piece of assurance');
  for (const each of former.values()) {
    // One that was withdrawn while this waited for it stays so.
    if (each.state === 'accepted')
      await tx.change(AssuranceItem, each, { state: ASSURANCE_ITEM.next('supersede', each.state) });
  }
}
