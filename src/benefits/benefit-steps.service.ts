import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Benefit } from './benefit.entity.js';
import { type BenefitView, benefit } from './benefit.queries.js';
import {
  agreementBlockers,
  type BenefitFacts,
  type BenefitStep,
  type CountingFacts,
  closureBlockers,
  completionBlockers,
  countingBlockers,
  ownersBlockers,
  STEP_PERMISSION,
  withdrawalBlockers,
} from './benefit.rules.js';
import { factsIn, lockBenefit } from './benefit-facts.js';

interface Taken {
  blockers: Blocker[];
  patch: QueryDeepPartialEntity<Benefit>;
}

type Order = { actor: Actor; id: string; revision: number | null; reason?: string };

/** What becomes of a benefit after it was written: each step by whoever's it is. */
@Injectable()
export class BenefitStepsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Agrees baseline and plan, which never change from then on; not by whoever recorded them. @throws Problem 403, 404, 409, 412, 428 */
  agree(actor: Actor, id: string, revision: number | null): Promise<BenefitView> {
    return this.take({ actor, id, revision }, 'agreement', 'benefit.agree', (facts, tx) => ({
      blockers: agreementBlockers(facts, actor.id),
      patch: { state: 'agreed', agreed_by: actor.id, agreed_at: tx.at },
    }));
  }

  /** Says who sees to it now and after the project, by job title. @throws Problem 403, 404, 409, 412, 428 */
  setOwners(
    actor: Actor,
    id: string,
    revision: number | null,
    { owner, ownerAfterClosure }: { owner: string; ownerAfterClosure: string },
  ): Promise<BenefitView> {
    return this.take({ actor, id, revision }, 'owners', 'benefit.set-owners', (facts) => ({
      blockers: ownersBlockers(facts),
      patch: { owner, owner_after_closure: ownerAfterClosure },
    }));
  }

  /**
   * Says which benefit this very gain is counted in, so that it is counted once; null: in itself.
   * @throws Problem 403, 404, 409, 412, 428
   */
  countIn(
    actor: Actor,
    id: string,
    revision: number | null,
    { countedIn, reason }: { countedIn: string | null; reason: string },
  ): Promise<BenefitView> {
    const order = { actor, id, revision, reason };
    return this.take(order, 'counting', 'benefit.count-in', async (facts, tx, row) => ({
      blockers: countingBlockers(facts, await this.target(tx, row, countedIn)),
      patch: { counted_in: countedIn },
    }));
  }

  /** Says that it is realised: every year that was planned is validated. @throws Problem 403, 404, 409, 412, 428 */
  complete(actor: Actor, id: string, revision: number | null): Promise<BenefitView> {
    return this.take({ actor, id, revision }, 'completion', 'benefit.complete', (facts) => ({
      blockers: completionBlockers(facts),
      patch: { state: 'realised' },
    }));
  }

  /** Closes what is realised; its owner after closure has it from then on. @throws Problem 403, 404, 409, 412, 428 */
  close(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<BenefitView> {
    return this.take({ actor, id, revision, reason }, 'closure', 'benefit.close', (facts) => ({
      blockers: closureBlockers(facts, actor.id),
      patch: { state: 'closed', ended_because: reason },
    }));
  }

  /** Withdraws it: nothing of it counts any more. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<BenefitView> {
    return this.take({ actor, id, revision, reason }, 'withdrawal', 'benefit.withdraw', (facts) => ({
      blockers: withdrawalBlockers(facts),
      patch: { state: 'withdrawn', ended_because: reason },
    }));
  }

  private async target(tx: Tx, own: Benefit, id: string | null): Promise<CountingFacts | null | undefined> {
    if (id === null) return null;
    const row = await tx.manager.findOneBy(Benefit, { id });
    return row
      ? {
          ...(await factsIn(tx, row, this.clock.today())),
          countedInId: row.counted_in,
          sameProgramme: row.programme_id === own.programme_id,
        }
      : undefined;
  }

  private take(
    { actor, id, revision, reason }: Order,
    step: Exclude<BenefitStep, 'actuals'>,
    action: string,
    taken: (facts: BenefitFacts, tx: Tx, row: Benefit) => Taken | Promise<Taken>,
  ): Promise<BenefitView> {
    return this.work.run({ actor, action, reason }, async (tx) => {
      const { row, facts } = await lockBenefit(tx, id, revision, this.clock.today());
      requirePermission(actor, STEP_PERMISSION[step]);
      const { blockers, patch } = await taken(facts, tx, row);
      refuseIfBlocked(REFUSALS[step], blockers);
      await tx.change(Benefit, row, patch);
      return (await benefit(tx, id, this.clock.today())) as BenefitView;
    });
  }
}

const REFUSALS: Record<Exclude<BenefitStep, 'actuals'>, string> = {
  agreement: 'This benefit cannot be agreed now.',
  owners: 'The owners of this benefit cannot be changed now.',
  counting: 'This benefit cannot be counted so.',
  completion: 'This benefit is not realised yet.',
  closure: 'This benefit cannot be closed now.',
  withdrawal: 'This benefit cannot be withdrawn now.',
};
