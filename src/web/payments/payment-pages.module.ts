import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ExtractPagesController } from './extracts.controller.js';
import { PaymentPagesController } from './payments.controller.js';
import { RecoveryPagesController } from './recoveries.controller.js';

/** Payments with their chains, recoveries, and extracts of the bank and the ledger. */
@Module({
  imports: [FundingModule, ProgrammesModule],
  controllers: [PaymentPagesController, RecoveryPagesController, ExtractPagesController],
})
export class PaymentPagesModule {}
