import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Ledger } from '../ledger.js';
import { balancesOf } from '../ledger.queries.js';
import { withdrawnMovements } from '../ledger-lines.rules.js';
import type { Agreement } from './agreement.entity.js';
import type { AgreementView } from './agreement.queries.js';
import { underWayBlockers } from './agreement.rules.js';
import { takeStep } from './agreement-step.js';
import { underWay } from './under-way.queries.js';
import { withdrawUnfinished } from './unfinished.js';

/** An agreement from the day on which it is in force to its end. */
@Injectable()
export class AgreementEndingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** Stops it for a time: nothing is claimed or paid. @throws Problem 403, 404, 409, 412, 428 */
  suspend(actor: Actor, id: string, revision: number | null, reason: string): Promise<AgreementView> {
    return takeStep(this.work, actor, { id, revision }, { verb: 'suspend', reason });
  }

  /** Lets it go on. @throws Problem 403, 404, 409, 412, 428 */
  resume(actor: Actor, id: string, revision: number | null, reason: string): Promise<AgreementView> {
    return takeStep(this.work, actor, { id, revision }, { verb: 'resume', reason });
  }

  /** Begins to close it. @throws Problem 403, 404, 409, 412, 428 */
  beginClosing(actor: Actor, id: string, revision: number | null, reason?: string): Promise<AgreementView> {
    return takeStep(this.work, actor, { id, revision }, { verb: 'begin-closing', reason });
  }

  /**
   * Closes it once nothing is under way: what was never claimed or evidenced is withdrawn.
   * @throws Problem 403, 404, 409, 412, 428
   */
  close(actor: Actor, id: string, revision: number | null, reason?: string): Promise<AgreementView> {
    return takeStep(
      this.work,
      actor,
      { id, revision },
      {
        verb: 'close',
        reason,
        blockers: async (tx) => underWayBlockers('close', await underWay(tx, id)),
        effect: (tx, { agreement }) => this.withdrawRest(tx, agreement, `${agreement.reference} closed`),
      },
    );
  }

  /**
   * Ends it before its time, on an authority: what was never claimed or evidenced is withdrawn. What was paid stands,
   * and can be recovered.
   * @throws Problem 403, 404, 409, 412, 428
   */
  terminate(
    actor: Actor,
    id: string,
    revision: number | null,
    { authority, reason }: { authority: string; reason: string },
  ): Promise<AgreementView> {
    return takeStep(
      this.work,
      actor,
      { id, revision },
      {
        verb: 'terminate',
        reason: `Authority: ${authority}. ${reason}`,
        blockers: async (tx) => underWayBlockers('terminate', await underWay(tx, id)),
        effect: (tx, { agreement }) => this.withdrawRest(tx, agreement, `${agreement.reference} terminated`),
      },
    );
  }

  private async withdrawRest(tx: Tx, agreement: Agreement, why: string): Promise<object> {
    await withdrawUnfinished(tx, agreement.id);
    const movements = withdrawnMovements(await balancesOf(tx, agreement.id));
    const narrative = `${why}: what was never claimed or evidenced is withdrawn`;
    if (movements.length > 0)
      await this.ledger.post(tx, agreement, {
        kind: 'withdraw',
        datedOn: this.clock.today(),
        narrative,
        movements,
      });
    return {};
  }
}
