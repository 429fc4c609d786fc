import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, requirePermission } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Agreement } from '../agreements/agreement.entity.js';
import { Ledger } from '../ledger.js';
import { balancesOf } from '../ledger.queries.js';
import type { Stage } from '../ledger.rules.js';
import { Contribution } from './contribution.entity.js';
import { acceptanceOf, type ContributionView, contribution, pledgesBeyond } from './contribution.queries.js';
import { CONTRIBUTION, decisionBlockers, matchUnderBlockers, needlessPledges } from './contribution.rules.js';
import { held } from './contribution.service.js';
import { letGo } from './cost-evidence.queries.js';

type Decision = 'accept' | 'reject' | 'take-back';

/** The funder's side of match: what counts toward the ratio, decided by another person than whoever put it in. */
@Injectable()
export class ContributionReviewService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Accepts what is evidenced: it counts toward the match ratio from now on. @throws Problem 403, 404, 409, 412, 428 */
  accept(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string | null },
  ): Promise<ContributionView> {
    return this.decide(actor, id, revision, 'accept', reason, (tx, agreement, row) =>
      this.move(tx, agreement, row, 'accept', 'evidenced', 'accepted'),
    );
  }

  /**
   * Rejects what is evidenced: it is a pledge again that must be proved anew, and its evidence counts no more. What was
   * pledged beyond the agreement and is not needed any more goes back.
   * @throws Problem 403, 404, 409, 412, 428
   */
  reject(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ContributionView> {
    return this.decide(actor, id, revision, 'reject', reason, async (tx, agreement, row) => {
      await letGo(tx, { contributionId: id });
      await this.move(tx, agreement, row, 'unevidence', 'evidenced', 'pledged');
      await this.giveBack(tx, agreement, row);
    });
  }

  /**
   * Takes an acceptance back that turned out to be wrong. It is not held against what was paid: a fact is not kept out
   * of the books because it is unwelcome, and what is missing afterwards shows as a shortfall.
   * @throws Problem 403, 404, 409, 412, 428
   */
  takeBack(
    actor: Actor,
    id: string,
    revision: number | null,
    { reason }: { reason: string },
  ): Promise<ContributionView> {
    return this.decide(actor, id, revision, 'take-back', reason, async (tx, agreement, row) => {
      const journal = await acceptanceOf(tx, id);
      if (!journal) throw new Error(`${row.reference} is accepted, and no journal says so`);
      await this.ledger.reverse(tx, agreement, journal, {
        datedOn: this.clock.today(),
        narrative: `${row.reference}: acceptance taken back`,
      });
    });
  }

  private decide(
    actor: Actor,
    id: string,
    revision: number | null,
    verb: Decision,
    reason: string | null,
    carryOut: (tx: Tx, agreement: Agreement, row: Contribution) => Promise<unknown>,
  ): Promise<ContributionView> {
    const order = { actor, action: `contribution.${verb}`, reason: reason ?? undefined };
    return this.work.run(order, async (tx) => {
      requirePermission(actor, 'match:accept');
      const { agreement, row } = await held(tx, id, revision);
      refuseIfBlocked('This cannot be decided like this now.', [
        ...decisionBlockers({
          verb,
          state: row.state,
          deciderId: actor.id,
          recorderIds: row.recorded_by,
          evidencedById: row.evidenced_by,
        }),
        ...matchUnderBlockers(verb, agreement),
      ]);
      const undone = verb === 'take-back';
      await tx.change(Contribution, row, {
        state: CONTRIBUTION.next(verb, row.state),
        decided_by: undone ? null : actor.id,
        decided_at: undone ? null : tx.at,
        decision_reason: reason,
      });
      await carryOut(tx, agreement, row);
      return (await contribution(tx, id)) as ContributionView;
    });
  }

  private move(
    tx: Tx,
    agreement: Agreement,
    row: Contribution,
    kind: 'accept' | 'unevidence',
    from: Stage,
    to: Stage,
  ): Promise<string> {
    return this.ledger.post(tx, agreement, {
      kind,
      datedOn: this.clock.today(),
      narrative: `${row.reference}: ${kind === 'accept' ? 'accepted' : 'rejected'}`,
      cause: { contributionId: row.id },
      movements: [{ lineId: row.line_id, source: 'match', from, to, amountPence: row.amount_pence }],
    });
  }

  private async giveBack(tx: Tx, agreement: Agreement, row: Contribution): Promise<void> {
    const accounts = (await balancesOf(tx, agreement.id)).filter(
      ({ lineId, source }) => lineId === row.line_id && source === 'match',
    );
    const at = (stage: Stage): number =>
      accounts.find((account) => account.stage === stage)?.balancePence ?? 0;
    const beyond = await pledgesBeyond(tx, agreement.id, row.line_id);
    const needless = needlessPledges({
      pledgedPence: at('pledged'),
      evidencedPence: at('evidenced'),
      acceptedPence: at('accepted'),
      beyond,
    });
    for (const journal of beyond.filter(({ id }) => needless.includes(id)))
      await this.ledger.reverse(tx, agreement, journal, {
        datedOn: this.clock.today(),
        narrative: `Not needed any more: ${row.reference} was rejected`,
      });
  }
}
