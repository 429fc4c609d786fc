import { Module } from '@nestjs/common';
import { AccountPagesModule } from './account/account-pages.module.js';
import { AgreementPagesModule } from './agreements/agreement-pages.module.js';
import { GatePagesModule } from './gates/gate-pages.module.js';
import { HomePagesModule } from './home/home-pages.module.js';
import { MatchPagesModule } from './match/match-pages.module.js';
import { PageModule } from './page/page.module.js';
import { ProgrammePagesModule } from './programme/programme-pages.module.js';

/** The pages, put together. */
@Module({
  imports: [
    PageModule,
    AccountPagesModule,
    AgreementPagesModule,
    GatePagesModule,
    HomePagesModule,
    MatchPagesModule,
    ProgrammePagesModule,
  ],
})
export class WebModule {}
