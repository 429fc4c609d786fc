import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exceeded, moneyMovements } from '../../change-requests/money-movements.queries.js';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { By, Needs } from '../access.js';
import { cursorValues, isId, linked, PageQuery, pageOf } from '../paging.js';
import { MoneyMovementsView } from './money-movements.view.js';

@ApiTags('change requests')
@Controller('v1')
export class MoneyMovementsController {
  constructor(private readonly scope: ReadScope) {}

  @Get('programmes/:slug/money-movements')
  @Needs('log:read')
  @ApiOperation({
    summary:
      'Which awards, lines or years were exceeded or moved: by which request, asked and approved by whom',
  })
  @ApiResponse({ status: 200, type: MoneyMovementsView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() { limit, after }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const before = (cursorValues(after, [isId])?.[0] ?? null) as string | null;
    const found = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return { over: await exceeded(sql, id), rows: await moneyMovements(sql, id, limit + 1, before) };
    });
    const page = linked(
      pageOf(found.rows, limit, ({ id }) => [id]),
      request,
      reply,
    );
    return { exceeded: found.over, ...page };
  }
}
