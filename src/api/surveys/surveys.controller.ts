import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { AdoptionReader } from '../../surveys/adoption.reader.js';
import { AGREEMENT_RULE } from '../../surveys/adoption.rules.js';
import { SurveysReader } from '../../surveys/surveys.reader.js';
import { linked, PageQuery } from '../paging.js';
import { AnswersQuery, ResultsQuery, TrustsQuery } from './surveys.dto.js';
import {
  AdoptionOfTrustView,
  HeldAnswerPageView,
  SurveyWavePageView,
  SurveyWaveView,
  TrustAdoptionPageView,
  WaveResultsView,
} from './surveys.view.js';

/** Waves of the survey of adoption, and what came of them. */
@ApiTags('surveys')
@Controller('v1/programmes/:slug')
@Needs('progress-report:read')
export class SurveysController {
  constructor(
    private readonly surveys: SurveysReader,
    private readonly adoption: AdoptionReader,
  ) {}

  @Get('survey-waves')
  @ApiOperation({ summary: 'Waves of the survey, earlier ones that somebody else held among them' })
  @ApiResponse({ status: 200, type: SurveyWavePageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.surveys.list(actor, slug, query), request, reply);
  }

  @Get('survey-waves/:wave')
  @ApiOperation({ summary: 'One wave: what it asks, and what was published of a historical one' })
  @ApiResponse({ status: 200, type: SurveyWaveView })
  one(@By() actor: Actor, @Param('slug') slug: string, @Param('wave') code: string) {
    return this.surveys.one(actor, slug, code);
  }

  @Get('survey-waves/:wave/results')
  @ApiOperation({
    summary: 'What was answered, by question, beside another wave',
    description:
      'Compared within the same version of a question only; where it is not, it says why. A trust is told its own answers alone.',
  })
  @ApiResponse({ status: 200, type: WaveResultsView })
  results(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('wave') code: string,
    @Query() query: ResultsQuery,
  ) {
    return this.surveys.results(actor, slug, code, query.with ?? null);
  }

  @Get('survey-waves/:wave/trusts')
  @ApiOperation({
    summary: 'Each trust: its adoption index beside its paperless score, and whether the two agree',
    description: AGREEMENT_RULE,
  })
  @ApiResponse({ status: 200, type: TrustAdoptionPageView })
  async trusts(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('wave') code: string,
    @Query() query: TrustsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.adoption.trusts(actor, slug, code, query.trust ?? null, query);
    return linked(page, request, reply);
  }

  @Get('survey-waves/:wave/answers')
  @ApiOperation({
    summary: 'Each answer that stands, held against what was measured',
    description: AGREEMENT_RULE,
  })
  @ApiResponse({ status: 200, type: HeldAnswerPageView })
  async answers(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('wave') code: string,
    @Query() query: AnswersQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { trust = null, question = null, status = null } = query;
    const filter = { trust, question, status };
    return linked(await this.adoption.answers(actor, slug, code, filter, query), request, reply);
  }

  @Get('trusts/:ods/adoption')
  @ApiOperation({
    summary: 'One trust in every wave: its adoption index beside its paperless score',
    description: AGREEMENT_RULE,
  })
  @ApiResponse({ status: 200, type: AdoptionOfTrustView })
  ofTrust(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string) {
    return this.adoption.ofTrust(actor, slug, ods);
  }
}
