import { Module } from '@nestjs/common';
import { BlueprintsModule } from '../../blueprints/blueprints.module.js';
import { BlueprintStepsController } from './blueprint-steps.controller.js';
import { BlueprintUsesController } from './blueprint-uses.controller.js';
import { BlueprintsController } from './blueprints.controller.js';

/** Blueprints as the API shows them. */
@Module({
  imports: [BlueprintsModule],
  controllers: [BlueprintsController, BlueprintStepsController, BlueprintUsesController],
})
export class BlueprintsApiModule {}
