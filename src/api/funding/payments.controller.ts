import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { PAYMENT_STATES } from '../../funding/payments/payment.rules.js';
import { PaymentService } from '../../funding/payments/payment.service.js';
import { PaymentsReader } from '../../funding/payments/payments.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChoiceField, CodeField, DayField, TextField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { PaymentPageView, PaymentShownView } from './payments.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

class PaymentsQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: PAYMENT_STATES, optional: true }) state?: string;
  @CodeField({ is: 'Only those to this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @DayField({ is: 'Only those paid, or else scheduled for, this day or later.', optional: true })
  from?: string;
  @DayField({ is: 'Only those paid, or else scheduled for, this day or before.', optional: true })
  to?: string;
}

class PaymentScheduleDto {
  @DayField({ is: 'The day on which the bank is to pay it: today or later.', example: '2018-05-20' })
  scheduledFor: string;
}

class PaymentRecordDto {
  @DayField({ is: 'The day on which the bank paid it.', example: '2018-05-20' }) paidOn: string;
  @TextField({
    is: "The bank's reference of the transfer; no other payment of the programme has it.",
    max: 100,
    example: 'FPS 4471 0093',
  })
  bankReference: string;
}

class PaymentCancellationDto {
  @TextField({
    is: 'Why it is not to be paid now.',
    max: 2_000,
    example: 'The bank details are being checked.',
  })
  reason: string;
}

class PaymentReversalDto {
  @TextField({
    is: 'Why it counts as not paid: it did not arrive, or was recorded by mistake.',
    max: 2_000,
    example: 'The bank sent it back: the account is closed.',
  })
  reason: string;
}

/** Payments: what was approved is scheduled, paid, and, where it did not arrive, reversed. */
@ApiTags('payments')
@Controller('v1')
export class PaymentsController {
  constructor(
    private readonly reader: PaymentsReader,
    private readonly service: PaymentService,
  ) {}

  @Get('programmes/:slug/payments')
  @Needs('money:read')
  @ApiOperation({ summary: "A programme's payments, the latest first" })
  @ApiResponse({ status: 200, type: PaymentPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PaymentsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state = null, trust = null, from = null, to = null } = query;
    const page = await this.reader.list(actor, slug, { state, trust, from, to }, query);
    return linked(page, request, reply);
  }

  @Get('payments/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One payment' })
  @ApiResponse({ status: 200, type: PaymentShownView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Post('claims/:id/payment-schedule')
  @Needs('payment:make')
  @CHANGES
  @ApiOperation({
    summary: 'Schedule what was approved of a claim, where its gate is open; If-Match is of the claim',
  })
  @ApiResponse({ status: 201, type: PaymentShownView })
  async schedule(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: PaymentScheduleDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.service.schedule(actor, id, revision, body);
    reply.header('Location', `/v1/payments/${view.id}`);
    return this.reader.shown(view);
  }

  @Post('payments/:id/cancellation')
  @HttpCode(200)
  @Needs('payment:make')
  @CHANGES
  @ApiOperation({ summary: 'Take a scheduled payment back: its claim is approved as before' })
  @ApiResponse({ status: 200, type: PaymentShownView })
  async cancel(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: PaymentCancellationDto,
  ) {
    return this.reader.shown(await this.service.cancel(actor, id, revision, body));
  }

  @Post('payments/:id/payment-record')
  @HttpCode(200)
  @Needs('payment:make')
  @CHANGES
  @ApiOperation({ summary: 'Record that the bank paid it, where its gate is still open' })
  @ApiResponse({ status: 200, type: PaymentShownView })
  async record(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: PaymentRecordDto,
  ) {
    return this.reader.shown(await this.service.record(actor, id, revision, body));
  }

  @Post('payments/:id/reversal')
  @HttpCode(200)
  @Needs('payment:make')
  @CHANGES
  @ApiOperation({
    summary: 'Undo a payment that did not arrive or was recorded by mistake: its claim is approved as before',
  })
  @ApiResponse({ status: 200, type: PaymentShownView })
  async reverse(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: PaymentReversalDto,
  ) {
    return this.reader.shown(await this.service.reverse(actor, id, revision, body));
  }
}
