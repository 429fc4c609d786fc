import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { FundingModule } from '../funding/funding.module.js';
import { HttpModule } from '../http/http.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProgressReportsModule } from '../progress-reports/progress-reports.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { TargetsModule } from '../targets/targets.module.js';
import { ApiKeysController } from './administration/api-keys.controller.js';
import { JobsController } from './administration/jobs.controller.js';
import { LogEntriesController } from './administration/log-entries.controller.js';
import { PeopleController } from './administration/people.controller.js';
import { AssuranceApiModule } from './assurance/assurance-api.module.js';
import { AuditApiModule } from './audit/audit-api.module.js';
import { ProofApiModule } from './audit/proof-api.module.js';
import { BenefitsApiModule } from './benefits/benefits-api.module.js';
import { BlueprintsApiModule } from './blueprints/blueprints-api.module.js';
import { ChangeRequestsApiModule } from './change-requests/change-requests-api.module.js';
import { ExportsController } from './exports/exports.controller.js';
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
import { PortfolioApiModule } from './portfolio/portfolio-api.module.js';
import { DefinitionsController } from './programmes/definitions.controller.js';
import { ProgrammesController } from './programmes/programmes.controller.js';
import { ProgressController } from './programmes/progress.controller.js';
import { ProgressReportsController } from './progress-reports/progress-reports.controller.js';
import { ReceiptsController } from './queue/receipts.controller.js';
import { SurveysApiModule } from './surveys/surveys-api.module.js';
import { MeasurementsController } from './targets/measurements.controller.js';
import { TurnaroundApiModule } from './turnaround/turnaround-api.module.js';

@Module({
  imports: [
    AgreementsApiModule,
    AssuranceApiModule,
    AuditApiModule,
    AuditModule,
    BenefitsApiModule,
    TurnaroundApiModule,
    ClaimsApiModule,
    ChangeRequestsApiModule,
    ExportsModule,
    BlueprintsApiModule,
    FindingsApiModule,
    FundingModule,
    GatesApiModule,
    HttpModule,
    IdentityModule,
    MatchApiModule,
    MilestonesApiModule,
    MoneyApiModule,
    OrganisationsModule,
    PaymentsApiModule,
    PortfolioApiModule,
    ProgrammesModule,
    ProgressReportsModule,
    ProjectsModule,
    ProofApiModule,
    SurveysApiModule,
    TargetsModule,
    YearEndApiModule,
  ],
  controllers: [
    ApiKeysController,
    PeopleController,
    DefinitionsController,
    ExportsController,
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
})
export class ApiModule {}
