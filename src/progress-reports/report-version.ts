import type { Tx } from '../database/tx.js';
import { ProgressReport, ReportVersion } from './progress-report.entity.js';

/** The version of a return that is being written, or was written last. */
export async function currentVersion(tx: Tx, report: ProgressReport): Promise<ReportVersion> {
  return tx.manager.findOneByOrFail(ReportVersion, { report_id: report.id, number: report.version });
}

/** Begins the next version of a return, as a copy of the current one. The return must be locked. */
export async function startVersion(
  tx: Tx,
  report: ProgressReport,
  reason: string | null,
): Promise<ReportVersion> {
  const { content } = await currentVersion(tx, report);
  const number = report.version + 1;
  await tx.change(ProgressReport, report, { version: number });
  return tx.insert(ReportVersion, {
    report_id: report.id,
    trust_id: report.trust_id,
    number,
    content: content as never,
    prepared_by: [],
    reason,
  });
}
