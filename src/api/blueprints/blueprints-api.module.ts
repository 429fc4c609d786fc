import { Module } from '@nestjs/common';
import { BlueprintsModule } from '../../blueprints/blueprints.module.js';
import { AdoptionsController } from './adoptions.controller.js';
import { BlueprintStepsController } from './blueprint-steps.controller.js';
import { BlueprintUsesController } from './blueprint-uses.controller.js';
import { BlueprintsController } from './blueprints.controller.js';
import { PairingsController } from './pairings.controller.js';

/** Blueprints as the API shows them. */
@Module({
  imports: [BlueprintsModule],
  controllers: [
    AdoptionsController,
    BlueprintsController,
    BlueprintStepsController,
    BlueprintUsesController,
    PairingsController,
  ],
})
export class BlueprintsApiModule {}
