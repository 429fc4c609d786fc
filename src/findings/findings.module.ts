import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { FindingService } from './finding.service.js';
import { FindingsReader } from './findings.reader.js';

@Module({
  imports: [ProgrammesModule],
  providers: [FindingService, FindingsReader],
  exports: [FindingService, FindingsReader],
})
export class FindingsModule {}
