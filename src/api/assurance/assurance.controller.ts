import { Body, Controller, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssuranceReader } from '../../assurance/assurance.reader.js';
import { AssuranceItemService } from '../../assurance/assurance-item.service.js';
import { ASSURANCE_KINDS, KINDS } from '../../assurance/assurance-kinds.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs, Public } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { GoLivesReader } from '../../milestones/go-lives.reader.js';
import { linked, PageQuery } from '../paging.js';
import { AssuranceContentDto, AssuranceItemDto, AssuranceItemsQuery, GoLivesQuery } from './assurance.dto.js';
import {
  AssuranceFilesView,
  AssuranceItemPageView,
  AssuranceKindsView,
  GoLivePageView,
  LibraryOutcomePageView,
} from './assurance.view.js';

/** Evidence that what is deployed is safe and lawful to use, and what go-lives lack of it. */
@ApiTags('assurance')
@Controller('v1')
export class AssuranceController {
  constructor(
    private readonly reader: AssuranceReader,
    private readonly service: AssuranceItemService,
    private readonly goLives: GoLivesReader,
  ) {}

  @Get('assurance-kinds')
  @Needs('programme:read')
  @ApiOperation({ summary: 'The kinds of evidence: what each is of, from when, and who signs it' })
  @ApiResponse({ status: 200, type: AssuranceKindsView })
  kinds() {
    return { items: ASSURANCE_KINDS.map((code) => ({ code, ...KINDS[code] })) };
  }

  @Get('assurance-items')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Evidence of safety and governance, what expires first first' })
  @ApiResponse({ status: 200, type: AssuranceItemPageView })
  async list(
    @By() actor: Actor,
    @Query() query: AssuranceItemsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { kind = null, state, trust = null, product = null, expiresTo = null } = query;
    const filter = { kind, states: state ? [state] : null, trust, productId: product, expiresTo };
    return linked(await this.reader.list(actor, filter, query), request, reply);
  }

  @Post('assurance-items')
  @Needs('assurance:prepare')
  @ApiOperation({ summary: 'Begin a piece of evidence, as a draft' })
  @ApiResponse({ status: 201, type: AssuranceFilesView })
  async begin(
    @By() actor: Actor,
    @Body() body: AssuranceItemDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const begun = await this.service.begin(actor, body);
    reply.header('Location', `/v1/assurance-items/${begun.id}`);
    return this.reader.shown(actor, begun);
  }

  @Get('assurance-items/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One piece of evidence, with its files' })
  @ApiResponse({ status: 200, type: AssuranceFilesView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Put('assurance-items/:id')
  @Needs('assurance:prepare')
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag that you read.',
    example: '"1"',
  })
  @ApiOperation({ summary: 'Write a draft anew' })
  @ApiResponse({ status: 200, type: AssuranceFilesView })
  async change(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AssuranceContentDto,
  ) {
    return this.reader.shown(actor, await this.service.change(actor, id, revision, body));
  }

  @Get('programmes/:slug/go-lives')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Go-lives, with what each needs and lacks on its day' })
  @ApiResponse({ status: 200, type: GoLivePageView })
  async missing(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: GoLivesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { trust = null, project = null, until = null } = query;
    const live = query.live === undefined ? null : query.live === 'true';
    const page = await this.goLives.list(actor, slug, { trust, project, live, until }, query);
    return linked(page, request, reply);
  }

  @Get('library-outcomes')
  @Public()
  @ApiOperation({ summary: 'Outcomes of the NHS apps library that were published, the latest first' })
  @ApiResponse({ status: 200, type: LibraryOutcomePageView })
  async outcomes(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.libraryOutcomes(query), request, reply);
  }
}
