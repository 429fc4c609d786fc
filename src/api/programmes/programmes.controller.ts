import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { AwardsReader } from '../../funding/awards/awards.reader.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { linked, PageQuery } from '../paging.js';
import {
  AwardsView,
  ProgrammePageView,
  ProgrammeView,
  ProjectPageView,
  ReportingPeriodsView,
  RolesView,
  TargetSetsView,
} from './programmes.view.js';

@ApiTags('programmes')
@Needs('programme:read')
@Controller('v1/programmes')
export class ProgrammesController {
  constructor(
    private readonly reader: ProgrammesReader,
    private readonly awardsReader: AwardsReader,
    private readonly projectsReader: ProjectsReader,
    private readonly targetsReader: TargetsReader,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The programmes' })
  @ApiResponse({ status: 200, type: ProgrammePageView })
  async list(
    @By() actor: Actor,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, page), request, reply);
  }

  @Get(':slug')
  @ApiOperation({ summary: 'One programme: its dates, ratio, totals, terms and awardees' })
  @ApiResponse({ status: 200, type: ProgrammeView })
  one(@By() actor: Actor, @Param('slug') slug: string) {
    return this.reader.one(actor, slug);
  }

  @Get(':slug/definition')
  @Header('Content-Type', 'application/yaml; charset=utf-8')
  @ApiOperation({ summary: 'The definition in force, as it was applied' })
  @ApiProduces('application/yaml')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  definition(@By() actor: Actor, @Param('slug') slug: string) {
    return this.reader.definition(actor, slug);
  }

  @Get(':slug/awards')
  @ApiOperation({
    summary:
      'Awards by trust, by financial year and kind and by instalment, with where each figure comes from',
  })
  @ApiResponse({ status: 200, type: AwardsView })
  async awards(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.awardsReader.ofProgramme(actor, slug, query), request, reply);
  }

  @Get(':slug/roles')
  @ApiOperation({ summary: 'Who has which part: funder, awardees, and followers with whom they follow' })
  @ApiResponse({ status: 200, type: RolesView })
  async roles(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.roles(actor, slug, null, page), request, reply);
  }

  @Get(':slug/reporting-periods')
  @ApiOperation({ summary: 'The reporting calendar' })
  @ApiResponse({ status: 200, type: ReportingPeriodsView })
  async periods(@By() actor: Actor, @Param('slug') slug: string) {
    return { items: await this.reader.periods(actor, slug) };
  }

  @Get(':slug/target-sets')
  @ApiOperation({ summary: 'Target sets with their measures, baselines and trajectories' })
  @ApiResponse({ status: 200, type: TargetSetsView })
  async targetSets(@By() actor: Actor, @Param('slug') slug: string) {
    return { items: await this.targetsReader.ofProgramme(actor, slug) };
  }

  @Get(':slug/projects')
  @ApiOperation({ summary: 'Projects and their goals' })
  @ApiResponse({ status: 200, type: ProjectPageView })
  async projects(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.projectsReader.ofProgramme(actor, slug, page), request, reply);
  }
}
