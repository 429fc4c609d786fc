import { Module } from '@nestjs/common';
import { DefinitionService } from './definition.service.js';
import { DefinitionSections } from './definition-section.js';
import { KeepSumsJob } from './keep-sums.job.js';
import { KeptSums } from './kept-sums.js';
import { PROGRAMME_SECTIONS } from './programme.sections.js';
import { ProgrammesReader } from './programmes.reader.js';

@Module({
  providers: [DefinitionSections, DefinitionService, KeepSumsJob, KeptSums, ProgrammesReader],
  exports: [DefinitionSections, DefinitionService, KeptSums, ProgrammesReader],
})
export class ProgrammesModule {
  constructor(sections: DefinitionSections) {
    sections.give(...PROGRAMME_SECTIONS);
  }
}
