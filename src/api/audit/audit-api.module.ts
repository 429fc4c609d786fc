import { Module } from '@nestjs/common';
import { AuditingModule } from '../../auditing/auditing.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { AuditReadsController } from './audit-reads.controller.js';
import { MoneyQuestionsController } from './money-questions.controller.js';
import { AuditQuestionsController } from './questions.controller.js';
import { SamplesController } from './samples.controller.js';

/** What auditors ask, as the API answers it. */
@Module({
  imports: [AuditingModule, ChangeRequestsModule, FundingModule],
  controllers: [AuditReadsController, AuditQuestionsController, MoneyQuestionsController, SamplesController],
})
export class AuditApiModule {}
