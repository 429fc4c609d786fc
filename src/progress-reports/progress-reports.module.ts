import { Module } from '@nestjs/common';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { AcceptanceService } from './acceptance.service.js';
import { AssessReturnJob } from './assess-return.job.js';
import { LockAcceptedReturnsJob } from './lock-accepted-returns.job.js';
import { OpenReportingPeriodsJob } from './open-reporting-periods.job.js';
import { ProgressReportService } from './progress-report.service.js';
import { ReportingService } from './reporting.service.js';
import { ReviewService } from './review.service.js';

@Module({
  imports: [MilestonesModule, TargetsModule],
  providers: [
    AcceptanceService,
    AssessReturnJob,
    LockAcceptedReturnsJob,
    OpenReportingPeriodsJob,
    ProgressReportService,
    ReportingService,
    ReviewService,
  ],
  exports: [ProgressReportService, ReportingService, ReviewService],
})
export class ProgressReportsModule {}
