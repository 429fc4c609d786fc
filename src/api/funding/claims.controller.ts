import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { ClaimService } from '../../funding/claims/claim.service.js';
import { ClaimAnswerService } from '../../funding/claims/claim-answer.service.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked } from '../paging.js';
import { ClaimAnswerDto, ClaimReasonDto, ClaimsQuery, NewClaimDto, SaveClaimDto } from './claims.dto.js';
import { ClaimPageView, ClaimShownView, ClaimVersionsView } from './claims.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

/** Claims as they are read, and the trust's side of them. */
@ApiTags('claims')
@Controller('v1')
export class ClaimsController {
  constructor(
    private readonly reader: ClaimsReader,
    private readonly service: ClaimService,
    private readonly answers: ClaimAnswerService,
  ) {}

  @Get('claims')
  @Needs('money:read')
  @ApiOperation({ summary: 'Claims, the newest first; or those that wait for you, the longest wait first' })
  @ApiResponse({ status: 200, type: ClaimPageView })
  async list(
    @By() actor: Actor,
    @Query() query: ClaimsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, query), request, reply);
  }

  @Get('claims/:id')
  @Needs('money:read')
  @ApiOperation({
    summary:
      'One claim: its lines, queries and answers, people, evidence, what is in the way and what is next',
  })
  @ApiResponse({ status: 200, type: ClaimShownView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('claims/:id/versions')
  @Needs('money:read')
  @ApiOperation({ summary: 'Every version of a claim: what was submitted never changes' })
  @ApiResponse({ status: 200, type: ClaimVersionsView })
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.versions(actor, id) };
  }

  @Post('agreements/:id/claims')
  @Needs('claim:prepare')
  @ApiOperation({ summary: 'Begin a claim on a tranche of an agreement' })
  @ApiResponse({ status: 201, type: ClaimShownView })
  async create(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() body: NewClaimDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.service.create(actor, id, body);
    reply.header('Location', `/v1/claims/${view.id}`);
    return this.reader.shown(actor, view);
  }

  @Patch('claims/:id')
  @Needs('claim:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Save the description and the lines of a draft; saving drops its certificate' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async save(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: SaveClaimDto,
  ) {
    return this.reader.shown(actor, await this.service.save(actor, id, revision, body));
  }

  @Post('claims/:id/certification')
  @HttpCode(200)
  @Needs('claim:certify')
  @CHANGES
  @ApiOperation({ summary: 'Certify a draft, as another person than whoever prepared it' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async certify(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.service.certify(actor, id, revision));
  }

  @Post('claims/:id/submission')
  @HttpCode(200)
  @Needs('claim:submit')
  @CHANGES
  @ApiOperation({ summary: 'Submit a certified claim: its money is claimed from the award' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async submit(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.service.submit(actor, id, revision));
  }

  @Post('claims/:id/withdrawal')
  @HttpCode(200)
  @Needs('claim:submit')
  @CHANGES
  @ApiOperation({ summary: 'Take a claim back: what it claimed goes back to the award' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimReasonDto,
  ) {
    return this.reader.shown(actor, await this.service.withdraw(actor, id, revision, body));
  }

  @Post('claims/:id/queries/:query/answer')
  @HttpCode(200)
  @Needs('claim:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Answer a question about a claim' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async answerQuery(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('query', IdPipe) query: string,
    @IfMatch() revision: number | null,
    @Body() { answer }: ClaimAnswerDto,
  ) {
    return this.reader.shown(actor, await this.answers.answerQuery(actor, id, revision, query, answer));
  }

  @Post('claims/:id/answer')
  @HttpCode(200)
  @Needs('claim:submit')
  @CHANGES
  @ApiOperation({ summary: 'Send a queried claim back to its check as it stands, every query answered' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async answer(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.answers.answer(actor, id, revision));
  }

  @Post('claims/:id/revision')
  @HttpCode(200)
  @Needs('claim:prepare')
  @CHANGES
  @ApiOperation({
    summary: 'Begin the next version of a queried claim; its money goes back until that is submitted',
  })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async revise(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimReasonDto,
  ) {
    return this.reader.shown(actor, await this.answers.revise(actor, id, revision, body));
  }
}
