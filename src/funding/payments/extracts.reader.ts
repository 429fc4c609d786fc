import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { idIn, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type ExtractItemView, type ExtractSummary, extract, extracts } from './extract.queries.js';
import { DAYS_APART } from './extract.rules.js';

/** An extract with all that came of it, and how many days apart two things may be that are matched. */
export type ShownExtract = ExtractSummary & { items: ExtractItemView[]; daysApart: number };

/** Extracts of a bank or a finance ledger as they are shown. */
@Injectable()
export class ExtractsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** A page of a programme's extracts, newest first. @throws Problem 404; 400 where the cursor is not one */
  async list(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<ExtractSummary>> {
    const before = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) => extracts(sql, id, limit + 1, before));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownExtract> {
    const found = await this.scope.run(actor, (sql) => extract(sql, id));
    if (!found) throw notFound('extract');
    return { ...found, daysApart: DAYS_APART };
  }
}
