import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { IdentityModule } from '../identity/identity.module.js';
import { AccessGuard } from './access.guard.js';
import { AsAtInterceptor } from './as-at.interceptor.js';
import { Draining } from './draining.js';
import { PageAccess } from './page-access.js';
import { UnreadInputGuard } from './unread-input.guard.js';

/** What every door asks of a request before its handler sees it. */
@Module({
  imports: [IdentityModule],
  providers: [
    PageAccess,
    Draining,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: UnreadInputGuard },
    { provide: APP_INTERCEPTOR, useClass: AsAtInterceptor },
  ],
  exports: [Draining],
})
export class HttpModule {}
