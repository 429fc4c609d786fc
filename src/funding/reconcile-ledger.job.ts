import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { RECONCILE_LEDGER } from './funding.jobs.js';
import { ReconciliationService } from './reconciliation.service.js';

@Injectable()
@HandlesJob(RECONCILE_LEDGER)
export class ReconcileLedgerJob implements JobHandler<{ programmeId?: string }> {
  constructor(private readonly reconciliation: ReconciliationService) {}

  handle(tx: Tx, { programmeId }: { programmeId?: string }) {
    return programmeId === undefined
      ? this.reconciliation.askForAll(tx)
      : this.reconciliation.check(tx, programmeId);
  }
}
