import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AWARD_SECTIONS } from './award.sections.js';

@Module({ imports: [ProgrammesModule] })
export class FundingModule {
  constructor(sections: DefinitionSections) {
    sections.give(...AWARD_SECTIONS);
  }
}
