import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { EvidenceService } from './evidence.service.js';
import { EvidenceIntake } from './evidence-intake.js';
import { EvidenceStorage } from './evidence-storage.js';
import { MILESTONE_SECTIONS } from './milestone.sections.js';
import { MilestoneService } from './milestone.service.js';

@Module({
  imports: [ProgrammesModule],
  providers: [EvidenceIntake, EvidenceService, EvidenceStorage, MilestoneService],
  exports: [EvidenceIntake, EvidenceService, EvidenceStorage, MilestoneService],
})
export class MilestonesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...MILESTONE_SECTIONS);
  }
}
