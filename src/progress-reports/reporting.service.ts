import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/tx.js';
import { prefill } from './prefill.rules.js';
import { ProgressReport, ReportVersion } from './progress-report.entity.js';
import { lockableReports, unopenedReports } from './progress-report.queries.js';
import { locksOn, PROGRESS_REPORT } from './progress-report.rules.js';
import { returnContext } from './return-context.queries.js';
import { prefillIn } from './return-context.rules.js';

/** The calendar's side of returns: opening them when their period has ended, locking them when it is over. */
@Injectable()
export class ReportingService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Opens a prefilled return for every awardee and period whose day has come; those that are open stay as they are.
   * In a demonstration they are illustrative, whoever fills them in.
   */
  async openDue(tx: Tx): Promise<{ opened: number }> {
    const due = await unopenedReports(tx, this.clock.today());
    for (const { programmeId, trustId, periodId, dueOn } of due) {
      const report = await tx.insert(ProgressReport, {
        programme_id: programmeId,
        trust_id: trustId,
        period_id: periodId,
        state: PROGRESS_REPORT.next('open', 'not-due'),
        due_on: dueOn,
        illustrative: this.config.demonstration,
      });
      const context = await returnContext(tx, trustId, periodId);
      await tx.insert(ReportVersion, {
        report_id: report.id,
        trust_id: trustId,
        number: 1,
        content: prefill(prefillIn(context)) as never,
        prepared_by: [],
      });
    }
    return { opened: due.length };
  }

  /** Locks accepted returns whose financial year was closed. */
  async lockAccepted(tx: Tx): Promise<{ locked: number }> {
    let locked = 0;
    const today = this.clock.today();
    for (const { id, financialYear } of await lockableReports(tx)) {
      if (locksOn(financialYear) > today) continue;
      const report = await tx.lock(ProgressReport, id, 'return');
      if (PROGRESS_REPORT.blockers('lock', report.state).length > 0) continue;
      await tx.change(ProgressReport, report, { state: PROGRESS_REPORT.next('lock', report.state) });
      locked += 1;
    }
    return { locked };
  }
}
