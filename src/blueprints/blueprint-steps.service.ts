import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Programme } from '../programmes/programme.entity.js';
import { Blueprint, BlueprintVersion } from './blueprint.entity.js';
import {
  BLUEPRINT,
  type BlueprintStep,
  completenessBlockers,
  STEP_PERMISSION,
  stateAfter,
  stepBlockers,
} from './blueprint.rules.js';
import type { BlueprintId } from './blueprint.service.js';
import type { BlueprintEvent } from './blueprint-letter.rules.js';
import { contentOf, factsOf, type LockedBlueprint, lockBlueprint } from './blueprint-lock.js';
import { BlueprintNotices } from './blueprint-notices.service.js';
import { snapshotFacts } from './snapshot.queries.js';
import { type BlueprintSnapshot, snapshotOf } from './snapshot.rules.js';

type Patch = Partial<BlueprintVersion>;

/** What takes a version of a blueprint through its life: written, reviewed and published by different people. */
@Injectable()
export class BlueprintStepsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly notices: BlueprintNotices,
  ) {}

  /** Submits the draft, with what the record says of its project today. @throws Problem 403, 404, 409 naming all that is missing, 412, 428 */
  submit(actor: Actor, id: string, revision: number | null): Promise<BlueprintId> {
    return this.take({ actor, id, revision }, 'submission', 'blueprint.submit', async (tx, locked) => {
      const snapshot = await this.snapshot(tx, locked.blueprint);
      const facts = {
        content: contentOf(locked.latest),
        hasContact: locked.blueprint.contact_role !== null,
        ledgerPence: snapshot.totalPence,
      };
      return {
        blockers: completenessBlockers(facts),
        patch: { snapshot, submitted_by: actor.id, submitted_at: tx.at },
      };
    });
  }

  /** Takes a submitted version into review. @throws Problem 403, 404, 409, 412, 428 */
  review(actor: Actor, id: string, revision: number | null): Promise<BlueprintId> {
    return this.take({ actor, id, revision }, 'review', 'blueprint.review', async () => ({
      patch: { reviewed_by: actor.id },
    }));
  }

  /** Asks its trust about a version in review. @throws Problem 403, 404, 409, 412, 428 */
  query(actor: Actor, id: string, revision: number | null, question: string): Promise<BlueprintId> {
    return this.take({ actor, id, revision }, 'query', 'blueprint.query', async () => ({
      patch: { reviewed_by: actor.id, question, answer: null },
    }));
  }

  /** Answers what the review asked; what was submitted stays as it is. @throws Problem 403, 404, 409, 412, 428 */
  answer(actor: Actor, id: string, revision: number | null, answer: string): Promise<BlueprintId> {
    return this.take({ actor, id, revision }, 'answer', 'blueprint.answer', async () => ({
      patch: { answer },
    }));
  }

  /** Publishes a version, in place of the one before. @throws Problem 403, 404, 409, 412, 428 */
  publish(actor: Actor, id: string, revision: number | null): Promise<BlueprintId> {
    return this.take(
      { actor, id, revision },
      'publication',
      'blueprint.publish',
      async (tx, { blueprint }) => {
        const standing = await tx.manager.findOne(BlueprintVersion, {
          where: { blueprint_id: id, state: 'published' },
          lock: { mode: 'pessimistic_write' },
        });
        if (standing)
          await tx.change(BlueprintVersion, standing, {
            state: BLUEPRINT.next('supersede', standing.state),
            ended_because: 'A newer version was published.',
          });
        return {
          patch: { published_by: actor.id, published_at: tx.at },
          head: { first_published_at: blueprint.first_published_at ?? tx.at },
        };
      },
    );
  }

  /** Withdraws the newest version, with the reason; what was published stays readable as withdrawn. @throws Problem 403, 404, 409, 412, 428 */
  withdraw(actor: Actor, id: string, revision: number | null, reason: string): Promise<BlueprintId> {
    return this.take({ actor, id, revision, reason }, 'withdrawal', 'blueprint.withdraw', async () => ({
      patch: { ended_because: reason },
    }));
  }

  private take(
    { actor, id, revision, reason }: { actor: Actor; id: string; revision: number | null; reason?: string },
    step: BlueprintStep,
    action: string,
    take: (
      tx: Tx,
      locked: LockedBlueprint,
    ) => Promise<{ blockers?: Blocker[]; patch: Patch; head?: Partial<Blueprint> }>,
  ): Promise<BlueprintId> {
    return this.work.run({ actor, action, reason }, async (tx) => {
      const locked = await lockBlueprint(tx, id, revision);
      requirePermission(actor, STEP_PERMISSION[step]);
      const { blueprint, latest } = locked;
      refuseIfBlocked(REFUSALS[step], stepBlockers(step, factsOf(latest), actor));
      const { blockers = [], patch, head = {} } = await take(tx, locked);
      refuseIfBlocked(REFUSALS[step], blockers);
      await tx.change(BlueprintVersion, latest, { ...patch, state: stateAfter(step, latest.state) } as Patch);
      await tx.change(Blueprint, blueprint, head);
      await this.tell(tx, step, blueprint);
      return { id };
    });
  }

  /** Tells the funder of what waits for its review, and the trust of what came of it. */
  private async tell(tx: Tx, step: BlueprintStep, { id, programme_id, trust_id }: Blueprint): Promise<void> {
    const event = EVENTS[step];
    if (!event) return;
    const funder =
      event === 'submitted' && (await tx.manager.findOneByOrFail(Programme, { id: programme_id }));
    await this.notices.write(tx, event, { blueprintId: id }, funder ? funder.funder_id : trust_id);
  }

  private async snapshot(
    tx: Tx,
    { project_id, programme_id, trust_id }: Blueprint,
  ): Promise<BlueprintSnapshot> {
    const of = { projectId: project_id, programmeId: programme_id, trustId: trust_id };
    return snapshotOf(await snapshotFacts(tx, { ...of, takenOn: this.clock.today() }));
  }
}

/** The steps that somebody is told of. */
const EVENTS: Partial<Record<BlueprintStep, BlueprintEvent>> = {
  submission: 'submitted',
  query: 'queried',
  publication: 'published',
};

const REFUSALS: Record<BlueprintStep, string> = {
  submission: 'This blueprint cannot be submitted yet.',
  review: 'This blueprint cannot be reviewed now.',
  query: 'This blueprint cannot be asked about now.',
  answer: 'There is nothing to answer now.',
  publication: 'This blueprint cannot be published now.',
  withdrawal: 'This blueprint cannot be withdrawn now.',
};
