import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MoneyMovementsReader } from '../../change-requests/money-movements.reader.js';
import type { Actor } from '../../core/actor.js';
import { MatchReader } from '../../funding/match/match.reader.js';
import { MoneyReader } from '../../funding/money.reader.js';
import { PaymentAuditReader } from '../../funding/payments/payment-audit.reader.js';
import { PaymentsReader } from '../../funding/payments/payments.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { MoneyMovementsView } from '../change-requests/money-movements.view.js';
import { MatchConcernsView } from '../funding/match.view.js';
import { OverdueActionPageView } from '../funding/overdue-actions.view.js';
import { PaymentExceptionsView, SeparationOfDutiesView } from '../funding/payments-audit.view.js';
import { PaymentChainView } from '../funding/payments-chain.view.js';
import { Cursor, LimitQuery, linked, PageQuery } from '../paging.js';
import { AUDIT_QUESTIONS } from './audit-questions.js';

class ExceptionsQuery extends LimitQuery {
  @Cursor('payments by waiver') openedByWaiver?: string;
  @Cursor('payments before their gate') beforeDecision?: string;
  @Cursor('payments without a decision that stood') withoutDecision?: string;
  @Cursor('payments in advance') advances?: string;
}

class DutiesQuery extends PageQuery {
  @Cursor('breaches') breaches?: string;
  @Cursor('overrides') overrides?: string;
}

class ConcernsQuery extends PageQuery {
  @Cursor('agreements whose match is missing') missing?: string;
}

/** Questions of an auditor about money: 2 to 6, and 10. */
@ApiTags(AUDIT_QUESTIONS)
@Controller('v1')
export class MoneyQuestionsController {
  constructor(
    private readonly payments: PaymentsReader,
    private readonly audited: PaymentAuditReader,
    private readonly match: MatchReader,
    private readonly moved: MoneyMovementsReader,
    private readonly money: MoneyReader,
  ) {}

  @Get('payments/:id/chain')
  @Needs('money:read')
  @ApiOperation({
    summary:
      '2. The whole chain of a payment, from award to reconciled payment, with its people, evidence and postings',
  })
  @ApiResponse({ status: 200, type: PaymentChainView })
  chain(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.payments.chain(actor, id);
  }

  @Get('programmes/:slug/payment-exceptions')
  @Needs('log:read')
  @ApiOperation({
    summary:
      '3. Payments by waiver, before their gate was passed, without a decision that stood, and in advance',
  })
  @ApiResponse({ status: 200, type: PaymentExceptionsView })
  exceptions(@By() actor: Actor, @Param('slug') slug: string, @Query() query: ExceptionsQuery) {
    return this.audited.exceptions(actor, slug, query);
  }

  @Get('programmes/:slug/separation-of-duties')
  @Needs('log:read')
  @ApiOperation({ summary: '4. Who did what in every paid claim, every breach, and every waiver' })
  @ApiResponse({ status: 200, type: SeparationOfDutiesView })
  async duties(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: DutiesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.audited.duties(actor, slug, query), request, reply);
  }

  @Get('programmes/:slug/match-concerns')
  @Needs('log:read')
  @ApiOperation({ summary: '5. Where match is missing, in kind, weakly valued or perhaps counted twice' })
  @ApiResponse({ status: 200, type: MatchConcernsView })
  async concerns(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: ConcernsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.match.concerns(actor, slug, query), request, reply);
  }

  @Get('programmes/:slug/money-movements')
  @Needs('log:read')
  @ApiOperation({
    summary:
      '6. Which awards, lines or years were exceeded or moved: by which request, asked and approved by whom',
  })
  @ApiResponse({ status: 200, type: MoneyMovementsView })
  async movements(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.moved.list(actor, slug, query), request, reply);
  }

  @Get('programmes/:slug/overdue-actions')
  @Needs('log:read')
  @ApiOperation({ summary: '10. Which recoveries, findings and recommendations are overdue, and how late' })
  @ApiResponse({ status: 200, type: OverdueActionPageView })
  async overdue(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.money.overdueActions(actor, slug, query), request, reply);
  }
}
