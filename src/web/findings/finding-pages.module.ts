import { Module } from '@nestjs/common';
import { FindingsModule } from '../../findings/findings.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { FindingsPagesController } from './findings.controller.js';

/** Pages of what reviews and audits found. */
@Module({ imports: [FindingsModule, ProgrammesModule], controllers: [FindingsPagesController] })
export class FindingPagesModule {}
