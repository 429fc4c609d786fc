import { Module } from '@nestjs/common';
import { KeptSums } from '../programmes/kept-sums.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { TAKEN, TAKEN_IN_QUARTERS } from './turnaround.queries.js';
import { TurnaroundReader } from './turnaround.reader.js';

@Module({ imports: [ProgrammesModule], providers: [TurnaroundReader], exports: [TurnaroundReader] })
export class TurnaroundModule {
  constructor(sums: KeptSums) {
    sums.give(TAKEN, TAKEN_IN_QUARTERS);
  }
}
