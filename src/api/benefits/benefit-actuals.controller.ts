import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BenefitActualService } from '../../benefits/benefit-actual.service.js';
import { BenefitEvidenceService } from '../../benefits/benefit-evidence.service.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { withUpload } from '../../http/sent-file.js';
import { described, GivesFile, TakesFile } from '../files.js';
import { BenefitReasonDto, ReportBenefitDto, ValidateBenefitDto } from './benefits.dto.js';
import { BenefitActualView, BenefitEvidenceView } from './benefits.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

/** What benefits brought, year by year, and what shows it. */
@ApiTags('benefits')
@Controller('v1')
export class BenefitActualsController {
  constructor(
    private readonly reader: BenefitsReader,
    private readonly service: BenefitActualService,
    private readonly evidence: BenefitEvidenceService,
  ) {}

  @Post('benefits/:id/actuals')
  @Needs('benefit:record')
  @CHANGES
  @ApiOperation({
    summary: 'Report what a benefit brought in a financial year, in place of what was reported before',
  })
  @ApiResponse({ status: 201, type: BenefitActualView })
  async report(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReportBenefitDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const reported = await this.service.report(actor, id, revision, body);
    reply.header('Location', `/v1/benefit-actuals/${reported.id}`);
    return reported;
  }

  @Get('benefit-actuals/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'What a benefit was reported to have brought in a year, and what was found' })
  @ApiResponse({ status: 200, type: BenefitActualView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.actual(actor, id);
  }

  @Post('benefit-actuals/:id/validation')
  @HttpCode(200)
  @Needs('benefit:validate')
  @CHANGES
  @ApiOperation({ summary: 'Keep the value that was found beside the reported one; not by who prepared it' })
  @ApiResponse({ status: 200, type: BenefitActualView })
  validate(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ValidateBenefitDto,
  ) {
    return this.service.validate(actor, id, revision, body);
  }

  @Post('benefit-actuals/:id/rejection')
  @HttpCode(200)
  @Needs('benefit:validate')
  @CHANGES
  @ApiOperation({ summary: 'Send a report back: it counts no more, and the year is reported anew' })
  @ApiResponse({ status: 200, type: BenefitActualView })
  reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: BenefitReasonDto,
  ) {
    return this.service.reject(actor, id, revision, body);
  }

  @Post('benefit-actuals/:id/evidence')
  @Needs('benefit:record')
  @TakesFile(described('Orders of stationery, April 2017 to March 2018'))
  @ApiOperation({ summary: 'Add a file as evidence of what a benefit brought' })
  @ApiResponse({ status: 201, type: BenefitEvidenceView })
  async add(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await withUpload(request, (upload) => this.evidence.add(actor, id, upload));
    reply.header('Location', `/v1/benefit-evidence/${view.id}`);
    return view;
  }

  @Get('benefit-evidence/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One piece of evidence of a benefit: what it is, and its digest' })
  @ApiResponse({ status: 200, type: BenefitEvidenceView })
  evidenceOf(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.evidence(actor, id);
  }

  @Get('benefit-evidence/:id/content')
  @Needs('programme:read')
  @GivesFile()
  @ApiOperation({ summary: 'The file itself, as it was uploaded, with its SHA-256 in Repr-Digest' })
  content(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.evidence.open(actor, id);
  }
}
