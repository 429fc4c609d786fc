import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { programmeProgress, trustProgress } from '../../progress-reports/programme-progress.queries.js';
import { lineage, programmeLineage } from '../../targets/progress.queries.js';
import { By, Needs } from '../access.js';
import { TextField } from '../fields.js';
import { IdPipe } from '../id.pipe.js';
import { cursorOf, cursorValues, link, PageQuery } from '../paging.js';
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
  constructor(private readonly scope: ReadScope) {}

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
    @Query() { period, limit, after }: ProgressQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const [from] = (cursorValues(after, [(value) => typeof value === 'string']) ?? [null]) as [string | null];
    const found = await this.scope.run(actor, (sql) =>
      programmeProgress(sql, slug, period ?? null, limit, from),
    );
    if (!found) throw notFound(period === undefined ? 'programme' : 'programme with this period');
    link(found.next && cursorOf([found.next]), request, reply);
    return found.json;
  }

  @Get('programmes/:slug/trusts/:ods/progress')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: "A trust's progress: every figure with its id, history, spend and delivery confidence",
  })
  @ApiResponse({ status: 200, type: TrustProgressView })
  async trust(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('ods') ods: string,
    @Query() query: TrustProgressQuery,
  ): Promise<string> {
    const json = await this.scope.run(actor, (sql) => trustProgress(sql, slug, ods, query.period ?? null));
    if (!json)
      throw notFound(
        query.period === undefined ? 'trust in this programme' : 'trust or period in this programme',
      );
    return json;
  }

  @Get('programme-progress/:id/lineage')
  @Needs('log:read')
  @ApiOperation({
    summary: "Which trusts' figures a figure of the programme is the sum of, and whether they add up to it",
  })
  @ApiResponse({ status: 200, type: ProgrammeLineageView })
  async programmeLineage(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<object> {
    const found = await this.scope.run(actor, (sql) => programmeLineage(sql, id));
    if (!found) throw notFound('figure');
    return found;
  }

  @Get('progress/:id/lineage')
  @ApiOperation({
    summary: 'What a figure was computed from: which measurements, in which versions, of which returns',
  })
  @ApiResponse({ status: 200, type: LineageView })
  async lineage(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<object> {
    const found = await this.scope.run(actor, (sql) => lineage(sql, id));
    if (!found) throw notFound('figure');
    return found;
  }
}
