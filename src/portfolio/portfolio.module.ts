import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { GOAL_SECTIONS } from './goal.sections.js';
import { PortfolioReader } from './portfolio.reader.js';
import { ScenarioService } from './scenario.service.js';
import { ScenariosReader } from './scenarios.reader.js';

const PROVIDERS = [PortfolioReader, ScenarioService, ScenariosReader];

@Module({ imports: [ProgrammesModule], providers: PROVIDERS, exports: PROVIDERS })
export class PortfolioModule {
  constructor(sections: DefinitionSections) {
    sections.give(...GOAL_SECTIONS);
  }
}
