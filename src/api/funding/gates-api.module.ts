import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { GatesController } from './gates.controller.js';

/** Gates and their waivers, as the API shows them. */
@Module({ imports: [FundingModule], controllers: [GatesController] })
export class GatesApiModule {}
