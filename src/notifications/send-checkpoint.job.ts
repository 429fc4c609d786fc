import { Injectable } from '@nestjs/common';
import { type CheckpointView, checkpointOf } from '../audit/checkpoint.queries.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { checkpointLetter } from './checkpoint-letter.rules.js';
import { Mailer } from './mailer.js';
import { type CheckpointOrder, SEND_CHECKPOINT } from './notifications.jobs.js';

@Injectable()
@HandlesJob(SEND_CHECKPOINT)
export class SendCheckpoint implements JobHandler<CheckpointOrder> {
  constructor(
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  async handle(tx: Tx, { size, to, day }: CheckpointOrder): Promise<object> {
    const checkpoint = (await checkpointOf(tx, size)) as CheckpointView;
    const about = { to, day, address: this.config.signIn.publicUrl };
    await this.mailer.send(checkpointLetter(checkpoint, about));
    return { size };
  }
}
