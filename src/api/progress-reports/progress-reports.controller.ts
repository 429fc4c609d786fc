import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { PROGRESS_REPORT_STATES } from '../../progress-reports/progress-report.rules.js';
import { ProgressReportService } from '../../progress-reports/progress-report.service.js';
import { ProgressReportsReader } from '../../progress-reports/progress-reports.reader.js';
import { ReviewService } from '../../progress-reports/review.service.js';
import { ChoiceField, CodeField, TextField } from '../fields.js';
import { linkedText, PageQuery } from '../paging.js';
import { ReportPageView, ReportView, VersionsView } from './progress-reports.view.js';
import { AnswerDto, QueriesDto, ReasonDto, SaveReturnDto } from './return-content.dto.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

class ReportsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: PROGRESS_REPORT_STATES, optional: true })
  state?: string;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @TextField({ is: 'Only those of this period.', example: '2017/18 Q4', max: 20, optional: true })
  period?: string;
  @ChoiceField({ is: 'Only those that are late, or are not.', of: ['true', 'false'], optional: true })
  overdue?: string;
}

class AcceptanceDto {
  @TextField({
    is: 'Why it is accepted in spite of its warnings, where there are any.',
    example: 'The late milestone has a recovery plan.',
    max: 2_000,
    optional: true,
  })
  reason?: string;
}

@ApiTags('returns')
@Controller('v1')
export class ProgressReportsController {
  constructor(
    private readonly reader: ProgressReportsReader,
    private readonly reports: ProgressReportService,
    private readonly reviews: ReviewService,
  ) {}

  @Get('programmes/:slug/progress-reports')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Needs('progress-report:read')
  @ApiOperation({ summary: "A programme's returns, the latest due first" })
  @ApiResponse({ status: 200, type: ReportPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: ReportsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { state = null, trust = null, period = null } = query;
    const overdue = query.overdue === undefined ? null : query.overdue === 'true';
    const { items, next } = await this.reader.list(actor, slug, { state, trust, period, overdue }, query);
    return linkedText(items, next, request, reply);
  }

  @Get('progress-reports/:id')
  @Needs('progress-report:read')
  @ApiOperation({
    summary: 'One return, with its findings, queries, and what changed since the last accepted one',
  })
  @ApiResponse({ status: 200, type: ReportView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('progress-reports/:id/versions')
  @Needs('progress-report:read')
  @ApiOperation({ summary: 'Every version of a return: what was submitted never changes' })
  @ApiResponse({ status: 200, type: VersionsView })
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.versions(actor, id) };
  }

  @Patch('progress-reports/:id')
  @Needs('progress-report:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Save sections of a draft; sections that are left out stay as they are' })
  @ApiResponse({ status: 200, type: ReportView })
  async save(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() sections: SaveReturnDto,
  ) {
    return this.reader.shown(await this.reports.save(actor, id, revision, given(sections)));
  }

  @Post('progress-reports/:id/certification')
  @HttpCode(200)
  @Needs('progress-report:certify')
  @CHANGES
  @ApiOperation({ summary: 'Certify a draft, as another person than whoever prepared it' })
  @ApiResponse({ status: 200, type: ReportView })
  async certify(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(await this.reports.certify(actor, id, revision));
  }

  @Post('progress-reports/:id/submission')
  @HttpCode(202)
  @Needs('progress-report:submit')
  @CHANGES
  @ApiOperation({
    summary: 'Submit a certified return; the queue assesses it, and the receipt in Location can be followed',
  })
  @ApiResponse({ status: 202, type: ReportView })
  async submit(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const report = await this.reports.submit(actor, id, revision);
    reply.header('Location', `/v1/receipts/${report.current.receipt}`);
    return this.reader.shown(report);
  }

  @Post('progress-reports/:id/queries')
  @HttpCode(200)
  @Needs('progress-report:review')
  @CHANGES
  @ApiOperation({ summary: 'Send a return back with questions about its sections' })
  @ApiResponse({ status: 200, type: ReportView })
  async query(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: QueriesDto,
  ) {
    return this.reader.shown(await this.reviews.query(actor, id, revision, body.questions));
  }

  @Post('progress-reports/:id/queries/:query/answer')
  @HttpCode(200)
  @Needs('progress-report:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Answer a question about a return' })
  @ApiResponse({ status: 200, type: ReportView })
  async answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('query', IdPipe) query: string,
    @IfMatch() revision: number | null,
    @Body() body: AnswerDto,
  ) {
    return this.reader.shown(await this.reports.answerQuery(actor, id, revision, query, body.answer));
  }

  @Post('progress-reports/:id/acceptance')
  @HttpCode(200)
  @Needs('progress-report:review')
  @CHANGES
  @ApiOperation({ summary: 'Accept a return: its figures stand from now on' })
  @ApiResponse({ status: 200, type: ReportView })
  async accept(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AcceptanceDto,
  ) {
    return this.reader.shown(await this.reviews.accept(actor, id, revision, body?.reason));
  }

  @Post('progress-reports/:id/correction')
  @HttpCode(200)
  @Needs('progress-report:prepare')
  @CHANGES
  @ApiOperation({
    summary: 'Begin to correct an accepted return: a new version, while the accepted one goes on standing',
  })
  @ApiResponse({ status: 200, type: ReportView })
  async correct(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReasonDto,
  ) {
    return this.reader.shown(await this.reports.correct(actor, id, revision, body.reason));
  }
}

/** The sections that were sent: what was left out is not an empty section. */
function given(sections: SaveReturnDto): Partial<SaveReturnDto> {
  return Object.fromEntries(Object.entries(sections).filter(([, value]) => value !== undefined));
}
