import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { KeptSums } from './kept-sums.js';
import { KEEP_SUMS } from './programme.jobs.js';

@Injectable()
@HandlesJob(KEEP_SUMS)
export class KeepSumsJob implements JobHandler<object> {
  constructor(private readonly sums: KeptSums) {}

  handle(tx: Tx) {
    return this.sums.keep(tx);
  }
}
