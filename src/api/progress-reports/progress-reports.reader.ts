import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { changes } from '../../progress-reports/changes.rules.js';
import {
  type ProgressReportView,
  progressReport,
  progressReports,
  type ReportFilter,
  versions,
} from '../../progress-reports/progress-report.queries.js';
import { isOverdue, PROGRESS_REPORT } from '../../progress-reports/progress-report.rules.js';
import { cursorOf, cursorValues, isId, type PageQuery } from '../paging.js';

/** Returns as the API shows them. */
@Injectable()
export class ProgressReportsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<object> {
    const report = await this.scope.run(actor, (sql) => progressReport(sql, id));
    if (!report) throw notFound('return');
    return this.shown(report);
  }

  /** @throws Problem 404 */
  async versions(actor: Actor, id: string): Promise<object> {
    const items = await this.scope.run(actor, (sql) => versions(sql, id));
    if (items.length === 0) throw notFound('return');
    return { items };
  }

  /** A page of returns, its list as JSON text. @throws Problem 404; 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    wanted: Omit<ReportFilter, 'readerTrustId'>,
    { limit, after }: PageQuery,
  ): Promise<{ items: string; next: string | null }> {
    const filter = { ...wanted, readerTrustId: actor.trustId };
    const from = cursorValues(after, [isDateOn, isId]);
    const found = await this.scope.run(actor, (sql) =>
      progressReports(sql, slug, this.clock.today(), filter, limit, from),
    );
    if (!found) throw notFound('programme');
    return { items: found.items, next: found.next && cursorOf(found.next) };
  }

  /** A return with what its readers ask next: is it late, what changed, what may happen. */
  shown(report: ProgressReportView): object {
    return {
      ...report,
      overdue: isOverdue(report.state, report.dueOn, this.clock.today(), report.version),
      changes: changes(report.lastAccepted, report.current.content),
      next: PROGRESS_REPORT.open(report.state),
    };
  }
}
