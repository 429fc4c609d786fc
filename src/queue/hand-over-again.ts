import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../core/actor.js';
import { ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { MessageQueue } from './message-queue.js';
import { QueueOptions } from './queue-options.js';

interface Handed {
  id: string;
  handings: number;
}

const PAGE = 200;
const ALL = { trustId: null };

/**
 * Finds messages that were handed over and are neither done nor failed, and that the queue no longer has: it was
 * emptied, or gave up on them. They are handed over again, so an emptied queue loses nothing.
 */
@Injectable()
export class HandOverAgain {
  private readonly logger = new Logger(HandOverAgain.name);

  constructor(
    private readonly readScope: ReadScope,
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: MessageQueue,
    private readonly options: QueueOptions,
  ) {}

  /** @returns how many messages are handed over again */
  async run(): Promise<number> {
    let count = 0;
    for (let after: string | null = null, page: Handed[] = []; ; ) {
      page = await this.handed(after);
      const missing: Handed[] = [];
      for (const message of page)
        if (!(await this.queue.holds(message.id, message.handings))) missing.push(message);
      count += await this.takeBack(missing);
      if (page.length < PAGE) break;
      after = page.at(-1)?.id ?? null;
    }
    if (count > 0)
      this.logger.warn(`The queue no longer had ${count} unfinished messages; they are handed over again.`);
    return count;
  }

  private handed(after: string | null): Promise<Handed[]> {
    return this.readScope.run(ALL, (sql) =>
      sql.query<Handed>(
        `select id, handings from outbox_message
         where finished_at is null and failed_at is null and ($1::uuid is null or id > $1)
           and greatest(handed_at, started_at) < clock_timestamp() - make_interval(secs => $2)
           and handed_at is not null
         order by id limit ${PAGE}`,
        [after, this.options.missingAfterSeconds],
      ),
    );
  }

  /** Only those that have not moved on since they were looked at. */
  private async takeBack(missing: readonly Handed[]): Promise<number> {
    if (missing.length === 0) return 0;
    const actor = systemActor('hand-over-again', randomUUID());
    return this.unitOfWork.run({ actor, action: 'message.take-back' }, async (tx) => {
      const back = await tx.query(
        `with back as (
           update outbox_message m set handed_at = null
           from unnest($1::uuid[], $2::integer[]) as gone (id, handings)
           where m.id = gone.id and m.handings = gone.handings and m.handed_at is not null
             and m.finished_at is null and m.failed_at is null
           returning m.id)
         select id from back`,
        [missing.map((message) => message.id), missing.map((message) => message.handings)],
      );
      return back.length;
    });
  }
}
