import { Module } from '@nestjs/common';
import { AssuranceModule } from '../../assurance/assurance.module.js';
import { BlueprintsModule } from '../../blueprints/blueprints.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProjectsModule } from '../../projects/projects.module.js';
import { AdoptionPagesController } from './adoptions.controller.js';
import { BlueprintPagesController } from './blueprint.controller.js';
import { BlueprintFormsController } from './blueprint-forms.controller.js';
import { BlueprintStepPagesController } from './blueprint-steps.controller.js';
import { BlueprintListController } from './blueprints.controller.js';
import { PairingPagesController } from './pairings.controller.js';

/** Pages of blueprints: found, read, written, reviewed, asked about. */
@Module({
  imports: [AssuranceModule, BlueprintsModule, ProgrammesModule, ProjectsModule],
  controllers: [
    AdoptionPagesController,
    PairingPagesController,
    BlueprintPagesController,
    BlueprintListController,
    BlueprintFormsController,
    BlueprintStepPagesController,
  ],
})
export class BlueprintPagesModule {}
