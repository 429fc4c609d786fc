import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { AuditingModule } from '../../auditing/auditing.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { OrganisationsModule } from '../../organisations/organisations.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { AuditController, RecordsAuditController } from './audit.controller.js';
import { MoneyHeadlines, RecordHeadlines } from './headlines.js';
import { HistoryController } from './history.controller.js';
import { MoneyAuditController } from './money-audit.controller.js';
import { ReadsController } from './reads.controller.js';

/** Pages of an auditor: one for each of their questions, and the log. */
@Module({
  imports: [
    AuditModule,
    AuditingModule,
    ChangeRequestsModule,
    FundingModule,
    OrganisationsModule,
    ProgrammesModule,
  ],
  controllers: [
    AuditController,
    HistoryController,
    MoneyAuditController,
    ReadsController,
    RecordsAuditController,
  ],
  providers: [MoneyHeadlines, RecordHeadlines],
})
export class AuditPagesModule {}
