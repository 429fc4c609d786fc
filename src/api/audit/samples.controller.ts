import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SamplesReader } from '../../auditing/samples/samples.reader.js';
import { SamplesService } from '../../auditing/samples/samples.service.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked, PageQuery } from '../paging.js';
import { CheckItemDto, DrawSampleDto, sampleRequestOf } from './samples.dto.js';
import { ReproductionView, SamplePageView, SampleView } from './samples.view.js';

/** Samples that anybody can draw again. */
@ApiTags('audit samples')
@Controller('v1')
export class SamplesController {
  constructor(
    private readonly reader: SamplesReader,
    private readonly service: SamplesService,
  ) {}

  @Get('programmes/:slug/audit-samples')
  @Needs('log:read')
  @ApiOperation({ summary: "A programme's samples, the latest first" })
  @ApiResponse({ status: 200, type: SamplePageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, slug, query), request, reply);
  }

  @Post('programmes/:slug/audit-samples')
  @Needs('sample:draw')
  @ApiOperation({
    summary:
      'Draw a sample of payments, lines of claims, postings or match: by a seed, so that it can be drawn again',
  })
  @ApiResponse({ status: 201, type: SampleView })
  async draw(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() body: DrawSampleDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const drawn = await this.service.draw(actor, slug, sampleRequestOf(body));
    reply.header('Location', `/v1/audit-samples/${drawn.id}`);
    return drawn;
  }

  @Get('audit-samples/:id')
  @Needs('log:read')
  @ApiOperation({
    summary: 'One sample with its items, what was seen of them, and what it says of the whole',
  })
  @ApiResponse({ status: 200, type: SampleView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('audit-samples/:id/reproduction')
  @Needs('log:read')
  @ApiOperation({ summary: 'The sample drawn again from the population as at the same entry of the log' })
  @ApiResponse({ status: 200, type: ReproductionView })
  reproduction(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.reproduction(actor, id);
  }

  @Post('audit-samples/:id/items/:item/result')
  @HttpCode(200)
  @Needs('sample:draw')
  @ApiHeader({ name: 'If-Match', required: true, description: "The item's revision.", example: '"1"' })
  @ApiOperation({ summary: 'Record what was seen of an item; If-Match is of the item' })
  @ApiResponse({ status: 200, type: SampleView })
  check(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('item', IdPipe) item: string,
    @IfMatch() revision: number | null,
    @Body() body: CheckItemDto,
  ) {
    return this.service.check(actor, id, item, revision, body);
  }
}
