import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { refuseIfBlocked, unprocessable } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Ledger } from '../ledger.js';
import { letGo } from '../match/cost-evidence.queries.js';
import { Claim, ClaimLine, ClaimQuery } from './claim.entity.js';
import { type ClaimView, claim } from './claim.queries.js';
import { peopleOf, reviewBlockers } from './claim.rules.js';
import { decisionFaults, type LineDecision } from './claim-decision.rules.js';
import { claimAlone, currentLines, moved } from './claim-locks.js';
import { releaseMovements } from './claim-movements.rules.js';

/** The funder's side of a claim up to the decision: checking it, querying it, recommending it, rejecting it. */
@Injectable()
export class ClaimReviewService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Takes a submitted claim to be checked against its evidence. @throws Problem 403, 404, 409, 412, 428 */
  check(actor: Actor, id: string, revision: number | null): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.check' }, async (tx) => {
      const row = await this.take(tx, id, revision, 'check');
      await tx.change(Claim, row, { ...moved(tx, 'check', row), checked_by: actor.id, checked_at: tx.at });
      return view(tx, id);
    });
  }

  /** Gives a claim back that was taken up, by oneself or by somebody who is away: it waits again. @throws Problem 403, 404, 409, 412, 428 */
  giveBack(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.give-back', reason }, async (tx) => {
      const row = await this.take(tx, id, revision, 'give-back');
      await tx.change(Claim, row, { ...moved(tx, 'give-back', row), checked_by: null, checked_at: null });
      return view(tx, id);
    });
  }

  /**
   * Sends a claim back with questions, on lines or on the claim as a whole.
   * @throws Problem 403, 404, 409, 412, 428; 422 for a line that the claim does not have
   */
  query(
    actor: Actor,
    id: string,
    revision: number | null,
    questions: ReadonlyArray<{ position: number | null; question: string }>,
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.query' }, async (tx) => {
      const row = await this.take(tx, id, revision, 'query');
      refuseUnknownLines(questions, await currentLines(tx, row));
      for (const { position, question } of questions)
        await tx.insert(ClaimQuery, {
          trust_id: row.trust_id,
          claim_id: row.id,
          version: row.version,
          position,
          question,
          raised_by: actor.id,
        });
      await tx.change(Claim, row, moved(tx, 'query', row));
      return view(tx, id);
    });
  }

  /**
   * Recommends a claim to whoever approves it, with less of some lines where that is the recommendation.
   * @throws Problem 403, 404, 409, 412, 428; 422 with what is wrong with the lines
   */
  recommend(
    actor: Actor,
    id: string,
    revision: number | null,
    { recommendation, lines: wanted }: { recommendation: string; lines: readonly LineDecision[] },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.recommend' }, async (tx) => {
      const row = await this.take(tx, id, revision, 'recommend');
      const lines = await currentLines(tx, row);
      refuseFaults(lines, wanted);
      for (const { position, approvedPence, because } of wanted) {
        const line = lines.find((each) => each.position === position) as ClaimLine;
        await tx.change(ClaimLine, line, { recommended_pence: approvedPence, recommended_because: because });
      }
      await tx.change(Claim, row, {
        ...moved(tx, 'recommend', row),
        recommended_by: actor.id,
        recommended_at: tx.at,
        recommendation,
      });
      return view(tx, id);
    });
  }

  /**
   * Rejects a claim: what it claimed goes back to the award, and its evidence is let go. A first approval falls.
   * @throws Problem 403, 404, 409, 412, 428
   */
  reject(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.reject', reason }, async (tx) => {
      requirePermission(actor, 'claim:approve');
      const { agreement, row } = await claimAlone(tx, id, revision);
      refuseIfBlocked('This claim cannot be rejected now.', blockersOf(row, 'reject', actor));
      const lines = await currentLines(tx, row);
      await this.ledger.post(tx, agreement, {
        kind: 'release',
        datedOn: this.clock.today(),
        narrative: `${row.reference} rejected`,
        movements: releaseMovements(
          lines.map((line) => ({ lineId: line.line_id, amountPence: line.claimed_pence })),
          'claimed',
          row.tranche_id,
        ),
        cause: { claimId: id },
      });
      await undecide(tx, lines);
      await letGo(tx, { claimId: id });
      await tx.change(Claim, row, {
        ...moved(tx, 'reject', row),
        approved_pence: null,
        approved_by: null,
        approved_at: null,
        decision_reason: reason,
        ended_by: actor.id,
      });
      return view(tx, id);
    });
  }

  /** A claim for whoever checks it. @throws Problem 403, 404, 409, 412, 428 */
  private async take(
    tx: Tx,
    id: string,
    revision: number | null,
    verb: 'check' | 'give-back' | 'query' | 'recommend',
  ): Promise<Claim> {
    requirePermission(tx.actor, 'claim:check');
    const row = await tx.lockRevision(Claim, id, revision, 'claim');
    refuseIfBlocked(REFUSED[verb], blockersOf(row, verb, tx.actor));
    return row;
  }
}

const REFUSED = {
  check: 'This claim cannot be checked now.',
  'give-back': 'This claim cannot be given back now.',
  query: 'This claim cannot be queried now.',
  recommend: 'This claim cannot be recommended now.',
};

const view = async (tx: Tx, id: string): Promise<ClaimView> => (await claim(tx, id)) as ClaimView;

const blockersOf = (row: Claim, verb: Parameters<typeof reviewBlockers>[0]['verb'], actor: Actor) =>
  reviewBlockers({ verb, state: row.state, people: peopleOf(row), actorId: actor.id });

/** @throws Problem 422 with all that is wrong with what is said of lines */
export function refuseFaults(lines: readonly ClaimLine[], wanted: readonly LineDecision[]): void {
  const faults = decisionFaults(lines.map(decidable), wanted);
  if (faults.length > 0)
    throw unprocessable(
      'invalid-lines',
      'What is said of these lines cannot stand; nothing was stored.',
      faults,
    );
}

/** A line as decisions are held against it. */
export const decidable = (line: ClaimLine) => ({
  position: line.position,
  claimedPence: line.claimed_pence,
  recommendedPence: line.recommended_pence,
  recommendedBecause: line.recommended_because,
});

/** Takes back what was approved of lines. */
export async function undecide(tx: Tx, lines: readonly ClaimLine[]): Promise<void> {
  for (const line of lines)
    if (line.approved_pence !== null)
      await tx.change(ClaimLine, line, { approved_pence: null, disallowed_because: null });
}

function refuseUnknownLines(
  questions: ReadonlyArray<{ position: number | null }>,
  lines: readonly ClaimLine[],
): void {
  const faults = questions.flatMap(({ position }, index) =>
    position === null || lines.some((line) => line.position === position)
      ? []
      : [
          {
            code: 'unknown-line',
            message: `The claim has no line ${position}.`,
            pointer: `/questions/${index}/position`,
          },
        ],
  );
  if (faults.length > 0)
    throw unprocessable('unknown-line', 'A question is about a line that the claim does not have.', faults);
}
