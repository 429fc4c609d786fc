import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ExtractsController } from './extracts.controller.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsAuditController } from './payments-audit.controller.js';
import { RecoveriesController } from './recoveries.controller.js';

/** Payments, extracts and recoveries, as the API shows them. */
@Module({
  imports: [FundingModule],
  controllers: [ExtractsController, PaymentsController, PaymentsAuditController, RecoveriesController],
})
export class PaymentsApiModule {}
