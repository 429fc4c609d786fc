import { Module } from '@nestjs/common';
import { DefinitionSections } from '../programmes/definition-section.js';
import { KeptSums } from '../programmes/kept-sums.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { FIGURES } from './figure-sums.queries.js';
import { MeasurementService } from './measurement.service.js';
import { MeasurementsReader } from './measurements.reader.js';
import { PeersReader } from './peers.reader.js';
import { ProgressService } from './progress.service.js';
import { PUBLICATION } from './publication.queries.js';
import { RecomputeProgressJob } from './recompute-progress.job.js';
import { RollUpProgressJob } from './roll-up-progress.job.js';
import { TARGET_SECTIONS } from './target.sections.js';
import { TargetsReader } from './targets.reader.js';

@Module({
  imports: [ProgrammesModule],
  providers: [
    MeasurementService,
    MeasurementsReader,
    PeersReader,
    ProgressService,
    RecomputeProgressJob,
    RollUpProgressJob,
    TargetsReader,
  ],
  exports: [MeasurementService, MeasurementsReader, PeersReader, ProgressService, TargetsReader],
})
export class TargetsModule {
  constructor(sections: DefinitionSections, sums: KeptSums) {
    sections.give(...TARGET_SECTIONS);
    sums.give(FIGURES, PUBLICATION);
  }
}
