import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Ledger } from '../ledger.js';
import { Claim, ClaimLine, ClaimQuery, ClaimVersion } from './claim.entity.js';
import { type ClaimView, claim, unansweredQueries } from './claim.queries.js';
import { CLAIM, unansweredBlockers } from './claim.rules.js';
import { claimBesideOthers, currentLines, moved } from './claim-locks.js';
import { releaseMovements } from './claim-movements.rules.js';
import { MENDING } from './claim-steps.rules.js';

/** What a trust does about a queried claim: it answers, and sends the claim back as it stands or as a new version. */
@Injectable()
export class ClaimAnswerService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Answers a query. @throws Problem 403, 404; 409 where the claim is with the funder again or has ended; 412, 428 */
  answerQuery(
    actor: Actor,
    id: string,
    revision: number | null,
    queryId: string,
    answer: string,
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.answer-query' }, async (tx) => {
      requirePermission(actor, 'claim:prepare');
      const row = await tx.lockRevision(Claim, id, revision, 'claim');
      const query = await tx.lock(ClaimQuery, queryId, 'query');
      if (query.claim_id !== row.id) throw notFound('query');
      refuseIfBlocked(
        'This query cannot be answered now.',
        MENDING.includes(row.state) ? [] : CLAIM.blockers('answer', row.state),
      );
      await tx.change(ClaimQuery, query, { answer, answered_by: actor.id, answered_at: tx.at });
      await tx.change(Claim, row, {});
      return view(tx, id);
    });
  }

  /** Sends a queried claim back to its check as it stands, once every query has its answer. @throws Problem 403, 404, 409, 412, 428 */
  answer(actor: Actor, id: string, revision: number | null): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.answer' }, async (tx) => {
      requirePermission(actor, 'claim:submit');
      const row = await tx.lockRevision(Claim, id, revision, 'claim');
      refuseIfBlocked('This claim cannot go back to its check yet.', [
        ...CLAIM.blockers('answer', row.state),
        ...unansweredBlockers(await unansweredQueries(tx, id)),
      ]);
      await tx.change(Claim, row, moved(tx, 'answer', row));
      return view(tx, id);
    });
  }

  /**
   * Begins the next version of a queried claim, as a copy of the current one, which is kept. What was claimed goes
   * back to the award until the new version is certified and submitted.
   * @throws Problem 403, 404, 409, 412, 428
   */
  revise(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ClaimView> {
    return this.work.run({ actor, action: 'claim.revise', reason }, async (tx) => {
      requirePermission(actor, 'claim:prepare');
      const { agreement, row } = await claimBesideOthers(tx, id, revision);
      refuseIfBlocked('This claim cannot be revised now.', CLAIM.blockers('revise', row.state));
      const lines = await currentLines(tx, row);
      await this.ledger.post(tx, agreement, {
        kind: 'release',
        datedOn: this.clock.today(),
        narrative: `${row.reference} revised: version ${row.version} no longer stands`,
        movements: releaseMovements(
          lines.map((line) => ({ lineId: line.line_id, amountPence: line.claimed_pence })),
          'claimed',
          row.tranche_id,
        ),
        cause: { claimId: id },
      });
      await keepVersion(tx, row, reason);
      await startVersion(tx, row, lines);
      return view(tx, id);
    });
  }
}

const view = async (tx: Tx, id: string): Promise<ClaimView> => (await claim(tx, id)) as ClaimView;

async function keepVersion(tx: Tx, row: Claim, reason: string): Promise<void> {
  await tx.insert(ClaimVersion, {
    trust_id: row.trust_id,
    claim_id: row.id,
    number: row.version,
    description: row.description,
    claimed_pence: row.claimed_pence,
    prepared_by: row.prepared_by,
    certified_by: row.certified_by,
    certified_at: row.certified_at,
    submitted_by: row.submitted_by,
    submitted_at: row.submitted_at,
    checked_by: row.checked_by,
    checked_at: row.checked_at,
    revised_by: tx.actor.id,
    reason,
  });
}

/** The lines of the new version are those of the old one, so whoever prepared those prepared these. */
async function startVersion(tx: Tx, row: Claim, lines: readonly ClaimLine[]): Promise<void> {
  const version = row.version + 1;
  await tx.change(Claim, row, {
    ...moved(tx, 'revise', row),
    version,
    prepared_by: [...new Set([...row.prepared_by, tx.actor.id])],
    certified_by: null,
    certified_at: null,
    submitted_by: null,
    submitted_at: null,
    checked_by: null,
    checked_at: null,
  });
  await tx.insertAll(
    ClaimLine,
    lines.map(({ id: _, revision: __, ...line }) => ({
      ...line,
      version,
    })),
  );
}
