import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { GatesController } from './gates.controller.js';
import { GatesReader } from './gates.reader.js';

/** Gates and their waivers, as the API shows them. */
@Module({ imports: [FundingModule], controllers: [GatesController], providers: [GatesReader] })
export class GatesApiModule {}
