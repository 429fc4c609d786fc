import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { changes } from '../../progress-reports/changes.rules.js';
import {
  type ProgressReportView,
  progressReport,
  progressReports,
  type ReportFilter,
  type ReportRow,
  versions,
} from '../../progress-reports/progress-report.queries.js';
import { isOverdue, PROGRESS_REPORT } from '../../progress-reports/progress-report.rules.js';
import { cursorValues, isId, type Page, type PageQuery, pageOf } from '../paging.js';

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

  /** @throws Problem 404; 400 where the cursor is not one */
  async list(actor: Actor, slug: string, filter: ReportFilter, page: PageQuery): Promise<Page<ReportRow>> {
    const after = cursorValues(page.after, [isDateOn, isId]);
    const rows = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return progressReports(sql, id, this.clock.today(), filter, page.limit + 1, after);
    });
    return pageOf(rows, page.limit, (row) => [row.dueOn, row.id]);
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
