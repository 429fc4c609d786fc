import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { EvidenceReader } from './evidence.reader.js';
import { EvidenceService } from './evidence.service.js';
import { EvidenceIntake } from './evidence-intake.js';
import { EvidenceStorage } from './evidence-storage.js';
import { MILESTONE_SECTIONS } from './milestone.sections.js';
import { MilestoneService } from './milestone.service.js';
import { MilestonesReader } from './milestones.reader.js';

const PROVIDERS = [
  EvidenceIntake,
  EvidenceReader,
  EvidenceService,
  EvidenceStorage,
  MilestoneService,
  MilestonesReader,
];

@Module({
  imports: [ProgrammesModule],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class MilestonesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...MILESTONE_SECTIONS);
  }
}
