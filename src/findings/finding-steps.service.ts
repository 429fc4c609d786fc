import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import type { DateOn } from '../core/calendar.js';
import { refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditFinding, AuditFindingStep } from './audit-finding.entity.js';
import { type FindingWithSteps, finding } from './finding.queries.js';
import { FINDING, type FollowUpOutcome, type Stance } from './finding.rules.js';
import {
  closureBlockers,
  dueDateBlockers,
  type FindingFacts,
  type FindingStep,
  followedUp,
  followUpBlockers,
  followUpVerb,
  responded,
  responseBlockers,
  STEP_PERMISSION,
} from './finding-steps.rules.js';

/** What a step changes of a finding, and what is kept of it. */
interface Taken {
  step: Partial<AuditFindingStep> & Pick<AuditFindingStep, 'words'>;
  patch: Partial<AuditFinding>;
}

type Order = { actor: Actor; id: string; revision: number | null };

/** What is said and done about a finding after it was recorded: each is kept, and none is changed. */
@Injectable()
export class FindingStepsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The owner's answer: whether they agree, what will be done, and by when.
   * @throws Problem 403, 404, 409, 412, 428; 422 where it is agreed and no day is given
   */
  respond(
    actor: Actor,
    id: string,
    revision: number | null,
    { stance, response, plannedOn }: { stance: Stance; response: string; plannedOn: DateOn | null },
  ): Promise<FindingWithSteps> {
    if (stance !== 'not-agreed' && plannedOn === null) throw withoutDay();
    const order = { actor, id, revision };
    return this.take(order, 'response', 'finding.respond', {
      blockers: (facts) => responseBlockers(facts, actor),
      take: (facts) => {
        const { state } = responded(facts, stance, actor);
        return {
          step: { words: response, stance, planned_on: plannedOn },
          patch: { state, stance, responded_by: actor.id },
        };
      },
    });
  }

  /**
   * What a look at it showed: implemented, with the evidence, or not; where it was thought done, it is opened again.
   * @throws Problem 403, 404, 409, 412, 428
   */
  followUp(
    actor: Actor,
    id: string,
    revision: number | null,
    seen: { outcome: FollowUpOutcome; found: string; evidence: string | null },
  ): Promise<FindingWithSteps> {
    const { outcome, found, evidence } = seen;
    return this.take({ actor, id, revision }, 'follow-up', 'finding.follow-up', {
      blockers: (facts) => followUpBlockers(facts, seen, actor),
      take: (facts) => {
        const reopens = followUpVerb(facts.state, outcome) === 'reopen';
        const { state, stance, responderId } = followedUp(facts, outcome);
        const reopened = { closed_by: null, closed_at: null };
        return {
          step: { words: found, outcome, evidence, reopens },
          patch: { state, stance, responded_by: responderId, ...(reopens ? reopened : {}) },
        };
      },
    });
  }

  /** Closes a finding that is implemented, or that its owner did not agree with. @throws Problem 403, 404, 409, 412, 428 */
  close(
    actor: Actor,
    id: string,
    revision: number | null,
    { conclusion }: { conclusion: string },
  ): Promise<FindingWithSteps> {
    return this.take({ actor, id, revision }, 'closure', 'finding.close', {
      blockers: (facts) => closureBlockers(facts, actor),
      take: ({ state }, at) => ({
        step: { words: conclusion },
        patch: { state: FINDING.next('close', state), closed_by: actor.id, closed_at: at },
      }),
    });
  }

  /** Moves the day by which it is to be done; the former one is kept. @throws Problem 403, 404, 409, 412, 428 */
  moveDueDate(
    actor: Actor,
    id: string,
    revision: number | null,
    { dueOn, reason }: { dueOn: DateOn; reason: string },
  ): Promise<FindingWithSteps> {
    const order = { actor, id, revision, reason };
    return this.take(order, 'due-date', 'finding.move-due-date', {
      blockers: (facts) => dueDateBlockers(facts, { dueOn }),
      take: (facts) => ({
        step: { words: reason, former_due_on: facts.dueOn, due_on: dueOn },
        patch: { due_on: dueOn },
      }),
    });
  }

  private take(
    { actor, id, revision, reason }: Order & { reason?: string },
    kind: FindingStep,
    action: string,
    rules: { blockers: (facts: FindingFacts) => Blocker[]; take: (facts: FindingFacts, at: Date) => Taken },
  ): Promise<FindingWithSteps> {
    return this.work.run({ actor, action, reason }, async (tx) => {
      const row = await tx.lockRevision(AuditFinding, id, revision, 'finding');
      requirePermission(actor, STEP_PERMISSION[kind]);
      const facts = factsOf(row);
      refuseIfBlocked(REFUSALS[kind], rules.blockers(facts));
      const { step, patch } = rules.take(facts, tx.at);
      const { programme_id, trust_id } = row;
      const whose = { programme_id, trust_id, finding_id: id, kind, made_by: actor.id };
      await tx.insert(AuditFindingStep, { ...step, ...whose });
      await tx.change(AuditFinding, row, patch);
      return this.shown(tx, id);
    });
  }

  private async shown(tx: Tx, id: string): Promise<FindingWithSteps> {
    return (await finding(tx, id, this.clock.today())) as FindingWithSteps;
  }
}

const REFUSALS: Record<FindingStep, string> = {
  response: 'This finding cannot be answered so now.',
  'follow-up': 'This finding cannot be followed up so now.',
  closure: 'This finding cannot be closed now.',
  'due-date': 'The day of this finding cannot be moved so.',
};

const factsOf = (row: AuditFinding): FindingFacts => ({
  state: row.state,
  ownerRole: row.owner_role,
  responderId: row.responded_by,
  stance: row.stance,
  dueOn: row.due_on,
});

const withoutDay = () =>
  unprocessable('planned-day-missing', 'What is agreed to is done by a day.', [
    {
      code: 'planned-day-missing',
      message: 'Say by when it will be done.',
      pointer: '/plannedOn',
    },
  ]);
