import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { LOCK_ACCEPTED_RETURNS } from './progress-report.jobs.js';
import { ReportingService } from './reporting.service.js';

@Injectable()
@HandlesJob(LOCK_ACCEPTED_RETURNS)
export class LockAcceptedReturnsJob implements JobHandler<object> {
  constructor(private readonly reporting: ReportingService) {}

  handle(tx: Tx) {
    return this.reporting.lockAccepted(tx);
  }
}
