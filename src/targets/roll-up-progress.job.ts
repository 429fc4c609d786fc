import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { ROLL_UP_PROGRESS } from './progress.jobs.js';
import { ProgressService } from './progress.service.js';

@Injectable()
@HandlesJob(ROLL_UP_PROGRESS)
export class RollUpProgressJob implements JobHandler<{ programmeId: string; periodId: string }> {
  constructor(private readonly progress: ProgressService) {}

  handle(tx: Tx, { programmeId, periodId }: { programmeId: string; periodId: string }) {
    return this.progress.rollUp(tx, programmeId, periodId);
  }
}
