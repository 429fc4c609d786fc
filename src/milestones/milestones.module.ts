import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { EvidenceReader } from './evidence.reader.js';
import { EvidenceService } from './evidence.service.js';
import { GoLivesReader } from './go-lives.reader.js';
import { MILESTONE_SECTIONS } from './milestone.sections.js';
import { MilestoneService } from './milestone.service.js';
import { MilestonesReader } from './milestones.reader.js';

const PROVIDERS = [EvidenceReader, EvidenceService, GoLivesReader, MilestoneService, MilestonesReader];

@Module({
  imports: [ProgrammesModule, StorageModule],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class MilestonesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...MILESTONE_SECTIONS);
  }
}
