import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { idIn, pageOf } from '../../core/paging.js';
import { ReadScope } from '../../database/read-scope.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { JobService } from '../../queue/job.service.js';
import { unfinishedMessages } from '../../queue/jobs.queries.js';
import { ChoiceField, CodeField, INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { ReceiptView } from '../queue/receipts.controller.js';

class JobsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: ['waiting', 'working', 'failed'], optional: true })
  state?: 'waiting' | 'working' | 'failed';
  @CodeField({ is: 'Only jobs of this name.', example: 'assess-return', optional: true }) job?: string;
}

class JobView extends ReceiptView {
  @ShowsOrNull('The trust that it is for.', String, { format: 'uuid' }) trustId: string | null;
  @Shows('Who caused it.', { example: 'system:serve' }) actorId: string;
  @Shows('The request that caused it.') requestId: string;
  @Shows('Attempts so far.', WHOLE) attempts: number;
  @ShowsOrNull('When it was last handed to the queue.', String, INSTANT) handedAt: Date | null;
}

class JobPageView {
  @Shows('The jobs that are not done, newest first.', { type: [JobView] }) items: JobView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

@ApiTags('administration')
@Needs('job:manage')
@Controller('v1/jobs')
export class JobsController {
  constructor(
    private readonly scope: ReadScope,
    private readonly jobs: JobService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Jobs that wait, are at work, or have failed' })
  @ApiResponse({ status: 200, type: JobPageView })
  async list(
    @By() actor: Actor,
    @Query() query: JobsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const after = idIn(query.after) ?? undefined;
    const { state, job, limit } = query;
    const rows = await this.scope.run(actor, (sql) =>
      unfinishedMessages(sql, { state, job, after, limit: limit + 1 }),
    );
    return linked(
      pageOf(rows, limit, (row) => [row.id]),
      request,
      reply,
    );
  }

  @Post(':id/replay')
  @HttpCode(204)
  @ApiOperation({ summary: 'Try a failed job again' })
  @ApiResponse({ status: 204, description: 'It waits for its turn.' })
  replay(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.jobs.replay(actor, id);
  }
}
