import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { PortfolioReader } from '../../portfolio/portfolio.reader.js';
import { PortfolioQuery } from './portfolio.dto.js';
import { PortfolioLayoutView } from './portfolio.view.js';

@ApiTags('portfolio')
@Controller('v1/portfolio')
export class PortfolioController {
  constructor(private readonly reader: PortfolioReader) {}

  @Get()
  @Needs('portfolio:read')
  @ApiOperation({
    summary: 'All programmes side by side: funding, match, progress and confidence by goal, region or year',
  })
  @ApiResponse({ status: 200, type: PortfolioLayoutView })
  portfolio(@By() actor: Actor, @Query() query: PortfolioQuery) {
    const { by = 'goal', goal = null, region = null, year = null } = query;
    return this.reader.portfolio(actor, by, { goal, region, year });
  }
}
