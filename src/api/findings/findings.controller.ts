import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import {
  FINDING_KINDS,
  FINDING_STATES,
  type FindingKind,
  type FindingState,
} from '../../findings/finding.rules.js';
import { FindingService } from '../../findings/finding.service.js';
import { FindingsReader } from '../../findings/findings.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChoiceField, CodeField, DayField, TextField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { AuditFindingPageView, AuditFindingView } from './findings.view.js';

class FindingsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: FINDING_STATES, optional: true }) state?: FindingState;
  @ChoiceField({ is: 'Only those of this kind.', of: FINDING_KINDS, optional: true }) kind?: FindingKind;
  @CodeField({ is: 'Only those about this trust, by ODS code.', example: 'RW4', optional: true })
  trust?: string;
  @ChoiceField({ is: 'Only those that are late, or are not.', of: ['true', 'false'], optional: true })
  overdue?: string;
}

class RecordFindingDto {
  @ChoiceField({ is: 'A fault that was found, or something that is advised.', of: FINDING_KINDS })
  kind: FindingKind;
  @TextField({
    is: 'The review or audit that it comes from.',
    max: 300,
    example: 'Gateway review 3, May 2018',
  })
  review: string;
  @TextField({
    is: 'What was found, or is advised. No patient data.',
    max: 4_000,
    example: 'The go-live board did not see the results of the failover test.',
  })
  statement: string;
  @TextField({
    is: 'Who is to answer it.',
    max: 300,
    example: 'Chief information officer, Mersey Care',
  })
  owner: string;
  @CodeField({
    is: 'The trust that it is about, by ODS code; none where it is about the programme.',
    example: 'RW4',
    nullable: true,
  })
  trust: string | null = null;
  @DayField({ is: 'The day by which it is to be answered.', example: '2018-07-31' }) dueOn: string;
}

class FindingClosureDto {
  @TextField({
    is: 'What was done about it.',
    max: 4_000,
    example: 'The test was run again on 2 July 2018, and the board has seen its results.',
  })
  response: string;
}

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
    const { state = null, kind = null, trust = null } = query;
    const overdue = query.overdue === undefined ? null : query.overdue === 'true';
    const page = await this.reader.list(actor, slug, { state, kind, trust, overdue }, query);
    return linked(page, request, reply);
  }

  @Post('programmes/:slug/findings')
  @Needs('finding:record')
  @ApiOperation({ summary: 'Record what a review or an audit found or recommended' })
  @ApiResponse({ status: 201, type: AuditFindingView })
  async record(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() body: RecordFindingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.service.record(actor, slug, body);
    reply.header('Location', `/v1/findings/${view.id}`);
    return view;
  }

  @Get('findings/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One finding, with what was done about it' })
  @ApiResponse({ status: 200, type: AuditFindingView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Post('findings/:id/closure')
  @HttpCode(200)
  @Needs('finding:record')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that you read.', example: '"1"' })
  @ApiOperation({ summary: 'Close an open finding with what was done about it' })
  @ApiResponse({ status: 200, type: AuditFindingView })
  close(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FindingClosureDto,
  ) {
    return this.service.close(actor, id, revision, body);
  }
}
