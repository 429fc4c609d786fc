import { Injectable } from '@nestjs/common';
import { type Actor, requirePermission } from '../core/actor.js';
import { notFound, refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Outbox } from '../queue/outbox.js';
import { completenessBlockers } from './completeness.rules.js';
import { ProgressReport, ReportQuery, ReportVersion } from './progress-report.entity.js';
import { ASSESS_RETURN } from './progress-report.jobs.js';
import { type ProgressReportView, progressReport, unansweredSections } from './progress-report.queries.js';
import {
  certificationBlockers,
  PROGRESS_REPORT,
  submissionBlockers,
  submissionVerb,
} from './progress-report.rules.js';
import { currentVersion, startVersion } from './report-version.js';
import type { ReturnContent } from './return-content.js';
import { returnContext } from './return-context.queries.js';
import { expectationsIn } from './return-context.rules.js';

/** The trust's side of a return: saving it, certifying it, submitting it, answering queries, correcting it. */
@Injectable()
export class ProgressReportService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Saves sections of a draft; a section that is not given stays as it is. Saving drops a certificate, and saving a
   * queried return begins its next version.
   * @throws Problem 403, 404, 409, 412, 428
   */
  async save(
    actor: Actor,
    id: string,
    revision: number | null,
    sections: Partial<ReturnContent>,
  ): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.save' }, async (tx) => {
      requirePermission(actor, 'progress-report:prepare');
      const report = await tx.lockRevision(ProgressReport, id, revision, 'return');
      const verb = report.state === 'queried' ? 'revise' : 'save';
      refuseIfBlocked('This return cannot be changed now.', PROGRESS_REPORT.blockers(verb, report.state));
      const version =
        verb === 'revise' ? await startVersion(tx, report, null) : await currentVersion(tx, report);
      await tx.manager.update(ReportVersion, version.id, {
        content: { ...version.content, ...sections } as never,
        prepared_by: [...new Set([...version.prepared_by, actor.id])],
        certified_by: null,
        certified_at: null,
      });
      await tx.change(ProgressReport, report, { state: PROGRESS_REPORT.next(verb, report.state) });
      return view(tx, id);
    });
  }

  /** Certifies a draft, by another person than whoever prepared it. @throws Problem 403, 404, 409, 412, 428 */
  async certify(actor: Actor, id: string, revision: number | null): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.certify' }, async (tx) => {
      requirePermission(actor, 'progress-report:certify');
      const report = await tx.lockRevision(ProgressReport, id, revision, 'return');
      const version = await currentVersion(tx, report);
      refuseIfBlocked(
        'This return cannot be certified yet.',
        certificationBlockers({
          state: report.state,
          certifierId: actor.id,
          preparerIds: version.prepared_by,
          missing: await this.missing(tx, report, version),
        }),
      );
      await tx.manager.update(ReportVersion, version.id, {
        certified_by: actor.id,
        certified_at: tx.at,
      });
      await tx.change(ProgressReport, report, { state: PROGRESS_REPORT.next('certify', report.state) });
      return view(tx, id);
    });
  }

  /**
   * Submits a certified return: from here on it never changes, and the queue assesses it.
   * @returns the return, with the receipt of its assessment
   * @throws Problem 403, 404, 409, 412, 428
   */
  async submit(actor: Actor, id: string, revision: number | null): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.submit' }, async (tx) => {
      requirePermission(actor, 'progress-report:submit');
      const report = await tx.lockRevision(ProgressReport, id, revision, 'return');
      const version = await currentVersion(tx, report);
      refuseIfBlocked(
        'This return cannot be submitted yet.',
        submissionBlockers({
          state: report.state,
          version: report.version,
          certifierId: version.certified_by,
          preparerIds: version.prepared_by,
          missing: await this.missing(tx, report, version),
          unansweredQueries: await unansweredSections(tx, id),
        }),
      );
      const receiptId = await this.outbox.add(
        tx,
        ASSESS_RETURN,
        { reportId: id, version: report.version },
        { trustId: report.trust_id },
      );
      await tx.manager.update(ReportVersion, version.id, {
        submitted_by: actor.id,
        submitted_at: tx.at,
        receipt_id: receiptId,
      });
      const state = PROGRESS_REPORT.next(submissionVerb(report.version), report.state);
      await tx.change(ProgressReport, report, { state });
      return view(tx, id);
    });
  }

  /** Answers a query. @throws Problem 403, 404, 409 where the return is not being mended, 412, 428 */
  async answerQuery(
    actor: Actor,
    id: string,
    revision: number | null,
    queryId: string,
    answer: string,
  ): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.answer-query' }, async (tx) => {
      requirePermission(actor, 'progress-report:prepare');
      const report = await tx.lockRevision(ProgressReport, id, revision, 'return');
      const query = await tx.lock(ReportQuery, queryId, 'query');
      if (query.report_id !== report.id) throw notFound('query');
      const mending = ['queried', 'draft', 'trust-certified'].includes(report.state);
      refuseIfBlocked(
        'This query cannot be answered now.',
        mending
          ? []
          : [
              {
                code: 'wrong-state',
                message: 'The return was submitted again or accepted since.',
                pointer: '/state',
              },
            ],
      );
      await tx.change(ReportQuery, query, { answer, answered_by: actor.id, answered_at: tx.at });
      await tx.change(ProgressReport, report, {});
      return view(tx, id);
    });
  }

  /**
   * Begins the correction of an accepted return: a new version, while the accepted one goes on standing.
   * @throws Problem 403, 404, 409, 412, 428
   */
  async correct(
    actor: Actor,
    id: string,
    revision: number | null,
    reason: string,
  ): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.correct', reason }, async (tx) => {
      requirePermission(actor, 'progress-report:prepare');
      const report = await tx.lockRevision(ProgressReport, id, revision, 'return');
      refuseIfBlocked(
        'This return cannot be corrected now.',
        PROGRESS_REPORT.blockers('correct', report.state),
      );
      await startVersion(tx, report, reason);
      await tx.change(ProgressReport, report, { state: PROGRESS_REPORT.next('correct', report.state) });
      return view(tx, id);
    });
  }

  private async missing(tx: Tx, report: ProgressReport, version: ReportVersion) {
    const context = await returnContext(tx, report.trust_id, report.period_id);
    return completenessBlockers(version.content, expectationsIn(context));
  }
}

async function view(tx: Tx, id: string): Promise<ProgressReportView> {
  return (await progressReport(tx, id)) as ProgressReportView;
}
