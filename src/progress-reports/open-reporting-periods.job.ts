import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { OPEN_REPORTING_PERIODS } from './progress-report.jobs.js';
import { ReportingService } from './reporting.service.js';

@Injectable()
@HandlesJob(OPEN_REPORTING_PERIODS)
export class OpenReportingPeriodsJob implements JobHandler<object> {
  constructor(private readonly reporting: ReportingService) {}

  handle(tx: Tx) {
    return this.reporting.openDue(tx);
  }
}
