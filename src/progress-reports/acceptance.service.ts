import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { MilestoneService } from '../milestones/milestone.service.js';
import { MeasurementService } from '../targets/measurement.service.js';
import { ProgressService } from '../targets/progress.service.js';
import { prefill } from './prefill.rules.js';
import {
  DeliveryConfidence,
  type ProgressReport,
  ReportedSpend,
  ReportVersion,
} from './progress-report.entity.js';
import { laterOpenReports } from './progress-report.queries.js';
import type { ReturnContent } from './return-content.js';
import { returnContext } from './return-context.queries.js';
import { prefillIn } from './return-context.rules.js';
import { isNotMeasured } from './return-lines.rules.js';

/** What follows from accepting a return, in the same unit of work. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly milestones: MilestoneService,
    private readonly measurements: MeasurementService,
    private readonly progress: ProgressService,
  ) {}

  /** Lets the figures of an accepted version stand in place of those before. */
  async carryOut(tx: Tx, report: ProgressReport, version: ReportVersion): Promise<void> {
    const { programme_id: programmeId, trust_id: trustId, period_id: periodId, illustrative } = report;
    const { content } = version;
    await this.milestones.applyReturn(tx, { programmeId, trustId, lines: content.milestones, illustrative });
    await this.measurements.record(tx, {
      programmeId,
      trustId,
      periodId,
      versionId: version.id,
      reporterId: version.submitted_by as string,
      reportedAt: version.submitted_at as Date,
      illustrative,
      lines: content.measurements.filter((line) => !isNotMeasured(line)),
    });
    await this.keepMoney(tx, report, version);
    await this.keepConfidence(tx, report, version);
    await this.progress.askFor(tx, programmeId, trustId, periodId);
    await this.prefillLater(tx, report, content);
  }

  private async keepMoney(tx: Tx, report: ProgressReport, version: ReportVersion): Promise<void> {
    const standing = { trust_id: report.trust_id, period_id: report.period_id, superseded: false };
    for (const row of await tx.manager.findBy(ReportedSpend, standing))
      await tx.change(ReportedSpend, row, { superseded: true });
    await tx.insertAll(
      ReportedSpend,
      version.content.spend.map((line) => ({
        programme_id: report.programme_id,
        trust_id: report.trust_id,
        period_id: report.period_id,
        report_version_id: version.id,
        financial_year: line.financialYear,
        kind: line.kind,
        source: line.source,
        spent_to_date_pence: line.spentToDatePence,
        forecast_pence: line.forecastPence,
        illustrative: report.illustrative,
      })),
    );
  }

  private async keepConfidence(tx: Tx, report: ProgressReport, version: ReportVersion): Promise<void> {
    const standing = { trust_id: report.trust_id, period_id: report.period_id, superseded: false };
    for (const row of await tx.manager.findBy(DeliveryConfidence, standing))
      await tx.change(DeliveryConfidence, row, { superseded: true });
    if (version.content.confidence === null) return;
    await tx.insert(DeliveryConfidence, {
      programme_id: report.programme_id,
      trust_id: report.trust_id,
      period_id: report.period_id,
      report_version_id: version.id,
      ...version.content.confidence,
      illustrative: report.illustrative,
    });
  }

  /** Later returns that nobody has begun start from what was accepted now. */
  private async prefillLater(tx: Tx, report: ProgressReport, accepted: ReturnContent): Promise<void> {
    const later = await laterOpenReports(tx, report.trust_id, report.period_id);
    if (later.length === 0) return;
    const context = await returnContext(tx, report.trust_id, report.period_id);
    for (const { period, versionId } of later) {
      const content = prefill(prefillIn({ ...context, period, previous: accepted }));
      await tx.manager.update(ReportVersion, versionId, { content: content as never });
    }
  }
}
