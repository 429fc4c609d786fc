import { type DynamicModule, Module } from '@nestjs/common';
import { ApiModule } from './api/api.module.js';
import { AssuranceModule } from './assurance/assurance.module.js';
import { NotaryModule } from './audit/notary.module.js';
import { ChangeRequestsModule } from './change-requests/change-requests.module.js';
import { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { ENTITIES } from './entities.js';
import { ExportsModule } from './exports/exports.module.js';
import { FundingModule } from './funding/funding.module.js';
import { HttpModule } from './http/http.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { JOBS } from './jobs.js';
import { MilestonesModule } from './milestones/milestones.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { PortfolioModule } from './portfolio/portfolio.module.js';
import { ProgrammesModule } from './programmes/programmes.module.js';
import { ProgressReportsModule } from './progress-reports/progress-reports.module.js';
import { ProjectsModule } from './projects/projects.module.js';
import { QueueModule } from './queue/queue.module.js';
import { type Recurring, SCHEDULE } from './queue/schedule.js';
import { TargetsModule } from './targets/targets.module.js';
import { WebModule } from './web/web.module.js';

export interface AppOptions {
  config: Config;
  /** Where the database is, as the application connects. */
  databaseUrl: string;
  /** As the notary connects; undefined: this process has none. */
  notaryUrl?: string | undefined;
  /** Whether this process works off the queue, or only serves requests. */
  work: boolean;
  /** Instead of all that recurs. */
  schedule?: readonly Recurring[];
}

/** Exemplar, put together. */
@Module({})
export class AppModule {
  static with({ config, databaseUrl, notaryUrl, work, schedule = SCHEDULE }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.with({
          url: databaseUrl,
          readUrl: config.databaseReadUrl,
          poolSize: config.poolSize,
          readPoolSize: config.readPoolSize,
          entities: ENTITIES,
        }),
        NotaryModule.with({ config, url: notaryUrl, works: work }),
        QueueModule.with({ jobs: JOBS, work, schedule }),
        NotificationsModule,
        ProgrammesModule,
        ProjectsModule,
        AssuranceModule,
        MilestonesModule,
        TargetsModule,
        FundingModule,
        ProgressReportsModule,
        ChangeRequestsModule,
        PortfolioModule,
        IdentityModule,
        ExportsModule,
        HttpModule,
        ApiModule,
        WebModule,
      ],
    };
  }
}
