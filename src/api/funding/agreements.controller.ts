import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { AgreementService } from '../../funding/agreements/agreement.service.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked } from '../paging.js';
import { AgreementsQuery, DraftAgreementDto, SaveAgreementDto } from './agreements.dto.js';
import { AgreementPageView, AgreementVersionsView, AgreementView } from './agreements.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

@ApiTags('agreements')
@Controller('v1')
export class AgreementsController {
  constructor(
    private readonly reader: AgreementsReader,
    private readonly agreements: AgreementService,
  ) {}

  @Get('programmes/:slug/agreements')
  @Needs('money:read')
  @ApiOperation({ summary: "A programme's agreements, with where the money of each stands" })
  @ApiResponse({ status: 200, type: AgreementPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: AgreementsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { trust = null, state = null } = query;
    return linked(await this.reader.list(actor, slug, { trust, state }, query), request, reply);
  }

  @Post('programmes/:slug/agreements')
  @Needs('agreement:prepare')
  @ApiOperation({
    summary: "Begin the agreement of a trust's award: what the programme says is there already",
  })
  @ApiResponse({ status: 201, type: AgreementView })
  async draft(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() body: DraftAgreementDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.agreements.draft(actor, slug, body);
    reply.header('Location', `/v1/agreements/${view.id}`);
    return this.reader.shown(actor, view);
  }

  @Get('agreements/:id')
  @Needs('money:read')
  @ApiOperation({
    summary:
      'One agreement: the terms in force, its lines with their balances, its tranches, and what is next',
  })
  @ApiResponse({ status: 200, type: AgreementView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('agreements/:id/versions')
  @Needs('money:read')
  @ApiOperation({
    summary: 'Every version of an agreement: what it says, and who prepared, approved and signed it',
  })
  @ApiResponse({ status: 200, type: AgreementVersionsView })
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.versions(actor, id) };
  }

  @Patch('agreements/:id')
  @Needs('agreement:prepare')
  @CHANGES
  @ApiOperation({
    summary: 'Save a draft; what is left out stays as it is, and the award is taken as it is now',
  })
  @ApiResponse({ status: 200, type: AgreementView })
  async save(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: SaveAgreementDto,
  ) {
    return this.reader.shown(actor, await this.agreements.save(actor, id, revision, body));
  }
}
