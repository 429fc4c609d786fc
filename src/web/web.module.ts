import { Module } from '@nestjs/common';
import { AccountPagesModule } from './account/account-pages.module.js';
import { ClaimPagesModule } from './claims/claim-pages.module.js';
import { HomePagesModule } from './home/home-pages.module.js';
import { PageModule } from './page/page.module.js';
import { PaymentPagesModule } from './payments/payment-pages.module.js';
import { ProgrammePagesModule } from './programme/programme-pages.module.js';

/** The pages, put together. */
@Module({
  imports: [
    PageModule,
    AccountPagesModule,
    HomePagesModule,
    ProgrammePagesModule,
    ClaimPagesModule,
    PaymentPagesModule,
  ],
})
export class WebModule {}
