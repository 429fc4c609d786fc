import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdoptionService } from '../../blueprints/adoption.service.js';
import { AdoptionFiguresService } from '../../blueprints/adoption-figures.service.js';
import { AdoptionsReader } from '../../blueprints/adoptions.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked } from '../paging.js';
import {
  AdoptionAbandonmentDto,
  AdoptionBeginningDto,
  AdoptionGoLiveDto,
  AdoptionsQuery,
  BeginAdoptionDto,
  FiguresRejectionDto,
  FiguresValidationDto,
  WriteAdoptionDto,
} from './adoptions.dto.js';
import { AdoptionPageView, AdoptionView } from './adoptions.view.js';
import { CHANGES } from './changes.js';

/** Who takes up which blueprint, how far, and with what outcome. */
@ApiTags('adoptions')
@Controller('v1')
export class AdoptionsController {
  constructor(
    private readonly reader: AdoptionsReader,
    private readonly service: AdoptionService,
    private readonly figures: AdoptionFiguresService,
  ) {}

  @Get('programmes/:slug/adoptions')
  @Needs('programme:read')
  @ApiOperation({
    summary:
      'Which blueprints were really adopted, and what followers got: each adoption, and what all come to',
  })
  @ApiResponse({ status: 200, type: AdoptionPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: AdoptionsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state = null, organisation = null } = query;
    const page = await this.reader.ofProgramme(actor, slug, { state, organisation }, query);
    linked(page, request, reply);
    return page;
  }

  @Post('blueprints/:id/adoptions')
  @Needs('blueprint:use')
  @ApiOperation({ summary: 'Record that an organisation considers a published blueprint' })
  @ApiResponse({ status: 201, type: AdoptionView })
  async begin(
    @By() actor: Actor,
    @Param('id', IdPipe) blueprint: string,
    @Body() body: BeginAdoptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.service.begin(actor, blueprint, body);
    reply.header('Location', `/v1/adoptions/${id}`);
    return this.reader.adoption(actor, id);
  }

  @Get('adoptions/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One adoption, with its outcome' })
  @ApiResponse({ status: 200, type: AdoptionView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.adoption(actor, id);
  }

  @Patch('adoptions/:id')
  @Needs('blueprint:use')
  @CHANGES
  @ApiOperation({
    summary: 'Write what was changed locally, and what it cost; what is left out stays as it is',
  })
  @ApiResponse({ status: 200, type: AdoptionView })
  async write(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: WriteAdoptionDto,
  ) {
    return this.reader.adoption(actor, (await this.service.write(actor, id, revision, body)).id);
  }

  @Post('adoptions/:id/beginning')
  @HttpCode(200)
  @Needs('blueprint:use')
  @CHANGES
  @ApiOperation({ summary: 'Say when it was begun' })
  @ApiResponse({ status: 200, type: AdoptionView })
  async start(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { startedOn }: AdoptionBeginningDto,
  ) {
    return this.reader.adoption(actor, (await this.service.start(actor, id, revision, startedOn)).id);
  }

  @Post('adoptions/:id/go-live')
  @HttpCode(200)
  @Needs('blueprint:use')
  @CHANGES
  @ApiOperation({ summary: 'Say when it went live' })
  @ApiResponse({ status: 200, type: AdoptionView })
  async goLive(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { liveOn }: AdoptionGoLiveDto,
  ) {
    return this.reader.adoption(actor, (await this.service.goLive(actor, id, revision, liveOn)).id);
  }

  @Post('adoptions/:id/abandonment')
  @HttpCode(200)
  @Needs('blueprint:use')
  @CHANGES
  @ApiOperation({ summary: 'Say that it was given up, and why' })
  @ApiResponse({ status: 200, type: AdoptionView })
  async abandon(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { abandonedOn, reason }: AdoptionAbandonmentDto,
  ) {
    const given = { on: abandonedOn, reason };
    return this.reader.adoption(actor, (await this.service.abandon(actor, id, revision, given)).id);
  }

  @Post('adoptions/:id/validation')
  @HttpCode(200)
  @Needs('adoption:validate')
  @CHANGES
  @ApiOperation({
    summary: 'Find the days and the cost of a live adoption right: from now on they are compared',
  })
  @ApiResponse({ status: 200, type: AdoptionView })
  async validate(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FiguresValidationDto,
  ) {
    return this.reader.adoption(actor, (await this.figures.validate(actor, id, revision, body)).id);
  }

  @Post('adoptions/:id/rejection')
  @HttpCode(200)
  @Needs('adoption:validate')
  @CHANGES
  @ApiOperation({ summary: 'Send the days and the cost of a live adoption back, with the reason' })
  @ApiResponse({ status: 200, type: AdoptionView })
  async reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: FiguresRejectionDto,
  ) {
    return this.reader.adoption(actor, (await this.figures.reject(actor, id, revision, body)).id);
  }
}
