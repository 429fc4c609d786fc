import { Module } from '@nestjs/common';
import { MilestonesModule } from '../milestones/milestones.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { BlueprintService } from './blueprint.service.js';
import { BlueprintAttachmentsService } from './blueprint-attachments.service.js';
import { BlueprintContactsService } from './blueprint-contacts.service.js';
import { BlueprintStepsService } from './blueprint-steps.service.js';
import { BlueprintsReader } from './blueprints.reader.js';

const PROVIDERS = [
  BlueprintAttachmentsService,
  BlueprintContactsService,
  BlueprintService,
  BlueprintStepsService,
  BlueprintsReader,
];

@Module({ imports: [MilestonesModule, ProgrammesModule], providers: PROVIDERS, exports: PROVIDERS })
export class BlueprintsModule {}
