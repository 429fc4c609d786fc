import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { type BlueprintLetterOrder, SEND_BLUEPRINT_NOTICE } from './blueprint.jobs.js';
import { BlueprintNotices } from './blueprint-notices.service.js';

@Injectable()
@HandlesJob(SEND_BLUEPRINT_NOTICE)
export class SendBlueprintNotice implements JobHandler<BlueprintLetterOrder> {
  constructor(private readonly notices: BlueprintNotices) {}

  handle(tx: Tx, order: BlueprintLetterOrder): Promise<object> {
    return this.notices.send(tx, order);
  }
}
