import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { RECOMPUTE_PROGRESS } from './progress.jobs.js';
import { ProgressService } from './progress.service.js';

@Injectable()
@HandlesJob(RECOMPUTE_PROGRESS)
export class RecomputeProgressJob
  implements JobHandler<{ programmeId: string; trustId: string; periodId: string }>
{
  constructor(private readonly progress: ProgressService) {}

  handle(
    tx: Tx,
    { programmeId, trustId, periodId }: { programmeId: string; trustId: string; periodId: string },
  ) {
    return this.progress.recompute(tx, programmeId, trustId, periodId);
  }
}
