import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { type Blocker, blockers } from '../core/blockers.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import { firstRow } from '../database/sql.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';

interface Failed {
  failed: boolean;
  finished: boolean;
  newerWaits: boolean;
}

/** What an administrator does with jobs. */
@Injectable()
export class JobService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Tries a failed message again, as if it were new.
   * @throws Problem 403, 404, 409 where it has not failed, or a newer message will do its work
   */
  async replay(actor: Actor, id: string): Promise<void> {
    requirePermission(actor, 'job:manage');
    await this.unitOfWork.run({ actor, action: 'job.replay' }, async (tx) => {
      const message = await lockMessage(tx, id);
      if (!message) throw notFound('job');
      refuseIfBlocked('This job cannot be replayed now.', replayBlockers(message));
      await tx.query(
        `update outbox_message set failed_at = null, handed_at = null, started_at = null, attempts = 0,
           last_error = null, progress = null
         where id = $1`,
        [id],
      );
    });
  }
}

function replayBlockers({ failed, finished, newerWaits }: Failed): Blocker[] {
  return blockers(
    finished && { code: 'already-done', message: 'This job is done: there is nothing to replay.' },
    !finished &&
      !failed && { code: 'not-failed', message: 'This job has not failed: it waits, or is at work.' },
    newerWaits && { code: 'newer-waits', message: 'A newer job that does the same work waits already.' },
  );
}

function lockMessage(tx: Tx, id: string): Promise<Failed | undefined> {
  return firstRow<Failed>(
    tx,
    `select failed_at is not null as failed, finished_at is not null as finished,
       exists (select from outbox_message w where w.job = m.job and w.coalesce_key = m.coalesce_key
         and w.id <> m.id and w.started_at is null and w.finished_at is null) as "newerWaits"
     from outbox_message m where id = $1 for update of m`,
    [id],
  );
}
