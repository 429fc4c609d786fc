import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BlueprintService } from '../../blueprints/blueprint.service.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked } from '../paging.js';
import {
  BeginBlueprintDto,
  BlueprintsQuery,
  LibraryQuery,
  libraryFilter,
  NameContactDto,
  WriteBlueprintDto,
} from './blueprints.dto.js';
import { BlueprintPageView, BlueprintVersionsView, BlueprintView } from './blueprints.view.js';
import { CHANGES } from './changes.js';

/** What trusts learned from their projects, for others to use. */
@ApiTags('blueprints')
@Controller('v1')
export class BlueprintsController {
  constructor(
    private readonly reader: BlueprintsReader,
    private readonly service: BlueprintService,
  ) {}

  @Get('blueprints')
  @Needs('programme:read')
  @ApiOperation({
    summary: 'Which blueprint or expert can help: what is published, of every programme, with whom to ask',
  })
  @ApiResponse({ status: 200, type: BlueprintPageView })
  async library(
    @By() actor: Actor,
    @Query() query: LibraryQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.library(actor, libraryFilter(query), query), request, reply);
  }

  @Get('programmes/:slug/blueprints')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Blueprints of a programme in every state, each by its newest version' })
  @ApiResponse({ status: 200, type: BlueprintPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: BlueprintsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state = null, trust = null, project = null } = query;
    return linked(
      await this.reader.ofProgramme(actor, slug, { state, trust, project }, query),
      request,
      reply,
    );
  }

  @Post('programmes/:slug/blueprints')
  @Needs('blueprint:prepare')
  @ApiOperation({ summary: 'Begin a blueprint of a project, with what the record says of it' })
  @ApiResponse({ status: 201, type: BlueprintView })
  async begin(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() { project }: BeginBlueprintDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.service.begin(actor, slug, project);
    reply.header('Location', `/v1/blueprints/${id}`);
    return this.reader.one(actor, id);
  }

  @Get('blueprints/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One blueprint, with what is published and what is worked on' })
  @ApiResponse({ status: 200, type: BlueprintView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Patch('blueprints/:id')
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Write in the draft; what is left out stays as it is' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async write(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: WriteBlueprintDto,
  ) {
    return this.reader.one(actor, (await this.service.write(actor, id, revision, body)).id);
  }

  @Get('blueprints/:id/versions')
  @Needs('programme:read')
  @ApiOperation({ summary: 'All versions of a blueprint that you may see, whole' })
  @ApiResponse({ status: 200, type: BlueprintVersionsView })
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.versions(actor, id) };
  }

  @Post('blueprints/:id/versions')
  @HttpCode(200)
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Begin the next version from the newest; a queried one is superseded by it' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async beginVersion(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
  ) {
    return this.reader.one(actor, (await this.service.beginVersion(actor, id, revision)).id);
  }

  @Post('blueprints/:id/contact')
  @HttpCode(200)
  @Needs('blueprint:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Say who is asked about it: a role and the address of its work' })
  @ApiResponse({ status: 200, type: BlueprintView })
  async nameContact(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: NameContactDto,
  ) {
    return this.reader.one(actor, (await this.service.nameContact(actor, id, revision, body)).id);
  }
}
