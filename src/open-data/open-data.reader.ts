import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { cursorValues, isText, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound, Problem, titleOf } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import type { Grant, GrantPackage } from './grant.types.js';
import { type MatchRow, matchRows } from './match.rules.js';
import {
  type Accepted,
  acceptedGrants,
  acceptedTogether,
  acceptedTotals,
  ledgerTotals,
} from './open-data.queries.js';
import { grantsOf, type Publisher, packageOf } from './package.rules.js';
import { beside, type ReconciledTotal } from './reconciliation.rules.js';

/** What is open of one programme or of all, all of the same moment. */
export interface OpenData {
  package: GrantPackage;
  match: MatchRow[];
}

/** What is open of all programmes, taken together, with a page of its grants. */
export interface OpenDataOverview extends Accepted {
  grants: Page<Grant>;
  /** The published totals beside the ledger's. */
  reconciliation: ReconciledTotal[];
}

/**
 * Accepted figures, for anybody. It takes no reader, because it is the same for all: agreements that are or were in
 * force, payments that were made, recoveries that came in and match that was accepted, which its queries alone select.
 */
@Injectable()
export class OpenDataReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly config: Config,
  ) {}

  /** Whether anything may be published at all: a prefix is set, or stands in for one. */
  get setUp(): boolean {
    return this.config.openData.prefix !== undefined;
  }

  /**
   * @param origin this server as browsers reach it: a scheme, a host and a port
   * @param slug of one programme; null for all
   * @returns undefined where nothing is accepted, or nothing may be published yet
   */
  find(origin: string, slug: string | null = null): Promise<OpenData | undefined> {
    const publisher = this.publisher(origin);
    if (!publisher) return Promise.resolve(undefined);
    return this.scope.runLong({ trustId: null }, async (sql) => {
      const rows = await acceptedGrants(sql, { slug });
      return rows.length === 0
        ? undefined
        : { package: packageOf(rows, slug, publisher), match: matchRows(rows, publisher.prefix) };
    });
  }

  /**
   * What is open, without making the files.
   * @returns undefined where nothing is accepted, or nothing may be published yet
   * @throws Problem 400 where the cursor is not one
   */
  overview(origin: string, { limit, after }: PageRequest): Promise<OpenDataOverview | undefined> {
    const from = cursorValues(after, [isText, isText]) as [string, string] | null;
    const publisher = this.publisher(origin);
    if (!publisher) return Promise.resolve(undefined);
    return this.scope.run({ trustId: null }, async (sql) => {
      const [together, rows, reconciliation] = await Promise.all([
        acceptedTogether(sql),
        acceptedGrants(sql, { after: from, limit: limit + 1 }),
        this.totals(sql, null),
      ]);
      if (!together) return undefined;
      const { items, next } = pageOf(rows, limit, ({ programme, awardee }) => [
        programme.slug,
        awardee.odsCode,
      ]);
      return { ...together, grants: { items: grantsOf(items, publisher), next }, reconciliation };
    });
  }

  /**
   * The published totals of a programme beside the ledger's, within a reading of everything that is under way; none
   * where nothing is published. They are those of the files, added up of the same records without making the files.
   */
  totalsIn(sql: Sql, slug: string): Promise<ReconciledTotal[]> {
    return this.setUp ? this.totals(sql, slug) : Promise.resolve([]);
  }

  private async totals(sql: Sql, slug: string | null): Promise<ReconciledTotal[]> {
    const [published, ledger] = await Promise.all([acceptedTotals(sql, slug), ledgerTotals(sql, slug)]);
    return published.length === 0 ? [] : beside(published, ledger);
  }

  private publisher(origin: string): Publisher | undefined {
    const { prefix, licence } = this.config.openData;
    return prefix === undefined ? undefined : { prefix, licence, origin };
  }

  /** As `find`. @throws Problem 404 where there is nothing */
  async of(origin: string, slug: string | null = null): Promise<OpenData> {
    if (!this.setUp) throw notSetUp();
    const found = await this.find(origin, slug);
    if (!found) throw notFound(slug === null ? 'accepted grant' : 'programme with an accepted grant');
    return found;
  }
}

function notSetUp(): Problem {
  return new Problem({
    status: 404,
    code: 'open-data-not-set-up',
    title: titleOf(404),
    detail:
      'No open data is published here yet. Whoever runs this server registers a prefix with 360Giving and sets OPEN_DATA_PREFIX to it.',
  });
}
