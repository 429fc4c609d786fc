import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { PROJECT_SECTIONS } from './project.sections.js';
import { ProjectService } from './project.service.js';
import { ProjectsReader } from './projects.reader.js';

@Module({
  imports: [ProgrammesModule],
  providers: [ProjectService, ProjectsReader],
  exports: [ProjectService, ProjectsReader],
})
export class ProjectsModule {
  constructor(sections: DefinitionSections) {
    sections.give(...PROJECT_SECTIONS);
  }
}
