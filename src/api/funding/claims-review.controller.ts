import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../core/actor.js';
import { ClaimApprovalService } from '../../funding/claims/claim-approval.service.js';
import { ClaimReviewService } from '../../funding/claims/claim-review.service.js';
import { ClaimsReader } from '../../funding/claims/claims.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import {
  ApprovalDto,
  ClaimQuestionsDto,
  ClaimReasonDto,
  RecommendationDto,
  SecondApprovalDto,
} from './claims.dto.js';
import { ClaimShownView } from './claims.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

/** The funder's side of claims. */
@ApiTags('claims')
@Controller('v1/claims/:id')
export class ClaimsReviewController {
  constructor(
    private readonly reader: ClaimsReader,
    private readonly reviews: ClaimReviewService,
    private readonly approvals: ClaimApprovalService,
  ) {}

  @Post('evidence-check')
  @HttpCode(200)
  @Needs('claim:check')
  @CHANGES
  @ApiOperation({ summary: 'Take a submitted claim to be checked against its evidence' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async check(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(actor, await this.reviews.check(actor, id, revision));
  }

  @Post('check-return')
  @HttpCode(200)
  @Needs('claim:check')
  @CHANGES
  @ApiOperation({ summary: 'Give a claim back that was taken to be checked: it waits again' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async giveBack(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimReasonDto,
  ) {
    return this.reader.shown(actor, await this.reviews.giveBack(actor, id, revision, body));
  }

  @Post('queries')
  @HttpCode(200)
  @Needs('claim:check')
  @CHANGES
  @ApiOperation({ summary: 'Send a claim back with questions, on its lines or on the whole of it' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async query(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimQuestionsDto,
  ) {
    return this.reader.shown(actor, await this.reviews.query(actor, id, revision, body.questions));
  }

  @Post('recommendation')
  @HttpCode(200)
  @Needs('claim:check')
  @CHANGES
  @ApiOperation({ summary: 'Recommend a claim to whoever approves it' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async recommend(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: RecommendationDto,
  ) {
    return this.reader.shown(actor, await this.reviews.recommend(actor, id, revision, body));
  }

  @Post('approval')
  @HttpCode(200)
  @Needs('claim:approve')
  @CHANGES
  @ApiOperation({
    summary: 'Approve a claim, in full or in part; above the threshold, as the first of two',
  })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async approve(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ApprovalDto,
  ) {
    return this.reader.shown(actor, await this.approvals.approve(actor, id, revision, body));
  }

  @Post('second-approval')
  @HttpCode(200)
  @Needs('claim:approve')
  @CHANGES
  @ApiOperation({ summary: 'Give the second of two approvals, as another person' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async approveSecond(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: SecondApprovalDto,
  ) {
    return this.reader.shown(actor, await this.approvals.approveSecond(actor, id, revision, body));
  }

  @Post('approval-withdrawal')
  @HttpCode(200)
  @Needs('claim:approve')
  @CHANGES
  @ApiOperation({ summary: 'Take the first of two approvals back, while the second is missing' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async withdrawFirst(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimReasonDto,
  ) {
    return this.reader.shown(actor, await this.approvals.withdrawFirst(actor, id, revision, body));
  }

  @Post('rejection')
  @HttpCode(200)
  @Needs('claim:approve')
  @CHANGES
  @ApiOperation({ summary: 'Reject a claim: what it claimed goes back to the award' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimReasonDto,
  ) {
    return this.reader.shown(actor, await this.reviews.reject(actor, id, revision, body));
  }

  @Post('approval-cancellation')
  @HttpCode(200)
  @Needs('claim:approve')
  @CHANGES
  @ApiOperation({ summary: 'Cancel an approval before anything of it is scheduled: the claim is rejected' })
  @ApiResponse({ status: 200, type: ClaimShownView })
  async cancel(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ClaimReasonDto,
  ) {
    return this.reader.shown(actor, await this.approvals.cancel(actor, id, revision, body));
  }
}
