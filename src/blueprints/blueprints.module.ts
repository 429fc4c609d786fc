import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { AdoptionService } from './adoption.service.js';
import { AdoptionsReader } from './adoptions.reader.js';
import { BlueprintService } from './blueprint.service.js';
import { BlueprintAttachmentsService } from './blueprint-attachments.service.js';
import { BlueprintContactsService } from './blueprint-contacts.service.js';
import { BlueprintStepsService } from './blueprint-steps.service.js';
import { BlueprintsReader } from './blueprints.reader.js';
import { PairingService } from './pairing.service.js';

const PROVIDERS = [
  AdoptionService,
  AdoptionsReader,
  BlueprintAttachmentsService,
  BlueprintContactsService,
  BlueprintService,
  BlueprintStepsService,
  BlueprintsReader,
  PairingService,
];

@Module({ imports: [ProgrammesModule, StorageModule], providers: PROVIDERS, exports: PROVIDERS })
export class BlueprintsModule {}
