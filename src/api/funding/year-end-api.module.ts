import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { YearEndController } from './year-end.controller.js';

/** The end of financial years, as the API shows it. */
@Module({ imports: [FundingModule], controllers: [YearEndController] })
export class YearEndApiModule {}
