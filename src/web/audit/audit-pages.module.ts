import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { OrganisationsModule } from '../../organisations/organisations.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProgressReportsModule } from '../../progress-reports/progress-reports.module.js';
import { TargetsModule } from '../../targets/targets.module.js';
import { AuditController, RecordsAuditController } from './audit.controller.js';
import { MoneyHeadlines, RecordHeadlines } from './headlines.js';
import { HistoryController } from './history.controller.js';
import { MoneyAuditController } from './money-audit.controller.js';
import { ReconciliationReading } from './reconciliation.reading.js';

/** Pages of an auditor: one for each of their questions, and the log. */
@Module({
  imports: [
    AuditModule,
    ChangeRequestsModule,
    FundingModule,
    OrganisationsModule,
    ProgrammesModule,
    ProgressReportsModule,
    TargetsModule,
  ],
  controllers: [AuditController, HistoryController, MoneyAuditController, RecordsAuditController],
  providers: [MoneyHeadlines, ReconciliationReading, RecordHeadlines],
})
export class AuditPagesModule {}
