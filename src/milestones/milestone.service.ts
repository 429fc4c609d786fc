import { Injectable } from '@nestjs/common';
import { coverageFacts } from '../assurance/coverage.queries.js';
import { type Actor, requirePermission } from '../core/actor.js';
import type { Blocker } from '../core/blockers.js';
import type { Permission } from '../core/permissions.js';
import { refuseIfBlocked, unprocessable } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { findingNamed } from '../findings/finding.queries.js';
import { groundBlockers } from '../findings/finding.rules.js';
import { GO_LIVE, goLiveBlockers } from './go-live.rules.js';
import { Evidence, Milestone } from './milestone.entity.js';
import { type MilestoneView, milestone, milestonesOfTrust } from './milestone.queries.js';
import {
  groundsBlockers,
  MILESTONE,
  type MilestoneGrounds,
  type MilestoneOutcome,
  type MilestoneVerb,
  OUTCOMES,
  outcomeBlockers,
  type ReturnedMilestone,
  returnedChange,
} from './milestone.rules.js';
import { keepReview } from './milestone-review.js';
import {
  type ReprofileDates,
  type ReprofiledMilestone,
  reprofileBlockers,
  reprofiledTo,
  reprofileVerb,
} from './reprofile.rules.js';

/** What an applied change request says of a trust's milestones. */
export interface ReprofiledMilestones {
  programmeId: string;
  trustId: string;
  lines: readonly ReprofiledMilestone[];
  /** The reference of the change request. */
  changeRequest: string;
  /** What the programme says of dates. */
  dates: ReprofileDates;
  illustrative: boolean;
}

/** What an accepted return says of a trust's milestones. */
export interface ReturnedMilestones {
  programmeId: string;
  trustId: string;
  lines: readonly ReturnedMilestone[];
  illustrative: boolean;
}

/** A change of a milestone's state that somebody asks for. */
interface Move {
  verb: MilestoneVerb;
  permission: Permission;
  reason: string | null;
  grounds?: Partial<MilestoneGrounds>;
  /** What blocks it beside its state and its grounds. */
  blockers?: (tx: Tx, row: Milestone) => Promise<Blocker[]>;
}

const NO_GROUNDS: MilestoneGrounds = { changeRequest: null, authority: null, finding: null };
/** Verbs after which the work goes on: an actual date is of work that is done. */
const RESUMING: readonly MilestoneVerb[] = ['withdraw-claim', 'reopen'];

/** Milestones: what returns and change requests say of them, and what reviewers decide. */
@Injectable()
export class MilestoneService {
  constructor(private readonly work: UnitOfWork) {}

  /**
   * Lets what an accepted return says of milestones stand, in the unit of work that accepts it.
   * @throws Problem 422 for a milestone that the trust does not have
   */
  async applyReturn(
    tx: Tx,
    { programmeId, trustId, lines, illustrative }: ReturnedMilestones,
  ): Promise<void> {
    for (const [row, line] of await this.locked(tx, { programmeId, trustId }, lines)) {
      const change = returnedChange(row, line);
      if (Object.keys(change).length === 0) continue;
      await tx.change(Milestone, row, { ...change, ...(illustrative ? { illustrative } : {}) });
      if (change.state === 'claimed-met') await keepReview(tx, row, 'claim');
    }
  }

  /**
   * Gives milestones the days that an approved change request agrees, in the unit of work that applies it. One that
   * was not fully met goes on. The baselines stay.
   * @throws Problem 409 where one cannot be given its day; 422 for a milestone that the trust does not have
   */
  async reprofile(tx: Tx, reprofiled: ReprofiledMilestones): Promise<void> {
    const { lines, changeRequest, dates, illustrative } = reprofiled;
    for (const [row, line] of await this.locked(tx, reprofiled, lines)) {
      const verb = reprofileVerb(row.state);
      refuseIfBlocked('This milestone cannot be given another day now.', [
        ...reprofileBlockers(row, line, dates),
        ...(verb
          ? [
              ...MILESTONE.blockers(verb, row.state),
              ...groundsBlockers(verb, { ...NO_GROUNDS, changeRequest }),
            ]
          : []),
      ]);
      await tx.change(Milestone, row, {
        ...reprofiledTo(row, line),
        ...(verb ? { state: MILESTONE.next(verb, row.state), actual_on: null } : {}),
        ...(illustrative ? { illustrative } : {}),
      });
    }
  }

