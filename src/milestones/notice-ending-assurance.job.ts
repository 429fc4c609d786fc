import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { AssuranceNoticeService } from './assurance-notice.service.js';
import { NOTICE_ENDING_ASSURANCE } from './milestones.jobs.js';

@Injectable()
@HandlesJob(NOTICE_ENDING_ASSURANCE)
export class NoticeEndingAssurance implements JobHandler<Record<string, never>> {
  constructor(private readonly notices: AssuranceNoticeService) {}

  handle(tx: Tx): Promise<object> {
    return this.notices.write(tx);
  }
}
