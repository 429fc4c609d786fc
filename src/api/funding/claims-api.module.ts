import { Module } from '@nestjs/common';
import { FundingModule } from '../../funding/funding.module.js';
import { ClaimableController } from './claimable.controller.js';
import { ClaimsController } from './claims.controller.js';
import { ClaimsReviewController } from './claims-review.controller.js';

/** Claims, and what can be claimed, as the API shows them. */
@Module({
  imports: [FundingModule],
  controllers: [ClaimableController, ClaimsController, ClaimsReviewController],
})
export class ClaimsApiModule {}
