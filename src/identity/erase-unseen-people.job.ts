import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { HandlesJob, type JobHandler } from '../queue/job.js';
import { ErasureService } from './erasure.service.js';
import { ERASE_UNSEEN_PEOPLE } from './identity.jobs.js';

@Injectable()
@HandlesJob(ERASE_UNSEEN_PEOPLE)
export class EraseUnseenPeopleJob implements JobHandler<Record<string, never>> {
  constructor(private readonly erasure: ErasureService) {}

  async handle(tx: Tx): Promise<object> {
    return { erased: await this.erasure.eraseUnseen(tx) };
  }
}
