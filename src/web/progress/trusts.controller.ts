import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { measuresPage } from './measures.page.js';
import { MeasuresReader } from './measures-reader.js';
import { trustPage } from './trust.page.js';
import { TrustDeliveryReader, TrustMoneyReader } from './trust-readings.js';

/** A trust in a programme. */
@Pages('programmes/:slug/trusts/:ods')
export class TrustPagesController {
  constructor(
    private readonly delivery: TrustDeliveryReader,
    private readonly finance: TrustMoneyReader,
    private readonly measures: MeasuresReader,
  ) {}

  @Get()
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string): Promise<Page> {
    const delivery = await this.delivery.of(actor, slug, ods);
    return trustPage(delivery, await this.finance.of(actor, slug, ods));
  }

  @Get('measures')
  @Needs('progress-report:read')
  async compare(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('ods') ods: string,
    @Query() query: { period?: string; targetSet?: string },
  ): Promise<Page> {
    return measuresPage(await this.measures.of(actor, slug, ods, query));
  }
}
