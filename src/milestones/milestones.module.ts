import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { EvidenceService } from './evidence.service.js';
import { EvidenceStorage } from './evidence-storage.js';
import { MILESTONE_SECTIONS } from './milestone.sections.js';
import { MilestoneService } from './milestone.service.js';

@Module({
  imports: [ProgrammesModule],
  providers: [EvidenceService, EvidenceStorage, MilestoneService],
  exports: [EvidenceService, MilestoneService],
})
export class MilestonesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...MILESTONE_SECTIONS);
  }
}
