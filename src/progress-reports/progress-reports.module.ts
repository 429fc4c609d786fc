import { Module } from '@nestjs/common';
import { FundingModule } from '../funding/funding.module.js';
import { GateConditions } from '../funding/gates/gate-conditions.js';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { KeptSums } from '../programmes/kept-sums.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { AcceptanceService } from './acceptance.service.js';
import { AssessReturnJob } from './assess-return.job.js';
import { RATINGS, RETURNS } from './delivery.queries.js';
import { DeliveryReader } from './delivery.reader.js';
import { LockAcceptedReturnsJob } from './lock-accepted-returns.job.js';
import { OpenReportingPeriodsJob } from './open-reporting-periods.job.js';
import { NO_RETURN_OVERDUE } from './overdue-returns.queries.js';
import { ProgressReader } from './progress.reader.js';
import { ProgressReportService } from './progress-report.service.js';
import { ProgressReportsReader } from './progress-reports.reader.js';
import { PublicationReader } from './publication.reader.js';
import { ReportingService } from './reporting.service.js';
import { ReturnStandingReader } from './return-standing.reader.js';
import { ReviewService } from './review.service.js';
import { TowardTargetReader } from './toward-target.reader.js';

@Module({
  imports: [FundingModule, MilestonesModule, ProgrammesModule, TargetsModule],
  providers: [
    AcceptanceService,
    AssessReturnJob,
    DeliveryReader,
    LockAcceptedReturnsJob,
    OpenReportingPeriodsJob,
    ProgressReader,
    ProgressReportService,
    ProgressReportsReader,
    PublicationReader,
    ReportingService,
    ReturnStandingReader,
    ReviewService,
    TowardTargetReader,
  ],
  exports: [
    DeliveryReader,
    ProgressReader,
    ProgressReportService,
    ProgressReportsReader,
    PublicationReader,
    ReportingService,
    ReturnStandingReader,
    ReviewService,
    TowardTargetReader,
  ],
})
export class ProgressReportsModule {
  constructor(conditions: GateConditions, sums: KeptSums) {
    sums.give(RATINGS, RETURNS);
    conditions.give(NO_RETURN_OVERDUE);
  }
}
