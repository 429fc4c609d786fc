import { Get, Param, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { DeliveryReader } from '../../progress-reports/delivery.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { type ConfidenceQuery, confidencePage } from './confidence.page.js';
import { LISTED } from './programme.words.js';

/** Programme manager, question 5: whose delivery confidence worsened. */
@Pages('programmes/:slug')
@Needs('programme:read')
export class DeliveryPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly delivery: DeliveryReader,
  ) {}

  @Get('confidence')
  async confidence(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: ConfidenceQuery,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = (cursor: unknown) => ({ limit: LISTED, after: asked(cursor) ?? undefined });
    const { items, next } = await this.programmes.awardees(actor, slug, page(query.after));
    const scale = programme.terms.confidenceScale;
    const worsened = await this.delivery.worsened(actor, slug, scale, page(query.worse));
    const shown = items.map(({ odsCode }) => odsCode);
    const worse = worsened.items.map(({ odsCode }) => odsCode);
    return confidencePage(programme, {
      ...{ worsened, next, query, own: actor.trustOds !== null },
      worse: await this.delivery.ratings(actor, slug, worse),
      ratings: await this.delivery.ratings(actor, slug, shown),
      returns: may(actor, 'progress-report:read')
        ? await this.delivery.latestReturns(actor, slug, shown)
        : [],
    });
  }
}
