import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { ReadScope } from '../../database/read-scope.js';
import { type AuditReadFilter, type AuditReadView, auditReads } from './audit-read.queries.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/;
const isInstant = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value);

/** What auditors looked at, as it is shown. */
@Injectable()
export class AuditReadsReader {
  constructor(private readonly scope: ReadScope) {}

  /** A page of it, the latest first. @throws Problem 400 where the cursor is not one */
  async list(
    actor: Actor,
    filter: AuditReadFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<AuditReadView>> {
    const before = cursorValues(after, [isInstant, isId]);
    const rows = await this.scope.run(actor, (sql) => auditReads(sql, filter, limit + 1, before));
    return pageOf(rows, limit, ({ at, id }) => [at, id]);
  }
}
