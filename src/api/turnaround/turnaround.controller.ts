import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { TurnaroundReader } from '../../turnaround/turnaround.reader.js';
import { linked } from '../paging.js';
import { StageQuery, TurnaroundQuery } from './turnaround.dto.js';
import { StageTurnaroundView, TurnaroundView } from './turnaround.view.js';

@ApiTags('turnaround')
@Controller('v1')
export class TurnaroundController {
  constructor(private readonly reader: TurnaroundReader) {}

  @Get('programmes/:slug/turnaround')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Where time goes: how long each stage takes, on whom, against its target' })
  @ApiResponse({ status: 200, type: TurnaroundView })
  programme(@By() actor: Actor, @Param('slug') slug: string, @Query() query: TurnaroundQuery) {
    return this.reader.programme(actor, slug, query);
  }

  @Get('programmes/:slug/turnaround/:stage')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Where time goes in one stage: by trust, and over time' })
  @ApiResponse({ status: 200, type: StageTurnaroundView })
  async stage(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('stage') stage: string,
    @Query() query: StageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.stage(actor, slug, stage, query, query), request, reply);
  }
}
