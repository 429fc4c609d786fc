import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BenefitService } from '../../benefits/benefit.service.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import type { Actor } from '../../core/actor.js';
import { BenefitToCostReader } from '../../funding/benefit-to-cost.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked } from '../paging.js';
import { BenefitDto, BenefitsQuery, BenefitTotalsQuery, NewBenefitDto, WorthQuery } from './benefits.dto.js';
import { BenefitPageView, BenefitTotalsView, ProgrammeWorthView, ShownBenefitView } from './benefits.view.js';

@ApiTags('benefits')
@Controller('v1')
export class BenefitsController {
  constructor(
    private readonly reader: BenefitsReader,
    private readonly service: BenefitService,
    private readonly worth: BenefitToCostReader,
  ) {}

  @Get('programmes/:slug/benefits')
  @Needs('programme:read')
  @ApiOperation({ summary: 'What projects are to bring and brought, in the order in which it was recorded' })
  @ApiResponse({ status: 200, type: BenefitPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: BenefitsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { trust = null, project = null, type = null, state = null } = query;
    const filter = { trust, project, type, state };
    return linked(await this.reader.list(actor, slug, filter, query), request, reply);
  }

  @Get('programmes/:slug/benefit-totals')
  @Needs('programme:read')
  @ApiOperation({ summary: 'What agreed benefits come to, by type and unit, each gain once' })
  @ApiResponse({ status: 200, type: BenefitTotalsView })
  totals(@By() actor: Actor, @Param('slug') slug: string, @Query() query: BenefitTotalsQuery) {
    const { trust = null, project = null } = query;
    return this.reader.totals(actor, slug, { trust, project });
  }

  @Get('programmes/:slug/benefit-to-cost')
  @Needs('money:read')
  @ApiOperation({ summary: 'Benefit to cost, planned and realised, of the programme and by trust' })
  @ApiResponse({ status: 200, type: ProgrammeWorthView })
  async benefitToCost(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: WorthQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.worth.programme(actor, slug, query, query.trust ?? null), request, reply);
  }

  @Post('programmes/:slug/benefits')
  @Needs('benefit:record')
  @ApiOperation({ summary: 'Begin a benefit of a project, as a draft' })
  @ApiResponse({ status: 201, type: ShownBenefitView })
  async record(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() { project, ...draft }: NewBenefitDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.service.record(actor, slug, project, draft);
    reply.header('Location', `/v1/benefits/${id}`);
    return this.reader.one(actor, id);
  }

  @Get('benefits/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One benefit, with all that was reported of it' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Patch('benefits/:id')
  @HttpCode(200)
  @Needs('benefit:record')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you read.', example: '"1"' })
  @ApiOperation({ summary: 'Change a draft: all of it is sent' })
  @ApiResponse({ status: 200, type: ShownBenefitView })
  async change(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: BenefitDto,
  ) {
    await this.service.change(actor, id, revision, body);
    return this.reader.one(actor, id);
  }
}
