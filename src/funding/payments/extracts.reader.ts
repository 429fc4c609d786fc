import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { cursorValues, idIn, isId, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import {
  type ExtractItemView,
  type ExtractPlace,
  type ExtractSummary,
  extract,
  extractItems,
  extracts,
} from './extract.queries.js';
import { DAYS_APART } from './extract.rules.js';

/** An extract with a page of what came of it, and how many days apart two things may be that are matched. */
export type ShownExtract = ExtractSummary & Page<ExtractItemView> & { daysApart: number };

const isLine = (value: unknown): boolean => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
const PLACE = [(value: unknown): boolean => typeof value === 'boolean', isLine, isId];

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

  /**
   * An extract with a page of its lines in their order, and after them the payments that no line names.
   * @param wrongFirst whether what is matched comes after all that is not
   * @throws Problem 404; 400 where the cursor is not one
   */
  async one(
    actor: Actor,
    id: string,
    { limit, after }: PageRequest,
    wrongFirst = false,
  ): Promise<ShownExtract> {
    const from = cursorValues(after, PLACE) as ExtractPlace | null;
    const { found, rows } = await this.scope.run(actor, async (sql) => ({
      found: await extract(sql, id),
      rows: await extractItems(sql, id, wrongFirst, limit + 1, from),
    }));
    if (!found) throw notFound('extract');
    const { items, next } = pageOf(rows, limit, ({ place }) => place);
    return { ...found, daysApart: DAYS_APART, items: items.map(({ place: _, ...item }) => item), next };
  }
}
