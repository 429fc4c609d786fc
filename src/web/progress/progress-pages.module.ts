import { Module } from '@nestjs/common';
import { BenefitsModule } from '../../benefits/benefits.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProgressReportsModule } from '../../progress-reports/progress-reports.module.js';
import { ProjectsModule } from '../../projects/projects.module.js';
import { TargetsModule } from '../../targets/targets.module.js';
import { ProjectPagesController } from '../projects/projects.controller.js';
import { MeasurementPagesController } from './measurement.controller.js';
import { MeasurementsPagesController } from './measurements.controller.js';
import { MeasuresReader } from './measures-reader.js';
import { PublishedPagesController } from './published.controller.js';
import { PublishedDataController } from './published-data.controller.js';
import { TargetsPagesController } from './targets.controller.js';
import { TrustDeliveryReader, TrustMoneyReader } from './trust-readings.js';
import { TrustPagesController } from './trusts.controller.js';

/** Delivery and progress: targets, trusts, projects, measurements, and what is public of them. */
@Module({
  imports: [
    BenefitsModule,
    ChangeRequestsModule,
    FundingModule,
    MilestonesModule,
    ProgrammesModule,
    ProgressReportsModule,
    ProjectsModule,
    TargetsModule,
  ],
  providers: [MeasuresReader, TrustDeliveryReader, TrustMoneyReader],
  controllers: [
    MeasurementPagesController,
    MeasurementsPagesController,
    ProjectPagesController,
    PublishedDataController,
    PublishedPagesController,
    TargetsPagesController,
    TrustPagesController,
  ],
})
export class ProgressPagesModule {}
