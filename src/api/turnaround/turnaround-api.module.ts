import { Module } from '@nestjs/common';
import { TurnaroundModule } from '../../turnaround/turnaround.module.js';
import { TurnaroundController } from './turnaround.controller.js';

/** Where time goes, as the API shows it. */
@Module({ imports: [TurnaroundModule], controllers: [TurnaroundController] })
export class TurnaroundApiModule {}
