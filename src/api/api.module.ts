import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityModule } from '../identity/identity.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProgressReportsModule } from '../progress-reports/progress-reports.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { AccessGuard } from './access.guard.js';
import { ApiKeysController } from './administration/api-keys.controller.js';
import { JobsController } from './administration/jobs.controller.js';
import { LogEntriesController } from './administration/log-entries.controller.js';
import { ChangeRequestsApiModule } from './change-requests/change-requests-api.module.js';
import { FindingsApiModule } from './findings/findings-api.module.js';
import { AgreementsApiModule } from './funding/agreements-api.module.js';
import { ClaimsApiModule } from './funding/claims-api.module.js';
import { GatesApiModule } from './funding/gates-api.module.js';
import { MatchApiModule } from './funding/match-api.module.js';
import { MoneyApiModule } from './funding/money-api.module.js';
import { PaymentsApiModule } from './funding/payments-api.module.js';
import { YearEndApiModule } from './funding/year-end-api.module.js';
import { HealthController } from './health.controller.js';
import { MeController } from './me.controller.js';
import { MilestonesApiModule } from './milestones/milestones-api.module.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { DefinitionsController } from './programmes/definitions.controller.js';
import { ProgrammesController } from './programmes/programmes.controller.js';
import { ProgrammesReader } from './programmes/programmes.reader.js';
import { ProgressController } from './programmes/progress.controller.js';
import { ProgressReportsController } from './progress-reports/progress-reports.controller.js';
import { ProgressReportsReader } from './progress-reports/progress-reports.reader.js';
import { ReceiptsController } from './queue/receipts.controller.js';
import { MeasurementsController } from './targets/measurements.controller.js';
import { UnreadInputGuard } from './unread-input.guard.js';

@Module({
  imports: [
    AgreementsApiModule,
    ClaimsApiModule,
    ChangeRequestsApiModule,
    FindingsApiModule,
    GatesApiModule,
    IdentityModule,
    MatchApiModule,
    MilestonesApiModule,
    MoneyApiModule,
    PaymentsApiModule,
    ProgrammesModule,
    ProgressReportsModule,
    TargetsModule,
    YearEndApiModule,
  ],
  controllers: [
    ApiKeysController,
    DefinitionsController,
    HealthController,
    JobsController,
    LogEntriesController,
    MeasurementsController,
    MeController,
    OrganisationsController,
    ProgrammesController,
    ProgressController,
    ProgressReportsController,
    ReceiptsController,
  ],
  providers: [
    ProgrammesReader,
    ProgressReportsReader,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: UnreadInputGuard },
  ],
})
export class ApiModule {}
