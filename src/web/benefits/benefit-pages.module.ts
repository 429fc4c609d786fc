import { Module } from '@nestjs/common';
import { BenefitsModule } from '../../benefits/benefits.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProjectsModule } from '../../projects/projects.module.js';
import { BenefitActualPagesController } from './benefit-actuals.controller.js';
import { BenefitStepPagesController } from './benefit-steps.controller.js';
import { BenefitPagesController } from './benefits.controller.js';

/** Pages of what projects are to bring, and what came of it. */
@Module({
  imports: [BenefitsModule, FundingModule, ProgrammesModule, ProjectsModule],
  controllers: [BenefitActualPagesController, BenefitPagesController, BenefitStepPagesController],
})
export class BenefitPagesModule {}
