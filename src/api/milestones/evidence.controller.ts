import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { withUpload } from '../../http/sent-file.js';
import { EvidenceReader } from '../../milestones/evidence.reader.js';
import { EvidenceService } from '../../milestones/evidence.service.js';
import { described, GivesFile, TakesFile } from '../files.js';
import { EvidenceListView, EvidenceView } from './milestones.view.js';

@ApiTags('evidence')
@Controller('v1')
export class EvidenceController {
  constructor(
    private readonly reader: EvidenceReader,
    private readonly service: EvidenceService,
  ) {}

  @Get('milestones/:id/evidence')
  @Needs('programme:read')
  @ApiOperation({ summary: 'The evidence of a milestone' })
  @ApiResponse({ status: 200, type: EvidenceListView })
  async list(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.ofMilestone(actor, id) };
  }

  @Post('milestones/:id/evidence')
  @Needs('milestone:evidence')
  @TakesFile(described('Minutes of the go-live board of 20 June 2018'))
  @ApiOperation({ summary: 'Add a file as evidence of a milestone' })
  @ApiResponse({ status: 201, type: EvidenceView })
  async add(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await withUpload(request, (upload) => this.service.add(actor, id, upload));
    reply.header('Location', `/v1/evidence/${view.id}`);
    return view;
  }

  @Get('evidence/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One piece of evidence: what it is, whose, and its digest' })
  @ApiResponse({ status: 200, type: EvidenceView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('evidence/:id/content')
  @Needs('programme:read')
  @GivesFile()
  @ApiOperation({ summary: 'The file itself, as it was uploaded, with its SHA-256 in Repr-Digest' })
  content(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.service.open(actor, id);
  }
}
