import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AWARD_SECTIONS } from './award.sections.js';
import { Ledger } from './ledger.js';

@Module({
  imports: [ProgrammesModule],
  providers: [Ledger],
  exports: [Ledger],
})
export class FundingModule {
  constructor(sections: DefinitionSections) {
    sections.give(...AWARD_SECTIONS);
  }
}
