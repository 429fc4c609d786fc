import { Module } from '@nestjs/common';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { YearEndPagesController } from './year-end.controller.js';

/** Pages of closing a financial year. */
@Module({
  imports: [ChangeRequestsModule, FundingModule, ProgrammesModule],
  controllers: [YearEndPagesController],
})
export class YearEndPagesModule {}
