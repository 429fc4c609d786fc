import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ScenarioService } from '../../portfolio/scenario.service.js';
import { ScenariosReader } from '../../portfolio/scenarios.reader.js';
import { linked } from '../paging.js';
import { NewScenarioDto, ScenarioReasonDto, ScenariosQuery } from './portfolio.dto.js';
import { ScenarioPageView, ScenarioView } from './scenarios.view.js';

@ApiTags('portfolio')
@Controller('v1')
export class ScenariosController {
  constructor(
    private readonly reader: ScenariosReader,
    private readonly service: ScenarioService,
  ) {}

  @Get('scenarios')
  @Needs('portfolio:read')
  @ApiOperation({ summary: 'What-ifs that were kept, the latest first' })
  @ApiResponse({ status: 200, type: ScenarioPageView })
  async list(
    @By() actor: Actor,
    @Query() query: ScenariosQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { programme = null, state = null } = query;
    return linked(await this.reader.list(actor, { programme, state }, query), request, reply);
  }

  @Post('programmes/:slug/scenarios')
  @Needs('scenario:make')
  @ApiOperation({
    summary:
      'Compute what would move if less were paid in a year, and keep it; nothing of the programme changes',
  })
  @ApiResponse({ status: 201, type: ScenarioView })
  async make(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() body: NewScenarioDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.service.make(actor, slug, body);
    reply.header('Location', `/v1/scenarios/${id}`);
    return this.reader.one(actor, id);
  }

  @Get('scenarios/:id')
  @Needs('portfolio:read')
  @ApiOperation({ summary: 'One what-if, with what would become of tranches, milestones and targets' })
  @ApiResponse({ status: 200, type: ScenarioView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Post('scenarios/:id/withdrawal')
  @HttpCode(200)
  @Needs('scenario:make')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you read.', example: '"1"' })
  @ApiOperation({ summary: 'Withdraw it: it stays, marked so' })
  @ApiResponse({ status: 200, type: ScenarioView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ScenarioReasonDto,
  ) {
    await this.service.withdraw(actor, id, revision, body);
    return this.reader.one(actor, id);
  }
}
