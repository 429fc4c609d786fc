import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { LedgerReader } from '../../funding/ledger.reader.js';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../funding/reconciliation.rules.js';
import { ReconciliationService } from '../../funding/reconciliation.service.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ChoiceField, CodeField } from '../fields.js';
import { linked, PageQuery } from '../paging.js';
import {
  JournalPageView,
  JournalView,
  LedgerCheckPageView,
  LedgerCheckRequestView,
  LedgerDifferencePageView,
} from './ledger.view.js';

class DifferencesQuery extends PageQuery {
  @ChoiceField({ is: 'Only those that stand, or are gone.', of: ['standing', 'cleared'], optional: true })
  state?: 'standing' | 'cleared';
  @ChoiceField({ is: 'Only those of this kind.', of: DIFFERENCE_KINDS, optional: true })
  kind?: DifferenceKind;
  @CodeField({ is: 'Only those of this trust, by ODS code.', example: 'RW4', optional: true }) trust?: string;
}

@ApiTags('ledger')
@Controller('v1')
export class LedgerController {
  constructor(
    private readonly reader: LedgerReader,
    private readonly reconciliation: ReconciliationService,
  ) {}

  @Get('agreements/:id/journals')
  @Needs('money:read')
  @ApiOperation({ summary: 'The ledger of an agreement: every journal with its postings, newest first' })
  @ApiResponse({ status: 200, type: JournalPageView })
  async journals(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.journals(actor, id, query), request, reply);
  }

  @Get('journals/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One journal: what moved, what it follows from, who posted it, what undid it' })
  @ApiResponse({ status: 200, type: JournalView })
  journal(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.journal(actor, id);
  }

  @Post('programmes/:slug/ledger-checks')
  @HttpCode(202)
  @Needs('payment:make')
  @ApiOperation({
    summary: 'Check the ledger now, as is done every night; the receipt in Location can be followed',
  })
  @ApiResponse({ status: 202, type: LedgerCheckRequestView })
  async check(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = await this.reconciliation.request(actor, slug);
    reply.header('Location', `/v1/receipts/${asked.receipt}`);
    return asked;
  }

  @Get('programmes/:slug/ledger-checks')
  @Needs('log:read')
  @ApiOperation({ summary: 'When the ledger was checked and what came of it, newest first' })
  @ApiResponse({ status: 200, type: LedgerCheckPageView })
  async checks(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.checks(actor, slug, query), request, reply);
  }

  @Get('programmes/:slug/ledger-differences')
  @Needs('money:read')
  @ApiOperation({ summary: 'What of the ledger does not agree, and what did not and does now' })
  @ApiResponse({ status: 200, type: LedgerDifferencePageView })
  async differences(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: DifferencesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { state = null, kind = null, trust = null } = query;
    const page = await this.reader.differences(actor, slug, { state, kind, trust }, query);
    return linked(page, request, reply);
  }
}
