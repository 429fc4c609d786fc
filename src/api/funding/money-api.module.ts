import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { LedgerController } from './ledger.controller.js';
import { MoneyController } from './money.controller.js';
import { PostingsController } from './postings.controller.js';

/** Where the money stands, and the ledger that says so, as the API shows them. */
@Module({ imports: [FundingModule], controllers: [LedgerController, PostingsController, MoneyController] })
export class MoneyApiModule {}
