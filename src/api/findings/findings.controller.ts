import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { FindingService } from '../../findings/finding.service.js';
import { FindingsReader } from '../../findings/findings.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked } from '../paging.js';
import { FindingsQuery, RecordFindingDto } from './findings.dto.js';
import { AuditFindingPageView, AuditFindingStepsView } from './findings.view.js';

@ApiTags('findings')
@Controller('v1')
export class FindingsController {
  constructor(
    private readonly reader: FindingsReader,
    private readonly service: FindingService,
  ) {}

  @Get('programmes/:slug/findings')
  @Needs('programme:read')
  @ApiOperation({ summary: 'What reviews and audits found and recommended, the first due first' })
  @ApiResponse({ status: 200, type: AuditFindingPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: FindingsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state, kind = null, trust = null, priority = null, ownerRole = null } = query;
    const overdue = query.overdue === undefined ? null : query.overdue === 'true';
    const filter = { states: state ? [state] : null, kind, trust, overdue, priority, ownerRole };
    return linked(await this.reader.list(actor, slug, filter, query), request, reply);
  }

  @Post('programmes/:slug/findings')
  @Needs('finding:record')
  @ApiOperation({ summary: 'Record what a review or an audit found or recommended' })
  @ApiResponse({ status: 201, type: AuditFindingStepsView })
  async record(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() body: RecordFindingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const recorded = await this.service.record(actor, slug, body);
    reply.header('Location', `/v1/findings/${recorded.id}`);
    return this.reader.shown(actor, recorded);
  }

  @Get('findings/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One finding, with all that was said and done about it' })
  @ApiResponse({ status: 200, type: AuditFindingStepsView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }
}
