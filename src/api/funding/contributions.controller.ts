import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { CONTRIBUTION_STATES, type Pledge, VALUATIONS } from '../../funding/match/contribution.rules.js';
import { ContributionService } from '../../funding/match/contribution.service.js';
import { ContributionReviewService } from '../../funding/match/contribution-review.service.js';
import { ContributionsReader } from '../../funding/match/contributions.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChoiceField, CodeField, DayField, FinancialYearField, PenceField, TextField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { ContributionPageView, ContributionView } from './contributions.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});

class ContributionsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: CONTRIBUTION_STATES, optional: true }) state?: string;
}

class PledgeDto {
  @CodeField({ is: "A code of the agreement's types of match.", example: 'staff-release' }) type: string;
  @CodeField({
    is: "A code of the agreement's eligible categories, where it lists any.",
    example: 'staff',
    nullable: true,
  })
  category: string | null = null;
  @TextField({ is: 'What it is.', max: 1_000, example: 'Two ward managers released for the record project' })
  description: string;
  @ChoiceField({ is: 'How it is valued.', of: VALUATIONS, example: 'payroll' })
  valuation: Pledge['valuation'];
  @FinancialYearField({ is: 'The financial year in which the cost arises.' }) financialYear: string;
  @ChoiceField({ is: 'Whether it is capital or revenue.', of: ['capital', 'revenue'], example: 'revenue' })
  kind: Pledge['kind'];
  @PenceField({ is: 'How much is pledged.' }) amountPence: number;
  @DayField({ is: 'When it is expected to be evidenced.', example: '2017-12-31' }) expectedOn: string;
}

class ChangedPledgeDto {
  @CodeField({ is: "A code of the agreement's types of match.", example: 'in-kind', optional: true })
  type?: string;
  @CodeField({ is: "A code of the agreement's eligible categories.", example: 'staff', optional: true })
  category?: string;
  @TextField({ is: 'What it is.', max: 1_000, optional: true }) description?: string;
  @ChoiceField({ is: 'How it is valued.', of: VALUATIONS, optional: true }) valuation?: Pledge['valuation'];
  @FinancialYearField({ is: 'The financial year in which the cost arises.', optional: true })
  financialYear?: string;
  @ChoiceField({ is: 'Whether it is capital or revenue.', of: ['capital', 'revenue'], optional: true })
  kind?: Pledge['kind'];
  @PenceField({ is: 'How much is pledged.', optional: true }) amountPence?: number;
  @DayField({ is: 'When it is expected to be evidenced.', optional: true }) expectedOn?: string;
}

class ProofDto {
  @PenceField({ is: 'What counts: at most the net cost and the VAT that is not got back.' })
  amountPence: number;
  @PenceField({ is: 'The net cost.' }) netPence: number;
  @PenceField({ is: 'The VAT.', example: 2_500_000 }) vatPence: number;
  @PenceField({ is: 'Of the VAT, what is got back.', example: 2_500_000 }) recoverableVatPence: number;
  @DayField({ is: 'When the cost arose.', example: '2017-10-31' }) incurredOn: string;
  @DayField({ is: 'When it was invoiced.', example: '2017-11-06', nullable: true })
  invoicedOn: string | null = null;
  @DayField({ is: 'When it was paid; cash is.', example: '2017-11-30', nullable: true })
  defrayedOn: string | null = null;
}

class MatchReasonDto {
  @TextField({ is: 'Why.', max: 2_000, example: 'The invoice is of another project.' }) reason: string;
}

class MatchAcceptanceDto {
  @TextField({
    is: 'On what grounds, for the log.',
    max: 2_000,
    nullable: true,
    example: 'The payroll extract agrees with the release letters.',
  })
  reason: string | null = null;
}

@ApiTags('match')
@Controller('v1')
export class ContributionsController {
  constructor(
    private readonly reader: ContributionsReader,
    private readonly service: ContributionService,
    private readonly reviews: ContributionReviewService,
  ) {}

  @Get('agreements/:id/contributions')
  @Needs('money:read')
  @ApiOperation({ summary: 'The contributions of an agreement, in the order in which they were recorded' })
  @ApiResponse({ status: 200, type: ContributionPageView })
  async list(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: ContributionsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state = null } = query;
    return linked(await this.reader.ofAgreement(actor, id, { state }, query), request, reply);
  }

  @Post('agreements/:id/contributions')
  @Needs('match:record')
  @ApiOperation({ summary: 'Record a pledge of match' })
  @ApiResponse({ status: 201, type: ContributionView })
  async record(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() pledge: PledgeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.service.record(actor, id, pledge);
    reply.header('Location', `/v1/contributions/${view.id}`);
    return view;
  }

  @Get('contributions/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One contribution, with its evidence' })
  @ApiResponse({ status: 200, type: ContributionView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Patch('contributions/:id')
  @Needs('match:record')
  @CHANGES
  @ApiOperation({
    summary: 'Change a pledge, or what was rejected; what is left out stays as it is',
  })
  @ApiResponse({ status: 200, type: ContributionView })
  change(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() changed: ChangedPledgeDto,
  ) {
    const sent = Object.entries(changed).filter(([, value]) => value !== undefined);
    return this.service.change(actor, id, revision, Object.fromEntries(sent));
  }

  @Post('contributions/:id/withdrawal')
  @HttpCode(200)
  @Needs('match:record')
  @CHANGES
  @ApiOperation({ summary: 'Take a pledge back; its evidence may count for something else' })
  @ApiResponse({ status: 200, type: ContributionView })
  withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: MatchReasonDto,
  ) {
    return this.service.withdraw(actor, id, revision, body);
  }

  @Post('contributions/:id/evidencing')
  @HttpCode(200)
  @Needs('match:record')
  @CHANGES
  @ApiOperation({
    summary:
      'Say what a contribution was when it arose, on the strength of its evidence; it may be more than was pledged',
  })
  @ApiResponse({ status: 200, type: ContributionView })
  evidence(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() proof: ProofDto,
  ) {
    return this.service.evidence(actor, id, revision, proof);
  }

  @Post('contributions/:id/acceptance')
  @HttpCode(200)
  @Needs('match:accept')
  @CHANGES
  @ApiOperation({
    summary: 'Accept what is evidenced, as another person than whoever put it in: it counts from now on',
  })
  @ApiResponse({ status: 200, type: ContributionView })
  accept(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: MatchAcceptanceDto,
  ) {
    return this.reviews.accept(actor, id, revision, body);
  }

  @Post('contributions/:id/rejection')
  @HttpCode(200)
  @Needs('match:accept')
  @CHANGES
  @ApiOperation({
    summary: 'Reject what is evidenced: its evidence counts no more, and it can be proved anew',
  })
  @ApiResponse({ status: 200, type: ContributionView })
  reject(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: MatchReasonDto,
  ) {
    return this.reviews.reject(actor, id, revision, body);
  }

  @Post('contributions/:id/acceptance-reversal')
  @HttpCode(200)
  @Needs('match:accept')
  @CHANGES
  @ApiOperation({
    summary:
      'Take an acceptance back that was wrong, whatever was paid on it: what is missing then shows as a shortfall',
  })
  @ApiResponse({ status: 200, type: ContributionView })
  takeBack(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: MatchReasonDto,
  ) {
    return this.reviews.takeBack(actor, id, revision, body);
  }
}
