import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { TurnaroundReader } from './turnaround.reader.js';

@Module({ imports: [ProgrammesModule], providers: [TurnaroundReader], exports: [TurnaroundReader] })
export class TurnaroundModule {}
