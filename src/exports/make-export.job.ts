import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler, type ReportProgress } from '../queue/job.js';
import { MAKE_EXPORT } from './export.jobs.js';
import { ExportMaker } from './export-maker.js';

@Injectable()
@HandlesJob(MAKE_EXPORT)
export class MakeExportJob implements JobHandler<{ exportId: string }> {
  constructor(private readonly maker: ExportMaker) {}

  handle(tx: Tx, { exportId }: { exportId: string }, report: ReportProgress): Promise<object> {
    return this.maker.make(tx, exportId, report);
  }
}
