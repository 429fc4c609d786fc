import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { REMOVE_EXPORTS } from './export.jobs.js';
import { ExportMaker } from './export-maker.js';

@Injectable()
@HandlesJob(REMOVE_EXPORTS)
export class RemoveExportsJob implements JobHandler<Record<string, never>> {
  constructor(private readonly maker: ExportMaker) {}

  handle(tx: Tx): Promise<object> {
    return this.maker.removeExpired(tx);
  }
}
