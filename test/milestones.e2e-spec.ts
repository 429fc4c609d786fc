import { Module } from '@nestjs/common';
import { ApiModule } from '../src/api/api.module.js';
import type { AppOptions } from '../src/app.module.js';
import { ConfigModule } from '../src/config/config.module.js';
import { DatabaseModule } from '../src/database/database.module.js';
import { ENTITIES } from '../src/entities.js';
import { FundingModule } from '../src/funding/funding.module.js';
import { IdentityModule } from '../src/identity/identity.module.js';
import { MilestonesModule } from '../src/milestones/milestones.module.js';
import { ProgrammesModule } from '../src/programmes/programmes.module.js';
import { ProjectsModule } from '../src/projects/projects.module.js';
import { QueueModule } from '../src/queue/queue.module.js';
import { RECOMPUTE_PROGRESS, ROLL_UP_PROGRESS } from '../src/targets/progress.jobs.js';
import { TargetsModule } from '../src/targets/targets.module.js';
import { startTestApp, type TestApp } from './support/app.js';

@Module({})
class Small {}

let test_: TestApp;
beforeAll(async () => {
  test_ = await startTestApp({
    module: ({ config, databaseUrl, work }: AppOptions) => ({
      module: Small,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.with({ url: databaseUrl, poolSize: config.poolSize, entities: ENTITIES }),
        QueueModule.with({ jobs: [RECOMPUTE_PROGRESS, ROLL_UP_PROGRESS], work }),
        ProgrammesModule,
        ProjectsModule,
        MilestonesModule,
        TargetsModule,
        FundingModule,
        IdentityModule,
        ApiModule,
      ],
    }),
  });
});
afterAll(() => test_?.stop());

test('boots', async () => {
  const key = await test_.as('trust-lead', 'RW4');
  console.log((await test_.request('get', '/v1/me', key)).body);
  console.log(await test_.database.sql('select code, kind, baseline_on, state from milestone'));
});
