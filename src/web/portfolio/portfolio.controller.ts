import { Get, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { PortfolioReader } from '../../portfolio/portfolio.reader.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { type PortfolioPageQuery, portfolioAskedOf, portfolioPage } from './portfolio.page.js';

/** Programmes side by side. */
@Pages('portfolio')
export class PortfolioPagesController {
  constructor(private readonly reader: PortfolioReader) {}

  @Get()
  @Needs('portfolio:read')
  async portfolio(@By() actor: Actor, @Query() query: PortfolioPageQuery): Promise<Page> {
    const { by, filter } = portfolioAskedOf(query);
    return portfolioPage(await this.reader.portfolio(actor, by, filter), filter);
  }
}
