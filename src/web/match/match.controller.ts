import { Get, Param } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { BenefitToCostReader } from '../../funding/benefit-to-cost.reader.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { trustMatchPage } from './trust-match.page.js';

/** Project lead, question 5: how much more match is needed, and which evidence counts? */
@Pages('programmes/:slug/trusts/:ods/match')
export class TrustMatchPagesController {
  constructor(
    private readonly reader: MatchReader,
    private readonly programmes: ProgrammesReader,
    private readonly worth: BenefitToCostReader,
  ) {}

  @Get()
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const match = await this.reader.trust(actor, slug, ods);
    const { totals } = await this.worth.programme(actor, slug, { limit: 1 }, ods);
    return trustMatchPage(programme, match, totals, actor);
  }
}
