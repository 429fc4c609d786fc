import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { AdoptionService } from './adoption.service.js';
import { AdoptionFiguresService } from './adoption-figures.service.js';
import { AdoptionsReader } from './adoptions.reader.js';
import { BlueprintService } from './blueprint.service.js';
import { BlueprintAttachmentsService } from './blueprint-attachments.service.js';
import { BlueprintContactsService } from './blueprint-contacts.service.js';
import { BlueprintNotices } from './blueprint-notices.service.js';
import { BlueprintStepsService } from './blueprint-steps.service.js';
import { BlueprintsReader } from './blueprints.reader.js';
import { PairingService } from './pairing.service.js';
import { SendBlueprintNotice } from './send-blueprint-notice.job.js';

const PROVIDERS = [
  AdoptionFiguresService,
  AdoptionService,
  AdoptionsReader,
  BlueprintAttachmentsService,
  BlueprintContactsService,
  BlueprintNotices,
  BlueprintService,
  BlueprintStepsService,
  BlueprintsReader,
  PairingService,
];

@Module({
  imports: [NotificationsModule, ProgrammesModule, StorageModule],
  providers: [...PROVIDERS, SendBlueprintNotice],
  exports: PROVIDERS,
})
export class BlueprintsModule {}
