import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { ASSESS_RETURN } from './progress-report.jobs.js';
import { ReviewService } from './review.service.js';

@Injectable()
@HandlesJob(ASSESS_RETURN)
export class AssessReturnJob implements JobHandler<{ reportId: string; version: number }> {
  constructor(private readonly reviews: ReviewService) {}

  handle(tx: Tx, { reportId, version }: { reportId: string; version: number }) {
    return this.reviews.assess(tx, reportId, version);
  }
}
