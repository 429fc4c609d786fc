import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityModule } from '../identity/identity.module.js';
import { AccessGuard } from './access.guard.js';
import { HealthController } from './health.controller.js';
import { MeController } from './me.controller.js';

@Module({
  imports: [IdentityModule],
  controllers: [HealthController, MeController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
})
export class ApiModule {}
