import { Module } from '@nestjs/common';
import { AccountPagesModule } from './account/account-pages.module.js';
import { AgreementPagesModule } from './agreements/agreement-pages.module.js';
import { AssurancePagesModule } from './assurance/assurance-pages.module.js';
import { AuditPagesModule } from './audit/audit-pages.module.js';
import { BenefitPagesModule } from './benefits/benefit-pages.module.js';
import { BlueprintPagesModule } from './blueprints/blueprint-pages.module.js';
import { ChangePagesModule } from './changes/change-pages.module.js';
import { ClaimPagesModule } from './claims/claim-pages.module.js';
import { ExportPagesModule } from './exports/export-pages.module.js';
import { FindingPagesModule } from './findings/finding-pages.module.js';
import { GatePagesModule } from './gates/gate-pages.module.js';
import { HomePagesModule } from './home/home-pages.module.js';
import { MatchPagesModule } from './match/match-pages.module.js';
import { MilestonePagesModule } from './milestones/milestone-pages.module.js';
import { OpenDataPagesModule } from './open-data/open-data-pages.module.js';
import { PageModule } from './page/page.module.js';
import { PaymentPagesModule } from './payments/payment-pages.module.js';
import { PeoplePagesModule } from './people/people-pages.module.js';
import { PortfolioPagesModule } from './portfolio/portfolio-pages.module.js';
import { ProgrammePagesModule } from './programme/programme-pages.module.js';
import { ProgressPagesModule } from './progress/progress-pages.module.js';
import { ReturnPagesModule } from './returns/return-pages.module.js';
import { SamplePagesModule } from './samples/sample-pages.module.js';
import { SurveyPagesModule } from './surveys/survey-pages.module.js';
import { TaskPagesModule } from './tasks/task-pages.module.js';
import { TurnaroundPagesModule } from './turnaround/turnaround-pages.module.js';
import { YearEndPagesModule } from './year-end/year-end-pages.module.js';

/** The pages, put together. */
@Module({
  imports: [
    PageModule,
    AccountPagesModule,
    AgreementPagesModule,
    AssurancePagesModule,
    AuditPagesModule,
    BenefitPagesModule,
    TurnaroundPagesModule,
    ChangePagesModule,
    ClaimPagesModule,
    ExportPagesModule,
    BlueprintPagesModule,
    FindingPagesModule,
    GatePagesModule,
    HomePagesModule,
    MatchPagesModule,
    MilestonePagesModule,
    OpenDataPagesModule,
    PaymentPagesModule,
    PortfolioPagesModule,
    PeoplePagesModule,
    ProgrammePagesModule,
    ProgressPagesModule,
    ReturnPagesModule,
    SamplePagesModule,
    SurveyPagesModule,
    TaskPagesModule,
    YearEndPagesModule,
  ],
})
export class WebModule {}
