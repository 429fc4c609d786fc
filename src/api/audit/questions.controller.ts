import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AmendmentsReader } from '../../auditing/questions/amendments.reader.js';
import { MeasureGapsReader } from '../../auditing/questions/measure-gaps.reader.js';
import { ProgrammeStateReader } from '../../auditing/questions/programme-state.reader.js';
import { ReconciliationReader } from '../../auditing/questions/reconciliation.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { Cursor, LimitQuery, link, PageQuery } from '../paging.js';
import { AUDIT_QUESTIONS } from './audit-questions.js';
import { AmendmentsView, MeasureGapsView, ProgrammeStateView, ReconciliationView } from './questions.view.js';

class AmendmentsQuery extends LimitQuery {
  @Cursor('returns') returns?: string;
  @Cursor('claims') claims?: string;
  @Cursor('agreements') agreements?: string;
  @Cursor('measurements') measurements?: string;
}

class ReconciliationQuery extends LimitQuery {
  @Cursor('trusts') trusts?: string;
  @Cursor('differences') differences?: string;
}

class GapsQuery extends PageQuery {
  @Cursor('what is late') late?: string;
  @Cursor('unvalidated benefits') benefits?: string;
  @Cursor('late benefits') lateBenefits?: string;
}

/** Questions of an auditor about the record of a programme: 1, 7, 8 and 9. */
@ApiTags(AUDIT_QUESTIONS)
@Controller('v1/programmes/:slug')
export class AuditQuestionsController {
  constructor(
    private readonly states: ProgrammeStateReader,
    private readonly amended: AmendmentsReader,
    private readonly gaps: MeasureGapsReader,
    private readonly reconciled: ReconciliationReader,
  ) {}

  @Get('state')
  @Needs('log:read')
  @ApiOperation({
    summary:
      '1. The exact state: money, agreements, milestones, returns, progress, claims, payments, match and open findings, a page of trusts at a time',
    description:
      'Totals are of the whole programme, lists of a page of trusts, by name. For all pages to be of one moment, ask for each of them as at the same one (`asAt`).',
  })
  @ApiResponse({ status: 200, type: ProgrammeStateView })
  async state(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.states.of(actor, slug, page);
    link(found.next, request, reply);
    return found;
  }

  @Get('amendments')
  @Needs('log:read')
  @ApiOperation({ summary: '7. What was amended after submission, by whom, and why' })
  @ApiResponse({ status: 200, type: AmendmentsView })
  amendments(@By() actor: Actor, @Param('slug') slug: string, @Query() query: AmendmentsQuery) {
    return this.amended.of(actor, slug, query);
  }

  @Get('unvalidated')
  @Needs('log:read')
  @ApiOperation({ summary: '8. Which measures or benefits are unvalidated, undefined or late' })
  @ApiResponse({ status: 200, type: MeasureGapsView })
  async unvalidated(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: GapsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { targetSets: _, ...found } = await this.gaps.of(actor, slug, query, query);
    link(found.unvalidated.next, request, reply);
    return found;
  }

  @Get('reconciliation')
  @Needs('log:read')
  @ApiOperation({ summary: '9. Whether the totals reconcile to the ledger, each with both figures' })
  @ApiResponse({ status: 200, type: ReconciliationView })
  reconciliation(@By() actor: Actor, @Param('slug') slug: string, @Query() query: ReconciliationQuery) {
    return this.reconciled.of(actor, slug, query);
  }
}