  /** Takes a claim under review. @throws Problem 403, 404, 409, 412, 428 */
  review(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string | null },
  ): Promise<MilestoneView> {
    return this.move(actor, id, revision, { verb: 'review', permission: 'milestone:review', reason });
  }

  /**
   * Ends a review. @throws Problem 403, 404, 409 where it is not under review, lacks proof, or is a go-live without what
   * applied and was valid on its day, 412, 428
   */
  decide(
    actor: Actor,
    id: string,
    revision: number | null,
    { outcome, reason }: { outcome: MilestoneOutcome; reason: string },
  ): Promise<MilestoneView> {
    return this.move(actor, id, revision, {
      verb: OUTCOMES[outcome],
      permission: 'milestone:review',
      reason,
      blockers: async (tx, row) => {
        const proofs = await tx.manager.findBy(Evidence, { milestone_id: id });
        const uploadedBy = proofs.map(({ uploaded_by }) => uploaded_by);
        const decision = { outcome, actualOn: row.actual_on, uploadedBy, reviewerId: actor.id };
        return [...outcomeBlockers(decision), ...(outcome === 'met' ? await coverageBlockers(tx, row) : [])];
      },
    });
  }

  /** The trust takes its claim back before the review. @throws Problem 403, 404, 409, 412, 428 */
  withdrawClaim(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<MilestoneView> {
    const permission = 'progress-report:prepare';
    return this.move(actor, id, revision, { verb: 'withdraw-claim', permission, reason });
  }

  /** Does without a milestone. @throws Problem 403, 404, 409, 412, 428 */
  waive(
    actor: Actor,
    id: string,
    revision: number | null,
    { authority, reason }: { authority: string; reason: string | null },
  ): Promise<MilestoneView> {
    const permission = 'milestone:review';
    return this.move(actor, id, revision, { verb: 'waive', permission, reason, grounds: { authority } });
  }

  /** Gives a milestone up. @throws Problem 403, 404, 409, 412, 428 */
  cancel(
    actor: Actor,
    id: string,
    revision: number | null,
    { authority, reason }: { authority: string; reason: string | null },
  ): Promise<MilestoneView> {
    const permission = 'milestone:review';
    return this.move(actor, id, revision, { verb: 'cancel', permission, reason, grounds: { authority } });
  }

  /** Opens a met milestone again, on an open finding. @throws Problem 403, 404, 409, 412, 428 */
  reopen(
    actor: Actor,
    id: string,
    revision: number | null,
    { finding, reason }: { finding: string; reason: string | null },
  ): Promise<MilestoneView> {
    const permission = 'milestone:review';
    return this.move(actor, id, revision, {
      verb: 'reopen',
      permission,
      reason,
      grounds: { finding },
      blockers: async (tx, row) => {
        const reference = finding.trim();
        const named = await findingNamed(tx, row.programme_id, reference);
        return groundBlockers(named, { reference, trustId: row.trust_id });
      },
    });
  }

  /** Each milestone that a line names, locked. @throws Problem 422 for one that the trust does not have */
  private async locked<Line extends { milestone: string }>(
    tx: Tx,
    { programmeId, trustId }: { programmeId: string; trustId: string },
    lines: readonly Line[],
  ): Promise<Array<[Milestone, Line]>> {
    const standing = await milestonesOfTrust(tx, programmeId, trustId);
    const pairs = lines.map((line) => {
      const found = standing.find(({ code }) => code === line.milestone);
      if (!found)
        throw unprocessable('unknown-milestone', `There is no milestone ${line.milestone} any more.`);
      return { id: found.id, line };
    });
    const ids = pairs.map(({ id }) => id);
    const rows = await tx.lockAll(Milestone, ids, 'milestone');
    return pairs.map(({ id, line }) => [rows.get(id) as Milestone, line]);
  }

  private move(actor: Actor, id: string, revision: number | null, move: Move): Promise<MilestoneView> {
    const { verb, permission } = move;
    const grounds = { ...NO_GROUNDS, ...move.grounds };
    const order = { actor, action: `milestone.${verb}`, reason: inWords(grounds, move.reason) };
    return this.work.run(order, async (tx) => {
      requirePermission(actor, permission);
      const row = await tx.lockRevision(Milestone, id, revision, 'milestone');
      refuseIfBlocked('This milestone cannot do that now.', [
        ...MILESTONE.blockers(verb, row.state),
        ...groundsBlockers(verb, grounds),
        ...((await move.blockers?.(tx, row)) ?? []),
      ]);
      const state = MILESTONE.next(verb, row.state);
      await tx.change(Milestone, row, { state, ...(RESUMING.includes(verb) ? { actual_on: null } : {}) });
      await keepReview(tx, row, verb);
      return (await milestone(tx, id)) as MilestoneView;
    });
  }
}

/** What a go-live lacked on its actual day (domain.md section 9, rule 13). */
async function coverageBlockers(tx: Tx, { kind, actual_on, project_id }: Milestone): Promise<Blocker[]> {
  if (kind !== GO_LIVE) return [];
  const [facts] = await coverageFacts(tx, [project_id]);
  return goLiveBlockers({ kind, actualOn: actual_on }, facts);
}

/** Grounds and reason as the log keeps them. */
function inWords(grounds: MilestoneGrounds, reason: string | null): string | undefined {
  const words = [
    grounds.authority && `Authority: ${grounds.authority}`,
    grounds.finding && `Finding: ${grounds.finding}`,
    reason,
  ].filter(Boolean);
  return words.length > 0 ? words.join('. ') : undefined;
}
