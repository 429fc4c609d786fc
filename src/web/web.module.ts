import { Module } from '@nestjs/common';
import { AccountPagesModule } from './account/account-pages.module.js';
import { AuditPagesModule } from './audit/audit-pages.module.js';
import { HomePagesModule } from './home/home-pages.module.js';
import { PageModule } from './page/page.module.js';
import { ProgrammePagesModule } from './programme/programme-pages.module.js';

/** The pages, put together. */
@Module({
  imports: [PageModule, AccountPagesModule, AuditPagesModule, HomePagesModule, ProgrammePagesModule],
})
export class WebModule {}
