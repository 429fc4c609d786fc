import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import {
  cursorValues,
  eachPage,
  type InPages,
  isText,
  type Page,
  type PageRequest,
  pageOf,
  pagesOf,
} from '../core/paging.js';
import { notFound, Problem, titleOf } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import type { Sql } from '../database/sql.js';
import type { Accepted, AcceptedGrant } from './grant.rules.js';
import type { Grant, PackageHead } from './grant.types.js';
import { type MatchRow, matchRows } from './match.rules.js';
import { acceptedGrants, acceptedTogether, acceptedTotals, ledgerTotals } from './open-data.queries.js';
import { grantsOf, type Publisher, packageOf } from './package.rules.js';
import { beside, type ReconciledTotal } from './reconciliation.rules.js';

/** What is open of one programme or of all, all of the same moment. */
export interface OpenData {
  package: PackageHead;
  grants: InPages<Grant>;
  match: InPages<MatchRow>;
}

/** As many grants as are read at once where all are wanted. */
const READ_AT_ONCE = 500;

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
   * What is open, for a file: read while the work takes it, page after page.
   * @param origin this server as browsers reach it: a scheme, a host and a port
   * @param slug of one programme; null for all
   * @throws Problem 404 where nothing is accepted, or nothing may be published yet; whatever the work throws
   */
  async of<T>(
    origin: string,
    slug: string | null,
    work: (open: OpenData) => Promise<T>,
    atOnce = READ_AT_ONCE,
  ): Promise<T> {
    const publisher = this.publisher(origin);
    if (!publisher) throw notSetUp();
    return this.scope.runLong({ trustId: null }, async (sql) => {
      const together = await acceptedTogether(sql, slug);
      if (!together) throw notFound(slug === null ? 'accepted grant' : 'programme with an accepted grant');
      const rows = () =>
        pagesOf<AcceptedGrant>(atOnce, (limit, last) =>
          acceptedGrants(sql, { slug, after: last && placeOf(last), limit }),
        );
      return work({
        package: packageOf(together, slug, publisher),
        grants: eachPage(rows(), (page) => grantsOf(page, publisher)),
        match: eachPage(rows(), (page) => matchRows(page, publisher.prefix)),
      });
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
        acceptedTogether(sql, null),
        acceptedGrants(sql, { after: from, limit: limit + 1 }),
        this.totals(sql, null),
      ]);
      if (!together) return undefined;
      const { items, next } = pageOf(rows, limit, placeOf);
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
}

/** Where a grant stands in the list. */
const placeOf = ({ programme, awardee }: AcceptedGrant): [slug: string, odsCode: string] => [
  programme.slug,
  awardee.odsCode,
];

function notSetUp(): Problem {
  return new Problem({
    status: 404,
    code: 'open-data-not-set-up',
    title: titleOf(404),
    detail:
      'No open data is published here yet. Whoever runs this server registers a prefix with 360Giving and sets OPEN_DATA_PREFIX to it.',
  });
}
