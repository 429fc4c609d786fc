import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProjectsModule } from '../../projects/projects.module.js';
import { ClaimPagesController } from './claim.controller.js';
import { ClaimActs } from './claim-acts.js';
import { ClaimEvidenceController } from './claim-evidence.controller.js';
import { ClaimLinesController } from './claim-lines.controller.js';
import { ClaimListController } from './claim-list.controller.js';
import { ClaimablePagesController } from './claimable.controller.js';

/** Claims: what can be claimed, and each claim from its draft to its decision. */
@Module({
  imports: [FundingModule, ProgrammesModule, ProjectsModule],
  controllers: [
    ClaimListController,
    ClaimablePagesController,
    ClaimPagesController,
    ClaimLinesController,
    ClaimEvidenceController,
  ],
  providers: [ClaimActs],
})
export class ClaimPagesModule {}
