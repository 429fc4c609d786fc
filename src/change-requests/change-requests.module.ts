import { Module } from '@nestjs/common';
import { BenefitsModule } from '../benefits/benefits.module.js';
import { FundingModule } from '../funding/funding.module.js';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { KeptSums } from '../programmes/kept-sums.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ChangeApplicationService } from './change-application.service.js';
import { ChangeDecisionService } from './change-decision.service.js';
import { ChangeOutlookReader } from './change-outlook.reader.js';
import { ChangeRequestService } from './change-request.service.js';
import { ChangeRequestsReader } from './change-requests.reader.js';
import { ChangedPlans } from './changed-plans.js';
import { MoneyMovementsReader } from './money-movements.reader.js';
import { YearEndReader } from './year-end.reader.js';
import { YEAR_END } from './year-end-position.queries.js';

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
  imports: [BenefitsModule, FundingModule, MilestonesModule, ProgrammesModule],
  providers: [...PROVIDERS, ChangedPlans],
  exports: PROVIDERS,
})
export class ChangeRequestsModule {
  constructor(sums: KeptSums) {
    sums.give(YEAR_END);
  }
}
