import { Module } from '@nestjs/common';
import { AssuranceModule } from '../../assurance/assurance.module.js';
import { BlueprintsModule } from '../../blueprints/blueprints.module.js';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProjectsModule } from '../../projects/projects.module.js';
import { AssuranceFormsController } from './assurance-forms.controller.js';
import { AssuranceItemController } from './item.controller.js';
import { ProductPagesController } from './products.controller.js';
import { ProgrammeAssuranceController } from './programme-assurance.controller.js';
import { Subjects } from './subjects.js';

/** Pages of products, and of the evidence that they are safe and lawful to use. */
@Module({
  imports: [AssuranceModule, BlueprintsModule, MilestonesModule, ProgrammesModule, ProjectsModule],
  providers: [Subjects],
  controllers: [
    AssuranceFormsController,
    AssuranceItemController,
    ProductPagesController,
    ProgrammeAssuranceController,
  ],
})
export class AssurancePagesModule {}
