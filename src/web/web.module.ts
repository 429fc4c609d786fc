import { Module } from '@nestjs/common';
import { AccountPagesModule } from './account/account-pages.module.js';
import { AgreementPagesModule } from './agreements/agreement-pages.module.js';
import { HomePagesModule } from './home/home-pages.module.js';
import { PageModule } from './page/page.module.js';
import { ProgrammePagesModule } from './programme/programme-pages.module.js';

/** The pages, put together. */
@Module({
  imports: [PageModule, AccountPagesModule, AgreementPagesModule, HomePagesModule, ProgrammePagesModule],
})
export class WebModule {}
