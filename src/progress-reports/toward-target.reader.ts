import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import type { PageRequest } from '../core/paging.js';
import { awardeePage } from '../programmes/awardee.queries.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
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
  /** Of a page of the trusts that the reader may see figures of. */
  trusts: TrustTowardPoint[];
  /** How many periods of them these are at most, where not all. */
  periods: number | null;
  /** The cursor of the trusts of the next page; null on the last. */
  next: string | null;
}

/** Periods of each of many trusts that are shown. */
const PERIODS_SHOWN = 8;

/** Where trusts and their programme stand toward each target set. Each reading throws Problem 404, and 400 where the cursor is not one. */
@Injectable()
export class TowardTargetReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /** Where a page of trusts stand toward each version of each target set. */
  trusts(
    actor: Actor,
    slug: string,
    page: PageRequest,
  ): Promise<{ items: TrustToward[]; next: string | null }> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { items, next } = await awardeePage(sql, id, page);
      return { items: await trustsToward(sql, id, idsOf(items)), next };
    });
  }

  /**
   * Histories toward one version of a target set, by its id.
   * @param trust the ODS code of the only trust that is wanted, with all its periods; null: a page of them
   */
  histories(
    actor: Actor,
    slug: string,
    targetSetId: string,
    trust: string | null,
    page: PageRequest,
  ): Promise<TowardHistories> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { items, next } = await awardeePage(sql, id, page, trust);
      const periods = trust === null ? PERIODS_SHOWN : null;
      return {
        programme: await programmeHistoryToward(sql, id, targetSetId),
        trusts: await trustHistoriesToward(sql, id, targetSetId, idsOf(items), periods),
        periods,
        next,
      };
    });
  }
}

const idsOf = (trusts: ReadonlyArray<{ id: string }>): string[] => trusts.map(({ id }) => id);
