import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { GatePagesController } from './gates.controller.js';

/** Pages of tranches, their gates and their waivers. */
@Module({ imports: [FundingModule, ProgrammesModule], controllers: [GatePagesController] })
export class GatePagesModule {}
