import { Module } from '@nestjs/common';
import { AssuranceModule } from '../../assurance/assurance.module.js';
import { BenefitsModule } from '../../benefits/benefits.module.js';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { FindingsModule } from '../../findings/findings.module.js';
import { FundingModule } from '../../funding/funding.module.js';
import { MilestonesModule } from '../../milestones/milestones.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProgressReportsModule } from '../../progress-reports/progress-reports.module.js';
import { SurveysModule } from '../../surveys/surveys.module.js';
import { TargetsModule } from '../../targets/targets.module.js';
import { AssuranceTasks } from './assurance-tasks.js';
import { BenefitTasks } from './benefit-tasks.js';
import { DeliveryTasks } from './delivery-tasks.js';
import { FindingTasks } from './finding-tasks.js';
import { MoneyTasks } from './money-tasks.js';
import { TasksController } from './tasks.controller.js';

/** What waits for whoever signed in. */
@Module({
  imports: [
    ...[AssuranceModule, BenefitsModule, ChangeRequestsModule, FindingsModule, FundingModule],
    ...[MilestonesModule, ProgrammesModule, ProgressReportsModule, SurveysModule, TargetsModule],
  ],
  providers: [AssuranceTasks, BenefitTasks, DeliveryTasks, FindingTasks, MoneyTasks],
  controllers: [TasksController],
})
export class TaskPagesModule {}
