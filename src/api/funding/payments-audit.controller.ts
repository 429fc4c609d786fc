import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { PaymentsReader } from '../../funding/payments/payments.reader.js';
import { By, Needs } from '../../http/access.js';
import { link, PageQuery } from '../paging.js';
import { PaymentExceptionsView, SeparationOfDutiesView } from './payments-audit.view.js';

/** What an auditor asks of all payments of a programme. */
@ApiTags('payments')
@Controller('v1/programmes/:slug')
export class PaymentsAuditController {
  constructor(private readonly reader: PaymentsReader) {}

  @Get('payment-exceptions')
  @Needs('log:read')
  @ApiOperation({
    summary:
      'Payments by waiver, before their gate was passed, without a decision that stood, and in advance',
  })
  @ApiResponse({ status: 200, type: PaymentExceptionsView })
  exceptions(@By() actor: Actor, @Param('slug') slug: string) {
    return this.reader.exceptions(actor, slug);
  }

  @Get('separation-of-duties')
  @Needs('log:read')
  @ApiOperation({ summary: 'Who did what in every paid claim, every breach, and every waiver' })
  @ApiResponse({ status: 200, type: SeparationOfDutiesView })
  async duties(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.reader.duties(actor, slug, query);
    link(found.next, request, reply);
    return found;
  }
}
