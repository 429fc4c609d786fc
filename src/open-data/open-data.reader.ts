import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { notFound, Problem, titleOf } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import type { GrantPackage } from './grant.types.js';
import { type MatchRow, matchRows } from './match.rules.js';
import { acceptedGrants, acceptedTotals, ledgerTotals } from './open-data.queries.js';
import { packageOf } from './package.rules.js';
import { beside, type ReconciledTotal, reconciled } from './reconciliation.rules.js';

/** What is open of one programme or of all, all of the same moment. */
export interface OpenData {
  package: GrantPackage;
  match: MatchRow[];
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
    if (!this.setUp) return Promise.resolve(undefined);
    return this.scope.run({ trustId: null }, (sql) => this.read(sql, origin, slug));
  }

  /**
   * The published totals of a programme beside the ledger's, within a reading of everything that is under way; none
   * where nothing is published. They are those of the files, added up of the same records without making the files.
   */
  async totalsIn(sql: Sql, slug: string): Promise<ReconciledTotal[]> {
    if (!this.setUp) return [];
    const published = await acceptedTotals(sql, slug);
    return published.length === 0 ? [] : beside(published, await ledgerTotals(sql, slug));
  }

  private async read(sql: Sql, origin: string, slug: string | null): Promise<OpenData | undefined> {
    const { prefix, licence } = this.config.openData;
    if (prefix === undefined) return undefined;
    const rows = await acceptedGrants(sql, slug);
    if (rows.length === 0) return undefined;
    const published = packageOf(rows, slug, { prefix, licence, origin });
    const match = matchRows(rows, prefix);
    const reconciliation = reconciled(published.grants, match, await ledgerTotals(sql, slug));
    return { package: published, match, reconciliation };
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
