import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { By, Needs } from '../../http/access.js';
import { linked, PageQuery } from '../paging.js';
import { ProgrammeMatchView, TrustMatchView } from './match.view.js';

@ApiTags('match')
@Controller('v1/programmes/:slug')
export class MatchController {
  constructor(private readonly reader: MatchReader) {}

  @Get('match')
  @Needs('money:read')
  @ApiOperation({
    summary: 'Who is below the match ratio, and who will be at the next gate; by agreement, with totals',
  })
  @ApiResponse({ status: 200, type: ProgrammeMatchView })
  async programme(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.programme(actor, slug, query), request, reply);
  }

  @Get('trusts/:ods/match')
  @Needs('money:read')
  @ApiOperation({ summary: 'How much more match a trust needs, and which of its evidence counts' })
  @ApiResponse({ status: 200, type: TrustMatchView })
  trust(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string) {
    return this.reader.trust(actor, slug, ods);
  }
}
