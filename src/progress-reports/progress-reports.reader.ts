import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { isDateOn } from '../core/calendar.js';
import { cursorOf, cursorValues, idIn, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import { type AmendedReturn, amendedReturns } from './amendment.queries.js';
import { type Change, changes } from './changes.rules.js';
import {
  type ProgressReportView,
  progressReport,
  progressReports,
  type ReportFilter,
  type VersionView,
  versions,
} from './progress-report.queries.js';
import { isOverdue, PROGRESS_REPORT, type ProgressReportVerb } from './progress-report.rules.js';

/** A return with whether it is late, what changed since the last accepted one, and what may come next. */
export type ShownReport = ProgressReportView & {
  overdue: boolean;
  changes: Change[];
  next: ProgressReportVerb[];
};

/** A version that took the place of a submitted one, with what it says otherwise. */
export type Amendment = Omit<AmendedReturn, 'before' | 'after'> & { changes: Change[] };

/** Returns as they are shown. */
@Injectable()
export class ProgressReportsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
    private readonly programmes: ProgrammesReader,
  ) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownReport> {
    const report = await this.scope.run(actor, (sql) => progressReport(sql, id));
    if (!report) throw notFound('return');
    return this.shown(report);
  }

  /** Every version of a return, newest first. @throws Problem 404 */
  async versions(actor: Actor, id: string): Promise<VersionView[]> {
    const items = await this.scope.run(actor, (sql) => versions(sql, id));
    if (items.length === 0) throw notFound('return');
    return items;
  }

  /** A page of returns, the latest due first; `items` is the text of a list of `ProgressReportRow`. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    wanted: Omit<ReportFilter, 'readerTrustId'>,
    { limit, after }: PageRequest,
  ): Promise<{ items: string; next: string | null }> {
    const filter = { ...wanted, readerTrustId: actor.trustId };
    const from = cursorValues(after, [isDateOn, isId]);
    const found = await this.scope.run(actor, (sql) =>
      progressReports(sql, slug, this.clock.today(), filter, limit, from),
    );
    if (!found) throw notFound('programme');
    return { items: found.items, next: found.next && cursorOf(found.next) };
  }

  /** A page of what was amended after submission, the latest begun first. @throws Problem 404; 400 where the cursor is not one */
  async amendments(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<Page<Amendment>> {
    const from = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      amendedReturns(sql, id, limit + 1, from),
    );
    const { items, next } = pageOf(rows, limit, ({ id }) => [id]);
    return {
      items: items.map(({ before, after, ...row }) => ({ ...row, changes: changes(before, after) })),
      next,
    };
  }

  /** A return with what its readers ask next: is it late, what changed, what may happen. */
  shown(report: ProgressReportView): ShownReport {
    return {
      ...report,
      overdue: isOverdue(report.state, report.dueOn, this.clock.today(), report.version),
      changes: changes(report.lastAccepted, report.current.content),
      next: PROGRESS_REPORT.open(report.state),
    };
  }
}
