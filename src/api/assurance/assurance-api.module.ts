import { Module } from '@nestjs/common';
import { AssuranceModule } from '../../assurance/assurance.module.js';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { AssuranceController } from './assurance.controller.js';
import { AssuranceStepsController } from './assurance-steps.controller.js';
import { ProductsController } from './products.controller.js';

/** Products and assurance, as the API shows them. */
@Module({
  imports: [AssuranceModule, MilestonesModule],
  controllers: [AssuranceController, AssuranceStepsController, ProductsController],
})
export class AssuranceApiModule {}
