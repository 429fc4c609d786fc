import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { RecoveriesReader } from '../../funding/payments/recoveries.reader.js';
import {
  RECOVERY_CAUSES,
  RECOVERY_STATES,
  type RecoveryCause,
} from '../../funding/payments/recovery.rules.js';
import { RecoveryService } from '../../funding/payments/recovery.service.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChoiceField, CodeField, DayField, PenceField, TextField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { RecoveryPageView, RecoveryShownView } from './recoveries.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

class RecoveriesQuery extends PageQuery {
  @ChoiceField({ is: 'Only those in this state.', of: RECOVERY_STATES, optional: true }) state?: string;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @ChoiceField({ is: 'Only those that are overdue, or are not.', of: ['true', 'false'], optional: true })
  overdue?: string;
}

class RecoveryDto {
  @ChoiceField({ is: 'Why money is asked back.', of: RECOVERY_CAUSES, example: 'ineligible' })
  cause: RecoveryCause;
  @PenceField({
    is: 'How much: a penny or more, and no more than is left of what was paid.',
    example: 1_250_000,
  })
  amountPence: number;
  @TextField({
    is: 'Why, in words that the trust can act on.',
    max: 2_000,
    example: 'Two invoices are for training, which is not eligible.',
  })
  reason: string;
  @DayField({ is: 'The day by which it is to be back: today or later.', example: '2018-06-30' })
  dueOn: string;
}

class RecoveryReceiptDto {
  @DayField({ is: 'The day on which the money came back.', example: '2018-06-21' }) receivedOn: string;
  @TextField({ is: "The bank's reference of the receipt.", max: 100, example: 'BACS 20180621 0042' })
  reference: string;
}

class RecoveryWriteOffDto {
  @TextField({
    is: 'Who allows it, and where that is written.',
    max: 500,
    example: 'Director of finance, letter of 2 July 2018',
  })
  authority: string;
  @TextField({ is: 'Why the money is given up.', max: 2_000, example: 'The supplier is insolvent.' })
  reason: string;
}

class RecoveryWithdrawalDto {
  @TextField({
    is: 'Why it is taken back.',
    max: 2_000,
    example: 'The trust showed that the cost is eligible.',
  })
  reason: string;
}

/** Recoveries: money that was paid and is asked back. */
@ApiTags('recoveries')
@Controller('v1')
export class RecoveriesController {
  constructor(
    private readonly reader: RecoveriesReader,
    private readonly service: RecoveryService,
  ) {}

  @Get('programmes/:slug/recoveries')
  @Needs('money:read')
  @ApiOperation({ summary: "A programme's recoveries, the first due first" })
  @ApiResponse({ status: 200, type: RecoveryPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: RecoveriesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state = null, trust = null } = query;
    const overdue = query.overdue === undefined ? null : query.overdue === 'true';
    const page = await this.reader.list(actor, slug, { state, trust, overdue }, query);
    return linked(page, request, reply);
  }

  @Get('recoveries/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One recovery' })
  @ApiResponse({ status: 200, type: RecoveryShownView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Post('claims/:id/recoveries')
  @Needs('recovery:raise')
  @CHANGES
  @ApiOperation({ summary: 'Ask money of a paid claim back; If-Match is of the claim' })
  @ApiResponse({ status: 201, type: RecoveryShownView })
  async raise(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: RecoveryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.service.raise(actor, id, revision, body);
    reply.header('Location', `/v1/recoveries/${view.id}`);
    return this.reader.shown(view);
  }

  @Post('recoveries/:id/agreement')
  @HttpCode(200)
  @Needs('recovery:agree')
  @CHANGES
  @ApiOperation({ summary: "Agree to pay back, as the trust's finance director" })
  @ApiResponse({ status: 200, type: RecoveryShownView })
  async agree(@By() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() revision: number | null) {
    return this.reader.shown(await this.service.agree(actor, id, revision));
  }

  @Post('recoveries/:id/receipt')
  @HttpCode(200)
  @Needs('recovery:raise')
  @CHANGES
  @ApiOperation({ summary: 'Record that the money came back: over the lines that it was paid of' })
  @ApiResponse({ status: 200, type: RecoveryShownView })
  async receive(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: RecoveryReceiptDto,
  ) {
    return this.reader.shown(await this.service.receive(actor, id, revision, body));
  }

  @Post('recoveries/:id/write-off')
  @HttpCode(200)
  @Needs('recovery:raise')
  @CHANGES
  @ApiOperation({ summary: 'Give the money up, on an authority, as another person than whoever raised it' })
  @ApiResponse({ status: 200, type: RecoveryShownView })
  async writeOff(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: RecoveryWriteOffDto,
  ) {
    return this.reader.shown(await this.service.writeOff(actor, id, revision, body));
  }

  @Post('recoveries/:id/withdrawal')
  @HttpCode(200)
  @Needs('recovery:raise')
  @CHANGES
  @ApiOperation({ summary: 'Take a recovery back that the trust did not agree to: its claim is what it was' })
  @ApiResponse({ status: 200, type: RecoveryShownView })
  async withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: RecoveryWithdrawalDto,
  ) {
    return this.reader.shown(await this.service.withdraw(actor, id, revision, body));
  }
}
