import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { FindingService } from './finding.service.js';
import { FindingStepsService } from './finding-steps.service.js';
import { FindingsReader } from './findings.reader.js';

@Module({
  imports: [ProgrammesModule],
  providers: [FindingService, FindingStepsService, FindingsReader],
  exports: [FindingService, FindingStepsService, FindingsReader],
})
export class FindingsModule {}
