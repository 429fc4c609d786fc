import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { JobDefinition } from './job.js';
import { JobRegistry } from './job-registry.js';

export interface MessageOptions {
  /** The trust that may see the receipt; null (as by default) for the funder alone. */
  trustId?: string | null;
  /**
   * Messages of one job and key that have not started are one message, with the newest payload. Use it where one
   * run answers for all of them: what it reads is what they all changed.
   */
  coalesceKey?: string;
}

/**
 * Where consequences are written down. A message commits or rolls back with its cause, and is handed to the queue
 * after the commit.
 */
@Injectable()
export class Outbox {
  constructor(private readonly registry: JobRegistry) {}

  /**
   * Writes a message in the caller's transaction, in the name of its actor and request.
   * @param payload plain JSON: ids, not things
   * @returns the message's id, which is also its receipt's
   * @throws Error where the job is not one of this program
   */
  async add<Payload extends object>(
    tx: Tx,
    job: JobDefinition<Payload>,
    payload: NoInfer<Payload>,
    { trustId = null, coalesceKey }: MessageOptions = {},
  ): Promise<string> {
    this.registry.job(job.name);
    const [message] = await tx.query<{ id: string }>(INSERT, [
      job.name,
      JSON.stringify(payload),
      trustId,
      coalesceKey ?? null,
      tx.actor.id,
      tx.actor.requestId,
    ]);
    return (message as { id: string }).id;
  }
}

/**
 * Under a key the update holds the waiting message's row until this transaction ends. A worker starts a message by
 * updating that row: it either started before, and then this is a message of its own, or starts after the commit.
 */
const INSERT = `insert into outbox_message (job, payload, trust_id, coalesce_key, actor_id, request_id)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (job, coalesce_key) where coalesce_key is not null and started_at is null and finished_at is null
  do update set payload = excluded.payload, asked_on = excluded.asked_on
  returning id`;
