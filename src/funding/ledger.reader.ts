import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import type { CopiedRows } from '../database/copied-rows.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { isAgreement, type JournalView, journal, journals } from './journal.queries.js';
import { copiedPostings, type LedgerPostingView, type PostingFilter, postings } from './posting.queries.js';
import {
  type DifferenceFilter,
  type LedgerCheckView,
  type LedgerDifferenceView,
  ledgerChecks,
  ledgerDifferences,
} from './reconciliation.queries.js';
import { WHAT_TO_DO } from './reconciliation.rules.js';

/** A difference with what to do about it. */
export type ShownDifference = LedgerDifferenceView & { whatToDo: string };

/** The ledger and its reconciliation as they are shown. */
@Injectable()
export class LedgerReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** A page of an agreement's journals, newest first. @throws Problem 404; 400 where the cursor is not one */
  async journals(
    actor: Actor,
    agreementId: string,
    { limit, after }: PageRequest,
  ): Promise<Page<JournalView>> {
    const before = idIn(after);
    const rows = await this.scope.run(actor, async (sql) => {
      if (!(await isAgreement(sql, agreementId))) throw notFound('agreement');
      return journals(sql, agreementId, limit + 1, before);
    });
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 404 */
  async journal(actor: Actor, id: string): Promise<JournalView> {
    const found = await this.scope.run(actor, (sql) => journal(sql, id));
    if (!found) throw notFound('journal');
    return found;
  }

  /** A page of all postings of a programme, oldest first. @throws Problem 404; 400 where the cursor is not one */
  async postings(
    actor: Actor,
    slug: string,
    wanted: Omit<PostingFilter, 'readerTrustId'>,
    { limit, after }: PageRequest,
  ): Promise<Page<LedgerPostingView>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      postings(sql, id, { ...wanted, readerTrustId: actor.trustId }, limit + 1, from),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** All of them, for a file. @throws Problem 404; 400 where the cursor is not one */
  copiedPostings(
    actor: Actor,
    slug: string,
    wanted: Omit<PostingFilter, 'readerTrustId'>,
    after: string | undefined,
  ): Promise<CopiedRows> {
    const from = idIn(after);
    return this.programmes.within(actor, slug, async (_, id) =>
      copiedPostings(id, { ...wanted, readerTrustId: actor.trustId }, from),
    );
  }

  /** A page of the checks of a programme's ledger, newest first. @throws Problem 404; 400 where the cursor is not one */
  async checks(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<LedgerCheckView>> {
    const before = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      ledgerChecks(sql, id, limit + 1, before),
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** A page of what checks found, each with what to do about it. @throws Problem 404; 400 where the cursor is not one */
  async differences(
    actor: Actor,
    slug: string,
    filter: DifferenceFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<ShownDifference>> {
    const before = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      ledgerDifferences(sql, id, filter, limit + 1, before),
    );
    const told = rows.map((row) => ({ ...row, whatToDo: WHAT_TO_DO[row.kind] }));
    return pageOf(told, limit, ({ id }) => [id]);
  }
}
