import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { MoneyPagesController } from './money.controller.js';

/** Pages of a programme, one for each question that its manager asks. */
@Module({ imports: [FundingModule], controllers: [MoneyPagesController] })
export class ProgrammePagesModule {}
