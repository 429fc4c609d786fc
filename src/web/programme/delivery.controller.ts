import { Get, Param, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { DeliveryReader } from '../../progress-reports/delivery.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { confidencePage } from './confidence.page.js';
import { followersPage } from './followers.page.js';
import { LISTED } from './programme.words.js';

/** Programme manager, questions 5 and 10: whose delivery confidence worsened, and who follows whom. */
@Pages('programmes/:slug')
@Needs('programme:read')
export class DeliveryPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly delivery: DeliveryReader,
  ) {}

  @Get('confidence')
  async confidence(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const ratings = await this.delivery.ratings(actor, slug);
    const returns = may(actor, 'progress-report:read') ? await this.delivery.returns(actor, slug) : [];
    return confidencePage(programme, ratings, returns, actor.trustOds !== null);
  }

  @Get('followers')
  async followers(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('after') after: unknown,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = { limit: LISTED, after: asked(after) ?? undefined };
    const followers = await this.programmes.roles(actor, slug, true, page);
    const counts = await this.programmes.followers(actor, slug);
    const mayOpen = (odsCode: string) => may(actor, 'money:read') && (actor.trustOds ?? odsCode) === odsCode;
    return followersPage(programme, followers, counts, mayOpen);
  }
}
