import { Injectable } from '@nestjs/common';
import { newestCheckpoint } from '../audit/checkpoint.queries.js';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { Outbox } from '../queue/outbox.js';
import { MAIL_CHECKPOINTS, SEND_CHECKPOINT } from './notifications.jobs.js';

/** A letter to each auditor with the newest checkpoint, also where it is the one of the day before. */
@Injectable()
@HandlesJob(MAIL_CHECKPOINTS)
export class MailCheckpoints implements JobHandler<Record<string, never>> {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  async handle(tx: Tx): Promise<object> {
    const checkpoint = await newestCheckpoint(tx);
    const auditors = checkpoint ? this.config.mail.auditors : [];
    const order = { size: checkpoint?.size ?? 0, day: this.clock.today() };
    for (const to of auditors) await this.outbox.add(tx, SEND_CHECKPOINT, { ...order, to });
    return { size: checkpoint?.size ?? null, letters: auditors.length };
  }
}
