import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AssuranceReader } from '../../assurance/assurance.reader.js';
import { AssuranceDocumentService } from '../../assurance/assurance-document.service.js';
import { AssuranceStepsService } from '../../assurance/assurance-steps.service.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { withUpload } from '../../http/sent-file.js';
import { described, GivesFile, TakesFile } from '../files.js';
import { AssuranceAcceptanceDto, AssuranceReasonDto } from './assurance.dto.js';
import { AssuranceFilesView } from './assurance.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"2"',
});

/** The files of a piece of evidence, and what becomes of it. */
@ApiTags('assurance')
@Controller('v1')
export class AssuranceStepsController {
  constructor(
    private readonly reader: AssuranceReader,
    private readonly steps: AssuranceStepsService,
    private readonly documents: AssuranceDocumentService,
  ) {}

  @Post('assurance-items/:id/documents')
  @Needs('assurance:prepare')
  @TakesFile(described('Safety case, signed on 14 May 2018'))
  @ApiOperation({ summary: 'Add a document to a draft' })
  @ApiResponse({ status: 201, type: AssuranceFilesView })
  async addDocument(@By() actor: Actor, @Param('id', IdPipe) id: string, @Req() request: FastifyRequest) {
    const item = await withUpload(request, (upload) => this.documents.add(actor, id, false, upload));
    return this.reader.shown(actor, item);
  }

  @Post('assurance-items/:id/hazard-logs')
  @Needs('assurance:prepare')
  @TakesFile(described('Safety case, signed on 14 May 2018'))
  @ApiOperation({ summary: 'Add the hazard log to a draft: its trust, assessors and auditors alone open it' })
  @ApiResponse({ status: 201, type: AssuranceFilesView })
  async addHazardLog(@By() actor: Actor, @Param('id', IdPipe) id: string, @Req() request: FastifyRequest) {
    const item = await withUpload(request, (upload) => this.documents.add(actor, id, true, upload));
    return this.reader.shown(actor, item);
  }

  @Post('assurance-items/:id/submission')
  @HttpCode(200)
  @Needs('assurance:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Submit a draft' })
  @ApiResponse({ status: 200, type: AssuranceFilesView })
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.steps.submit(actor, id, revision));
  }

  @Post('assurance-items/:id/acceptance')
  @HttpCode(200)
  @Needs('assurance:review')
  @CHANGES
  @ApiOperation({ summary: 'Accept what somebody else wrote; it supersedes what was signed before it' })
  @ApiResponse({ status: 200, type: AssuranceFilesView })
  async accept(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AssuranceAcceptanceDto,
  ) {
    return this.reader.shown(actor, await this.steps.accept(actor, id, revision, body));
  }

  @Post('assurance-items/:id/rejection')
  @HttpCode(200)
  @Needs('assurance:review')
  @CHANGES
  @ApiOperation({ summary: 'Reject what somebody else wrote' })
  @ApiResponse({ status: 200, type: AssuranceFilesView })
  async reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AssuranceReasonDto,
  ) {
    return this.reader.shown(actor, await this.steps.reject(actor, id, revision, body));
  }

  @Post('assurance-items/:id/withdrawal')
  @HttpCode(200)
  @Needs('assurance:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Withdraw a piece of evidence, for good' })
  @ApiResponse({ status: 200, type: AssuranceFilesView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AssuranceReasonDto,
  ) {
    return this.reader.shown(actor, await this.steps.withdraw(actor, id, revision, body));
  }

  @Get('assurance-documents/:id/content')
  @Needs('programme:read')
  @GivesFile()
  @ApiOperation({ summary: 'A document itself, as it was uploaded' })
  document(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.documents.open(actor, id);
  }

  @Get('hazard-logs/:id/content')
  @Needs('hazard-log:read')
  @GivesFile()
  @ApiOperation({ summary: 'A hazard log itself: for its trust, assessors and auditors' })
  hazardLog(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.documents.openHazardLog(actor, id);
  }
}
