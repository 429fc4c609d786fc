import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { type Actor, requirePermission } from '../core/actor.js';
import { refuseIfBlocked } from '../core/problems.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { measuredValues } from '../targets/target.queries.js';
import { AcceptanceService } from './acceptance.service.js';
import { assess } from './assessment.rules.js';
import { ProgressReport, ReportFinding, ReportQuery, ReportVersion } from './progress-report.entity.js';
import { assessmentOf, type ProgressReportView, progressReport } from './progress-report.queries.js';
import { PROGRESS_REPORT, reviewBlockers } from './progress-report.rules.js';
import { currentVersion } from './report-version.js';
import { RETURN_SECTIONS, type ReturnSection } from './return-content.js';
import { returnContext } from './return-context.queries.js';
import { assessmentIn } from './return-context.rules.js';

/** The funder's side of a return: assessing it, querying it, accepting it. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly acceptance: AcceptanceService,
  ) {}

  /**
   * Assesses a submitted version: keeps what it finds, and sends the return back where that is blocking. A version
   * that is no longer under assessment is left alone.
   */
  async assess(
    tx: Tx,
    reportId: string,
    number: number,
  ): Promise<{ findings: number; blocking: number; state: string }> {
    const report = await tx.lock(ProgressReport, reportId, 'return');
    const { programme_id: programmeId, trust_id: trustId, period_id: periodId } = report;
    const [version, context, values] = await Promise.all([
      currentVersion(tx, report),
      returnContext(tx, trustId, periodId),
      measuredValues(tx, programmeId, trustId, periodId),
    ]);
    const awaited =
      report.version === number && (report.state === 'submitted' || report.state === 'resubmitted');
    if (!awaited || version.assessed_at !== null) return { findings: 0, blocking: 0, state: report.state };

    const findings = assess(assessmentIn(context, version.content, this.clock.today(), values));
    await tx.insertAll(
      ReportFinding,
      findings.map((finding, index) => ({
        ...finding,
        trust_id: trustId,
        report_version_id: version.id,
        position: index + 1,
      })),
    );
    await tx.manager.update(ReportVersion, version.id, { assessed_at: tx.at });

    const blocking = findings.filter((finding) => finding.severity === 'blocking');
    for (const section of RETURN_SECTIONS) {
      const messages = blocking
        .filter((finding) => finding.section === section)
        .map(({ message }) => message);
      if (messages.length > 0) await raise(tx, report, section, messages.join('\n'));
    }
    const state = blocking.length > 0 ? PROGRESS_REPORT.next('query', report.state) : report.state;
    await tx.change(ProgressReport, report, { state });
    return { findings: findings.length, blocking: blocking.length, state };
  }

  /** Sends a return back with a question about each section named. @throws Problem 403, 404, 409, 412, 428 */
  async query(
    actor: Actor,
    id: string,
    revision: number | null,
    questions: ReadonlyArray<{ section: ReturnSection; question: string }>,
  ): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.query' }, async (tx) => {
      const report = await this.review(tx, actor, id, revision, 'query');
      for (const { section, question } of questions) await raise(tx, report, section, question);
      await tx.change(ProgressReport, report, { state: PROGRESS_REPORT.next('query', report.state) });
      return (await progressReport(tx, id)) as ProgressReportView;
    });
  }

  /**
   * Accepts a return: its dates, spend, measurements and confidence stand from now on, and the queue computes the
   * progress that follows. @throws Problem 403, 404, 409, 412, 428
   */
  async accept(
    actor: Actor,
    id: string,
    revision: number | null,
    reason?: string,
  ): Promise<ProgressReportView> {
    return this.work.run({ actor, action: 'progress-report.accept', reason }, async (tx) => {
      const report = await this.review(tx, actor, id, revision, 'accept');
      const version = await currentVersion(tx, report);
      await tx.manager.update(ReportVersion, version.id, { accepted_by: actor.id, accepted_at: tx.at });
      await tx.change(ProgressReport, report, {
        state: PROGRESS_REPORT.next('accept', report.state),
        accepted_version: report.version,
      });
      await this.acceptance.carryOut(tx, report, version);
      return (await progressReport(tx, id)) as ProgressReportView;
    });
  }

  private async review(
    tx: Tx,
    actor: Actor,
    id: string,
    revision: number | null,
    verb: 'query' | 'accept',
  ): Promise<ProgressReport> {
    requirePermission(actor, 'progress-report:review');
    const report = await tx.lockRevision(ProgressReport, id, revision, 'return');
    const version = await currentVersion(tx, report);
    const { assessment, blockingFindings } = await assessmentOf(tx, version.id);
    refuseIfBlocked(
      verb === 'query' ? 'This return cannot be queried now.' : 'This return cannot be accepted now.',
      reviewBlockers({
        verb,
        state: report.state,
        assessment,
        blockingFindings,
        reviewerId: actor.id,
        preparerIds: version.prepared_by,
        certifierId: version.certified_by,
      }),
    );
    return report;
  }
}

async function raise(
  tx: Tx,
  report: ProgressReport,
  section: ReturnSection,
  question: string,
): Promise<void> {
  await tx.insert(ReportQuery, {
    trust_id: report.trust_id,
    report_id: report.id,
    version: report.version,
    section,
    question,
    raised_by: tx.actor.id,
  });
}
