import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { MILESTONE_SORTS, type MilestoneSort } from '../../milestones/milestone.queries.js';
import { MILESTONE_STATES, type MilestoneOutcome, OUTCOMES } from '../../milestones/milestone.rules.js';
import { MilestoneService } from '../../milestones/milestone.service.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { ChoiceField, CodeField, DayField, TextField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { MilestonePageView, MilestoneView } from './milestones.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

class MilestonesQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: MILESTONE_STATES, optional: true }) state?: string;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @DayField({ is: 'Only those forecast for this day or before.', optional: true }) forecastTo?: string;
  @ChoiceField({ is: 'By which day they are sorted.', of: Object.keys(MILESTONE_SORTS), optional: true })
  sort: MilestoneSort = 'forecastOn';
}

class ReviewDto {
  @TextField({ is: 'A remark for the log.', max: 2_000, nullable: true }) reason: string | null = null;
}

class WithdrawalDto {
  @TextField({ is: 'Why the claim is taken back.', max: 2_000 }) reason: string;
}

class OutcomeDto {
  @ChoiceField({ is: 'How the review ends.', of: Object.keys(OUTCOMES), example: 'met' })
  outcome: MilestoneOutcome;
  @TextField({ is: 'On what grounds.', max: 2_000, example: 'The minutes show the go-live of 20 June 2018.' })
  reason: string;
}

class AuthorityDto extends ReviewDto {
  @TextField({
    is: 'Who gave the authority, and where that is written.',
    max: 500,
    example: 'Programme board, minute 7 of 4 May 2018',
  })
  authority: string;
}

class ReopeningDto extends ReviewDto {
  @TextField({
    is: 'The open finding of a review or an audit, by its reference.',
    max: 200,
    example: 'FND-00003',
  })
  finding: string;
}

@ApiTags('milestones')
@Controller('v1')
export class MilestonesController {
  constructor(
    private readonly reader: MilestonesReader,
    private readonly service: MilestoneService,
  ) {}

  @Get('programmes/:slug/milestones')
  @Needs('programme:read')
  @ApiOperation({ summary: "A programme's milestones, by forecast or baseline" })
  @ApiResponse({ status: 200, type: MilestonePageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: MilestonesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { sort, state = null, trust = null, forecastTo = null } = query;
    const page = await this.reader.list(actor, slug, { state, trust, forecastTo }, sort, query);
    return linked(page, request, reply);
  }

  @Get('milestones/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One milestone' })
  @ApiResponse({ status: 200, type: MilestoneView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Post('milestones/:id/review')
  @HttpCode(200)
  @Needs('milestone:review')
  @CHANGES
  @ApiOperation({ summary: 'Take a claim under review' })
  @ApiResponse({ status: 200, type: MilestoneView })
  review(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReviewDto,
  ) {
    return this.service.review(actor, id, revision, body);
  }

  @Post('milestones/:id/outcome')
  @HttpCode(200)
  @Needs('milestone:review')
  @CHANGES
  @ApiOperation({
    summary: 'End a review: met (with evidence and an actual date only), partly met, or not met',
  })
  @ApiResponse({ status: 200, type: MilestoneView })
  decide(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: OutcomeDto,
  ) {
    return this.service.decide(actor, id, revision, body);
  }

  @Post('milestones/:id/claim-withdrawal')
  @HttpCode(200)
  @Needs('progress-report:prepare')
  @CHANGES
  @ApiOperation({ summary: 'Take a claim back, before its review' })
  @ApiResponse({ status: 200, type: MilestoneView })
  withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: WithdrawalDto,
  ) {
    return this.service.withdrawClaim(actor, id, revision, body);
  }

  @Post('milestones/:id/waiver')
  @HttpCode(200)
  @Needs('milestone:review')
  @CHANGES
  @ApiOperation({ summary: 'Do without a milestone, on an authority' })
  @ApiResponse({ status: 200, type: MilestoneView })
  waive(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AuthorityDto,
  ) {
    return this.service.waive(actor, id, revision, body);
  }

  @Post('milestones/:id/cancellation')
  @HttpCode(200)
  @Needs('milestone:review')
  @CHANGES
  @ApiOperation({ summary: 'Give a milestone up, on an authority' })
  @ApiResponse({ status: 200, type: MilestoneView })
  cancel(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: AuthorityDto,
  ) {
    return this.service.cancel(actor, id, revision, body);
  }

  @Post('milestones/:id/reopening')
  @HttpCode(200)
  @Needs('milestone:review')
  @CHANGES
  @ApiOperation({
    summary: 'Open a met milestone again, on an open finding about its trust or the programme',
  })
  @ApiResponse({ status: 200, type: MilestoneView })
  reopen(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ReopeningDto,
  ) {
    return this.service.reopen(actor, id, revision, body);
  }
}
