import { Controller, Get, Param, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { download, withUpload } from '../../http/sent-file.js';
import { EvidenceReader } from '../../milestones/evidence.reader.js';
import { EvidenceService } from '../../milestones/evidence.service.js';
import { EVIDENCE_TYPES, MAX_DESCRIPTION } from '../../storage/evidence.rules.js';
import { EvidenceListView, EvidenceView } from './milestones.view.js';

const UPLOAD = {
  type: 'object',
  required: ['description', 'file'],
  properties: {
    description: {
      type: 'string',
      maxLength: MAX_DESCRIPTION,
      description: 'What the file shows; sent before the file.',
      example: 'Minutes of the go-live board of 20 June 2018',
    },
    file: {
      type: 'string',
      format: 'binary',
      description: `One of: ${Object.keys(EVIDENCE_TYPES).join(', ')}. No patient data.`,
    },
  },
};

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
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: UPLOAD })
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
  @ApiProduces('application/octet-stream', 'application/pdf', 'image/png', 'image/jpeg')
  @ApiOperation({ summary: 'The file itself, as it was uploaded, with its SHA-256 in Repr-Digest' })
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The bytes.' })
  async content(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { view, stream } = await this.service.open(actor, id);
    return download(reply, view, stream);
  }
}
