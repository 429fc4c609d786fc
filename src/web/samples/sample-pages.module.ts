import { Module } from '@nestjs/common';
import { AuditingModule } from '../../auditing/auditing.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { SamplesPagesController } from './samples.controller.js';

/** Pages of an auditor's samples. */
@Module({ imports: [AuditingModule, ProgrammesModule], controllers: [SamplesPagesController] })
export class SamplePagesModule {}
