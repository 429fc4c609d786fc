import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { TurnaroundModule } from '../../turnaround/turnaround.module.js';
import { TurnaroundPagesController } from './turnaround.controller.js';

/** Pages of where time goes. */
@Module({ imports: [ProgrammesModule, TurnaroundModule], controllers: [TurnaroundPagesController] })
export class TurnaroundPagesModule {}
