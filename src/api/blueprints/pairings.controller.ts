import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdoptionsReader } from '../../blueprints/adoptions.reader.js';
import { PairingService } from '../../blueprints/pairing.service.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked, PageQuery } from '../paging.js';
import { FollowerAwardDto, PairingDecisionDto } from './adoptions.dto.js';
import { PairingPageView, PairingView } from './adoptions.view.js';
import { CHANGES } from './changes.js';

/** Who follows whom, as it was decided and as it stands. */
@ApiTags('adoptions')
@Controller('v1')
export class PairingsController {
  constructor(
    private readonly reader: AdoptionsReader,
    private readonly service: PairingService,
  ) {}

  @Get('programmes/:slug/pairings')
  @Needs('programme:read')
  @ApiOperation({ summary: "Who follows whom, by the follower's name, with an award of its own" })
  @ApiResponse({ status: 200, type: PairingPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.pairings(actor, slug, query), request, reply);
  }

  @Get('pairings/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One pairing of a follower with an exemplar' })
  @ApiResponse({ status: 200, type: PairingView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.pairing(actor, id);
  }

  @Post('pairings/:id/confirmation')
  @HttpCode(200)
  @Needs('pairing:decide')
  @CHANGES
  @ApiOperation({ summary: 'Confirm a pairing that was proposed, with the reason' })
  @ApiResponse({ status: 200, type: PairingView })
  async confirm(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { reason }: PairingDecisionDto,
  ) {
    return this.reader.pairing(actor, (await this.service.confirm(actor, id, revision, reason)).id);
  }

  @Post('pairings/:id/ending')
  @HttpCode(200)
  @Needs('pairing:decide')
  @CHANGES
  @ApiOperation({ summary: 'End a pairing, with the reason' })
  @ApiResponse({ status: 200, type: PairingView })
  async end(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { reason }: PairingDecisionDto,
  ) {
    return this.reader.pairing(actor, (await this.service.end(actor, id, revision, reason)).id);
  }

  @Post('pairings/:id/award')
  @HttpCode(200)
  @Needs('pairing:decide')
  @CHANGES
  @ApiOperation({ summary: 'Record what a confirmed follower was awarded and matched; it is in no ledger' })
  @ApiResponse({ status: 200, type: PairingView })
  async award(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FollowerAwardDto,
  ) {
    return this.reader.pairing(actor, (await this.service.recordAward(actor, id, revision, body)).id);
  }
}
