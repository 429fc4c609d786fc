function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
import { Module } from '@nestjs/common';
import { ApiModule } from './api/api.module.js';
import { AssuranceModule } from './assurance/assurance.module.js';
import { NotaryModule } from './audit/notary.module.js';
import { ChangeRequestsModule } from './change-requests/change-requests.module.js';
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
import { TargetsModule } from './targets/targets.module.js';
import { WebModule } from './web/web.module.js';
export class AppModule {
    static with({ config, databaseUrl, notaryUrl, work }) {
        return {
            module: AppModule,
            imports: [
                ConfigModule.with(config),
                DatabaseModule.with({
                    url: databaseUrl,
                    readUrl: config.databaseReadUrl,
                    poolSize: config.poolSize,
                    entities: ENTITIES
                }),
                NotaryModule.with({
                    config,
                    url: notaryUrl,
                    works: work
                }),
                QueueModule.with({
                    jobs: JOBS,
                    work
                }),
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
                WebModule
            ]
        };
    }
}
AppModule = _ts_decorate([
    Module({})
], AppModule);

//# sourceMappingURL=app.module.js.map