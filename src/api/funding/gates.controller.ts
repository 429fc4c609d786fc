import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { GateWaiverService } from '../../funding/gates/gate-waiver.service.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { CodeField, CodesField, DayField, TextField, WholeField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import { GatePageView, GateView, GateWaiversView, GateWaiverView } from './gates.view.js';

class GatesQuery extends PageQuery {
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
  @Transform(({ value }) => (/^\d{1,9}$/.test(value) ? Number(value) : value))
  @WholeField({
    is: 'Only those with money left that are planned or expected within so many days, overdue ones included.',
    example: 90,
    optional: true,
    min: 0,
    max: 36_500,
  })
  withinDays?: number;
}

class WaiverDto {
  @CodesField({
    is: 'The codes of the blockers that are waived: each must block the tranche now.',
    max: 20,
    example: ['match-below-ratio'],
  })
  codes: string[];
  @TextField({
    is: 'Why.',
    max: 2_000,
    example: 'The match is agreed and arrives in May; the wards cannot wait for it.',
  })
  reason: string;
  @TextField({
    is: 'Who gave the authority, and where that is written.',
    max: 500,
    example: 'Programme board, minute 7 of 4 May 2018',
  })
  authority: string;
  @DayField({
    is: 'The last day on which it counts; without one, until it is withdrawn.',
    example: '2018-06-30',
    nullable: true,
  })
  expiresOn: string | null = null;
}

class WaiverWithdrawalDto {
  @TextField({ is: 'Why it is withdrawn.', max: 2_000, example: 'The match was accepted on 2 May 2018.' })
  reason: string;
}

@ApiTags('gates')
@Controller('v1')
export class GatesController {
  constructor(
    private readonly reader: GatesReader,
    private readonly waivers: GateWaiverService,
  ) {}

  @Get('programmes/:slug/gates')
  @Needs('money:read')
  @ApiOperation({
    summary: 'Every tranche of the agreements in force: when its gate is expected, and what keeps it shut',
  })
  @ApiResponse({ status: 200, type: GatePageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: GatesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { trust = null, withinDays = null } = query;
    return linked(await this.reader.list(actor, slug, { trust, withinDays }, query), request, reply);
  }

  @Get('tranches/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One tranche and its gate: why is it blocked, what would clear it, by when' })
  @ApiResponse({ status: 200, type: GateView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Get('tranches/:id/waivers')
  @Needs('money:read')
  @ApiOperation({ summary: 'All waivers that a tranche ever had, oldest first' })
  @ApiResponse({ status: 200, type: GateWaiversView })
  async waiversOf(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return { items: await this.reader.waivers(actor, id) };
  }

  @Post('tranches/:id/waivers')
  @Needs('gate:waive')
  @ApiOperation({
    summary: 'Waive what blocks a tranche now, by name and for a reason; nothing that comes later',
  })
  @ApiResponse({ status: 201, type: GateWaiverView })
  async grant(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() body: WaiverDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const waiver = await this.waivers.grant(actor, id, body);
    reply.header('Location', `/v1/gate-waivers/${waiver.id}`);
    return waiver;
  }

  @Get('gate-waivers/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One waiver: who granted it, why, of what, and whether it stands' })
  @ApiResponse({ status: 200, type: GateWaiverView })
  waiver(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.waiver(actor, id);
  }

  @Post('gate-waivers/:id/withdrawal')
  @HttpCode(200)
  @Needs('gate:waive')
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag that you read.',
    example: '"1"',
  })
  @ApiOperation({ summary: 'Withdraw a waiver; what was let through under it stays so' })
  @ApiResponse({ status: 200, type: GateWaiverView })
  withdraw(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: WaiverWithdrawalDto,
  ) {
    return this.waivers.withdraw(actor, id, revision, body);
  }
}
