import { Body, Controller, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { SheetsReader } from '../../surveys/sheets.reader.js';
import { SurveySheetService } from '../../surveys/survey-sheet.service.js';
import { SurveyAnswersDto } from './surveys.dto.js';
import { SurveySheetView } from './surveys.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

/** What a trust answers in a wave. */
@ApiTags('surveys')
@Controller('v1')
export class SurveySheetsController {
  constructor(
    private readonly sheets: SheetsReader,
    private readonly service: SurveySheetService,
  ) {}

  @Post('programmes/:slug/survey-waves/:wave/sheets')
  @Needs('survey:answer')
  @ApiOperation({
    summary: 'Begin your trust’s answers in an open wave, or their correction',
    description: 'It begins with what your trust answered last to the same versions of questions.',
  })
  @ApiResponse({ status: 201, type: SurveySheetView })
  async begin(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('wave') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.service.begin(actor, slug, code);
    reply.header('Location', `/v1/survey-sheets/${id}`);
    return this.sheets.one(actor, id);
  }

  @Get('survey-sheets/:id')
  @Needs('progress-report:read')
  @ApiOperation({ summary: 'A trust’s answers in a wave, with the questions and what is missing' })
  @ApiResponse({ status: 200, type: SurveySheetView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.sheets.one(actor, id);
  }

  @Patch('survey-sheets/:id')
  @HttpCode(200)
  @Needs('survey:answer')
  @CHANGES
  @ApiOperation({ summary: 'Write the answers of a draft: all of them are sent' })
  @ApiResponse({ status: 200, type: SurveySheetView })
  async answer(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() { answers }: SurveyAnswersDto,
  ) {
    const all = answers.map((answer) => ({ ...answer, barriers: answer.barriers ?? [] }));
    await this.service.answer(actor, id, revision, all);
    return this.sheets.one(actor, id);
  }

  @Post('survey-sheets/:id/submission')
  @HttpCode(200)
  @Needs('survey:answer')
  @CHANGES
  @ApiOperation({ summary: 'Submit all answers at once; they never change from then on' })
  @ApiResponse({ status: 200, type: SurveySheetView })
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    await this.service.submit(actor, id, revision);
    return this.sheets.one(actor, id);
  }
}
