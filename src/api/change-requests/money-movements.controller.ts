import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MoneyMovementsReader } from '../../change-requests/money-movements.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { linked, PageQuery } from '../paging.js';
import { MoneyMovementsView } from './money-movements.view.js';

@ApiTags('change requests')
@Controller('v1')
export class MoneyMovementsController {
  constructor(private readonly reader: MoneyMovementsReader) {}

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
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, slug, query), request, reply);
  }
}
