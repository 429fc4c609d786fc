import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { MilestoneEvidenceController } from './milestone-evidence.controller.js';
import { MilestoneStepsController } from './milestone-steps.controller.js';
import { MilestonesPagesController } from './milestones.controller.js';

/** Pages of milestones: what each needs, its proof, and what is decided of it. */
@Module({
  imports: [AuditModule, MilestonesModule, ProgrammesModule],
  controllers: [MilestoneEvidenceController, MilestoneStepsController, MilestonesPagesController],
})
export class MilestonePagesModule {}
