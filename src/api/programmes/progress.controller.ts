import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgressReader } from '../../progress-reports/progress.reader.js';
import { TextField } from '../fields.js';
import { link, PageQuery } from '../paging.js';
import {
  LineageView,
  ProgrammeLineageView,
  ProgrammeProgressView,
  TrustProgressView,
} from './progress.view.js';

class ProgressQuery extends PageQuery {
  @TextField({
    is: 'As at the end of this period; the latest that was reported where left out.',
    example: '2018/19 Q1',
    max: 20,
    optional: true,
  })
  period?: string;
}

class TrustProgressQuery {
  @TextField({
    is: 'As at the end of this period; the latest that was reported where left out.',
    example: '2018/19 Q1',
    max: 20,
    optional: true,
  })
  period?: string;
}

@ApiTags('progress')
@Needs('programme:read')
@Controller('v1')
export class ProgressController {
  constructor(private readonly reader: ProgressReader) {}

  @Get('programmes/:slug/progress')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary:
      "A programme's progress toward its targets: self-reported and validated, against trajectory, by trust",
  })
  @ApiResponse({ status: 200, type: ProgrammeProgressView })
  async programme(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: ProgressQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = await this.reader.programme(actor, slug, query.period ?? null, query);
    link(found.next, request, reply);
    return found.json;
  }

  @Get('programmes/:slug/trusts/:ods/progress')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: "A trust's progress: every figure with its id, history, spend and delivery confidence",
  })
  @ApiResponse({ status: 200, type: TrustProgressView })
  trust(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('ods') ods: string,
    @Query() query: TrustProgressQuery,
  ): Promise<string> {
    return this.reader.trust(actor, slug, ods, query.period ?? null);
  }

  @Get('programme-progress/:id/lineage')
  @Needs('log:read')
  @ApiOperation({
    summary: "Which trusts' figures a figure of the programme is the sum of, and whether they add up to it",
  })
  @ApiResponse({ status: 200, type: ProgrammeLineageView })
  async programmeLineage(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.reader.programmeLineage(actor, id, page);
    link(found.next, request, reply);
    return found;
  }

  @Get('progress/:id/lineage')
  @ApiOperation({
    summary: 'What a figure was computed from: which measurements, in which versions, of which returns',
  })
  @ApiResponse({ status: 200, type: LineageView })
  lineage(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.lineage(actor, id);
  }
}
