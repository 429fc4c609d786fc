import { Module } from '@nestjs/common';
import { FundingModule } from '../funding/funding.module.js';
import { GateConditions } from '../funding/gates/gate-conditions.js';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { AcceptanceService } from './acceptance.service.js';
import { AssessReturnJob } from './assess-return.job.js';
import { LockAcceptedReturnsJob } from './lock-accepted-returns.job.js';
import { OpenReportingPeriodsJob } from './open-reporting-periods.job.js';
import { NO_RETURN_OVERDUE } from './overdue-returns.queries.js';
import { ProgressReader } from './progress.reader.js';
import { ProgressReportService } from './progress-report.service.js';
import { ProgressReportsReader } from './progress-reports.reader.js';
import { ReportingService } from './reporting.service.js';
import { ReviewService } from './review.service.js';

@Module({
  imports: [FundingModule, MilestonesModule, ProgrammesModule, TargetsModule],
  providers: [
    AcceptanceService,
    AssessReturnJob,
    LockAcceptedReturnsJob,
    OpenReportingPeriodsJob,
    ProgressReader,
    ProgressReportService,
    ProgressReportsReader,
    ReportingService,
    ReviewService,
  ],
  exports: [ProgressReader, ProgressReportService, ProgressReportsReader, ReportingService, ReviewService],
})
export class ProgressReportsModule {
  constructor(conditions: GateConditions) {
    conditions.give(NO_RETURN_OVERDUE);
  }
}
