import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { AssuranceNoticeService } from './assurance-notice.service.js';
import { type AssuranceLetterOrder, SEND_ASSURANCE_NOTICES } from './milestones.jobs.js';

@Injectable()
@HandlesJob(SEND_ASSURANCE_NOTICES)
export class SendAssuranceNotices implements JobHandler<AssuranceLetterOrder> {
  constructor(private readonly notices: AssuranceNoticeService) {}

  handle(tx: Tx, order: AssuranceLetterOrder): Promise<object> {
    return this.notices.send(tx, order);
  }
}
