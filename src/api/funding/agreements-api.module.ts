import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { AgreementsController } from './agreements.controller.js';
import { AgreementStepsController } from './agreements-steps.controller.js';

/** Agreements and the steps of their life, as the API shows them. */
@Module({
  imports: [FundingModule],
  controllers: [AgreementsController, AgreementStepsController],
})
export class AgreementsApiModule {}
