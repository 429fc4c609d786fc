import { Module } from '@nestjs/common';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { YearEndController } from './year-end.controller.js';

/** The end of financial years, as the API shows it. */
@Module({ imports: [ChangeRequestsModule, FundingModule], controllers: [YearEndController] })
export class YearEndApiModule {}
