import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { PROJECT_SECTIONS } from './project.sections.js';

@Module({ imports: [ProgrammesModule] })
export class ProjectsModule {
  constructor(sections: DefinitionSections) {
    sections.give(...PROJECT_SECTIONS);
  }
}
