import { Module } from '@nestjs/common';
import { FundingModule } from '../funding/funding.module.js';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ChangeApplicationService } from './change-application.service.js';
import { ChangeDecisionService } from './change-decision.service.js';
import { ChangeOutlookReader } from './change-outlook.reader.js';
import { ChangeRequestService } from './change-request.service.js';
import { ChangeRequestsReader } from './change-requests.reader.js';
import { MoneyMovementsReader } from './money-movements.reader.js';
import { YearEndReader } from './year-end.reader.js';

const PROVIDERS = [
  ChangeApplicationService,
  ChangeDecisionService,
  ChangeOutlookReader,
  ChangeRequestService,
  ChangeRequestsReader,
  MoneyMovementsReader,
  YearEndReader,
];

@Module({
  imports: [FundingModule, MilestonesModule, ProgrammesModule],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class ChangeRequestsModule {}
