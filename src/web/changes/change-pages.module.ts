import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ChangeFormsController } from './change-forms.controller.js';
import { ChangeStepsController } from './change-steps.controller.js';
import { ChangesPagesController } from './changes.controller.js';

/** Pages of change requests: where they are, writing them, deciding on them. */
@Module({
  imports: [AuditModule, ChangeRequestsModule, FundingModule, ProgrammesModule],
  controllers: [ChangeFormsController, ChangeStepsController, ChangesPagesController],
})
export class ChangePagesModule {}
