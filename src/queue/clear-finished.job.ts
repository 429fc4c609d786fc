import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { defineJob, HandlesJob, type JobHandler } from './job.js';
import { MessageQueue } from './message-queue.js';

export const CLEAR_FINISHED = defineJob<Record<string, never>>('clear-finished');

const KEEP = `interval '30 days'`;

/** Deletes what has served its time. Messages that failed stay until somebody has seen to them. */
@Injectable()
@HandlesJob(CLEAR_FINISHED)
export class ClearFinished implements JobHandler<Record<string, never>> {
  constructor(private readonly queue: MessageQueue) {}

  async handle(tx: Tx): Promise<object> {
    const counts = await tx.query<{ messages: number; keys: number }>(
      `with messages as (delete from outbox_message where finished_at < now() - ${KEEP} returning 1),
         keys as (delete from idempotency_key where created_at < now() - ${KEEP} returning 1)
       select (select count(*)::int from messages) as messages, (select count(*)::int from keys) as keys`,
    );
    return { ...counts[0], jobs: await this.queue.clean() };
  }
}
