import { Module } from '@nestjs/common';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { EvidenceController } from './evidence.controller.js';
import { MilestonesController } from './milestones.controller.js';

/** Milestones and their evidence, as the API shows them. */
@Module({ imports: [MilestonesModule], controllers: [EvidenceController, MilestonesController] })
export class MilestonesApiModule {}
