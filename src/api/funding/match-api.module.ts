import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ContributionsController } from './contributions.controller.js';
import { CostEvidenceController } from './cost-evidence.controller.js';
import { MatchController } from './match.controller.js';

/** Match and the evidence of costs, as the API shows them. */
@Module({
  imports: [FundingModule],
  controllers: [ContributionsController, CostEvidenceController, MatchController],
})
export class MatchApiModule {}
