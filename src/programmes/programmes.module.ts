import { Module } from '@nestjs/common';
import { DefinitionService } from './definition.service.js';
import { DefinitionSections } from './definition-section.js';
import { PROGRAMME_SECTIONS } from './programme.sections.js';

@Module({
  providers: [DefinitionSections, DefinitionService],
  exports: [DefinitionSections, DefinitionService],
})
export class ProgrammesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...PROGRAMME_SECTIONS);
  }
}
