import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { CLEAR_SIGN_INS } from './identity.jobs.js';
import { Sessions } from './sessions.js';

@Injectable()
@HandlesJob(CLEAR_SIGN_INS)
export class ClearSignInsJob implements JobHandler<Record<string, never>> {
  constructor(private readonly sessions: Sessions) {}

  handle(tx: Tx): Promise<object> {
    return this.sessions.clear(tx);
  }
}
