import { Module } from '@nestjs/common';
import { BenefitsModule } from '../../benefits/benefits.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { BenefitActualsController } from './benefit-actuals.controller.js';
import { BenefitStepsController } from './benefit-steps.controller.js';
import { BenefitsController } from './benefits.controller.js';

/** What projects bring, as the API shows it. */
@Module({
  imports: [BenefitsModule, FundingModule],
  controllers: [BenefitActualsController, BenefitStepsController, BenefitsController],
})
export class BenefitsApiModule {}
