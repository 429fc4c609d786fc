import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/actor.js';
import { cursorValues, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { ReadScope } from '../database/read-scope.js';
import { type LogEntryView, type LogFilter, logEntries } from './log.queries.js';

/** The log as it is shown. */
@Injectable()
export class LogReader {
  constructor(private readonly scope: ReadScope) {}

  /** A page of the log, the newest entry first. @throws Problem 400 where the cursor is not one */
  async list(actor: Actor, filter: LogFilter, { limit, after }: PageRequest): Promise<Page<LogEntryView>> {
    const before = (cursorValues(after, [Number.isSafeInteger])?.[0] ?? null) as number | null;
    const rows = await this.scope.run(actor, (sql) => logEntries(sql, filter, limit + 1, before));
    return pageOf(rows, limit, ({ number }) => [number]);
  }
}
