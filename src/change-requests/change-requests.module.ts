import { Module } from '@nestjs/common';
import { FundingModule } from '../funding/funding.module.js';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { ChangeApplicationService } from './change-application.service.js';
import { ChangeDecisionService } from './change-decision.service.js';
import { ChangeRequestService } from './change-request.service.js';

@Module({
  imports: [FundingModule, MilestonesModule],
  providers: [ChangeApplicationService, ChangeDecisionService, ChangeRequestService],
  exports: [ChangeApplicationService, ChangeDecisionService, ChangeRequestService],
})
export class ChangeRequestsModule {}
