import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { ReadScope } from '../database/read-scope.js';
import {
  type ProgrammeTowardPoint,
  programmeHistoryToward,
  type TrustToward,
  type TrustTowardPoint,
  trustHistoriesToward,
  trustsToward,
} from './toward-target.queries.js';

/** Histories toward one version of a target set. */
export interface TowardHistories {
  programme: ProgrammeTowardPoint[];
  /** Of the trusts that the reader may see figures of. */
  trusts: TrustTowardPoint[];
}

/** Where trusts and their programme stand toward each target set. */
@Injectable()
export class TowardTargetReader {
  constructor(private readonly scope: ReadScope) {}

  /** Where each trust stands toward each version of each target set; none where there is no programme. */
  trusts(actor: Actor, slug: string): Promise<TrustToward[]> {
    return this.scope.run(actor, (sql) => trustsToward(sql, slug));
  }

  /** Histories toward one version of a target set, by its id. */
  histories(actor: Actor, slug: string, targetSetId: string): Promise<TowardHistories> {
    return this.scope.run(actor, async (sql) => ({
      programme: await programmeHistoryToward(sql, slug, targetSetId),
      trusts: await trustHistoriesToward(sql, slug, targetSetId),
    }));
  }
}
