import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { MILESTONE_SECTIONS } from './milestone.sections.js';

@Module({ imports: [ProgrammesModule] })
export class MilestonesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...MILESTONE_SECTIONS);
  }
}
