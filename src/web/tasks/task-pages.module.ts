import { Module } from '@nestjs/common';
import { AssuranceModule } from '../../assurance/assurance.module.js';
import { BenefitsModule } from '../../benefits/benefits.module.js';
import { BlueprintsModule } from '../../blueprints/blueprints.module.js';
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
import { BlueprintTasks } from './blueprint-tasks.js';
import { DeliveryTasks } from './delivery-tasks.js';
import { FindingTasks } from './finding-tasks.js';
import { MoneyTasks } from './money-tasks.js';
import type { TaskSource } from './task.js';
import { TASK_SOURCES, TasksController } from './tasks.controller.js';

const SOURCES = [MoneyTasks, BenefitTasks, FindingTasks, AssuranceTasks, BlueprintTasks];

/** What waits for whoever signed in. */
@Module({
  imports: [
    ...[
      AssuranceModule,
      BenefitsModule,
      BlueprintsModule,
      ChangeRequestsModule,
      FindingsModule,
      FundingModule,
    ],
    ...[MilestonesModule, ProgrammesModule, ProgressReportsModule, SurveysModule, TargetsModule],
  ],
  providers: [
    ...[...SOURCES, DeliveryTasks],
    { provide: TASK_SOURCES, inject: SOURCES, useFactory: (...sources: TaskSource[]) => sources },
  ],
  controllers: [TasksController],
})
export class TaskPagesModule {}
