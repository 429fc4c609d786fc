import { Module } from '@nestjs/common';
import { BlueprintsModule } from '../../blueprints/blueprints.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProgressReportsModule } from '../../progress-reports/progress-reports.module.js';
import { TurnaroundModule } from '../../turnaround/turnaround.module.js';
import { DeliveryPagesController } from './delivery.controller.js';
import { FundingPagesController } from './funding.controller.js';
import { MoneyPagesController } from './money.controller.js';
import { OverviewPagesController } from './overview.controller.js';
import { OverviewReader } from './overview.reader.js';
import { OverviewMoneyReader } from './overview-money.reader.js';

/** Pages of a programme, one for each question that its manager asks. */
@Module({
  imports: [
    ...[BlueprintsModule, ChangeRequestsModule, FundingModule, ProgrammesModule, ProgressReportsModule],
    TurnaroundModule,
  ],
  controllers: [
    OverviewPagesController,
    MoneyPagesController,
    FundingPagesController,
    DeliveryPagesController,
  ],
  providers: [OverviewReader, OverviewMoneyReader],
})
export class ProgrammePagesModule {}
