import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ContributionPagesController } from './contribution.controller.js';
import { ContributionStepPagesController } from './contribution-steps.controller.js';
import { ContributionListPagesController } from './contributions.controller.js';
import { TrustMatchPagesController } from './match.controller.js';

/** Pages of match: what is needed, what is put in, and what proves it. */
@Module({
  imports: [FundingModule, ProgrammesModule],
  controllers: [
    TrustMatchPagesController,
    ContributionListPagesController,
    ContributionPagesController,
    ContributionStepPagesController,
  ],
})
export class MatchPagesModule {}
