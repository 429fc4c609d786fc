import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ExtractsController } from './extracts.controller.js';
import { PaymentsController } from './payments.controller.js';
import { RecoveriesController } from './recoveries.controller.js';

/** Payments, extracts and recoveries, as the API shows them. */
@Module({
  imports: [FundingModule],
  controllers: [ExtractsController, PaymentsController, RecoveriesController],
})
export class PaymentsApiModule {}
