import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { MeasurementService } from './measurement.service.js';
import { ProgressService } from './progress.service.js';
import { RecomputeProgressJob } from './recompute-progress.job.js';
import { RollUpProgressJob } from './roll-up-progress.job.js';
import { TARGET_SECTIONS } from './target.sections.js';

@Module({
  imports: [ProgrammesModule],
  providers: [MeasurementService, ProgressService, RecomputeProgressJob, RollUpProgressJob],
  exports: [MeasurementService, ProgressService],
})
export class TargetsModule {
  constructor(sections: DefinitionSections) {
    sections.give(...TARGET_SECTIONS);
  }
}
