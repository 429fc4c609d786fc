import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import type { Sql } from '../../database/sql.js';
import { isAgreement, journal, journals } from '../../funding/journal.queries.js';
import { ledgerChecks, ledgerDifferences } from '../../funding/reconciliation.queries.js';
import { DIFFERENCE_KINDS, type DifferenceKind, WHAT_TO_DO } from '../../funding/reconciliation.rules.js';
import { ReconciliationService } from '../../funding/reconciliation.service.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { By, Needs } from '../access.js';
import { ChoiceField, CodeField } from '../fields.js';
import { IdPipe } from '../id.pipe.js';
import { cursorValues, isId, linked, PageQuery, pageOf } from '../paging.js';
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
    private readonly scope: ReadScope,
    private readonly reconciliation: ReconciliationService,
  ) {}

  @Get('agreements/:id/journals')
  @Needs('money:read')
  @ApiOperation({ summary: 'The ledger of an agreement: every journal with its postings, newest first' })
  @ApiResponse({ status: 200, type: JournalPageView })
  async journals(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() { limit, after }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const before = idIn(after);
    const rows = await this.scope.run(actor, async (sql) => {
      if (!(await isAgreement(sql, id))) throw notFound('agreement');
      return journals(sql, id, limit + 1, before);
    });
    return linked(
      pageOf(rows, limit, (row) => [row.id]),
      request,
      reply,
    );
  }

  @Get('journals/:id')
  @Needs('money:read')
  @ApiOperation({ summary: 'One journal: what moved, what it follows from, who posted it, what undid it' })
  @ApiResponse({ status: 200, type: JournalView })
  async journal(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    const found = await this.scope.run(actor, (sql) => journal(sql, id));
    if (!found) throw notFound('journal');
    return found;
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
    @Query() { limit, after }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const before = idIn(after);
    const rows = await this.within(actor, slug, (sql, id) => ledgerChecks(sql, id, limit + 1, before));
    return linked(
      pageOf(rows, limit, (row) => [row.id]),
      request,
      reply,
    );
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
    const { limit, state = null, kind = null, trust = null } = query;
    const before = idIn(query.after);
    const rows = await this.within(actor, slug, (sql, id) =>
      ledgerDifferences(sql, id, { state, kind, trust }, limit + 1, before),
    );
    const told = rows.map((row) => ({ ...row, whatToDo: WHAT_TO_DO[row.kind] }));
    return linked(
      pageOf(told, limit, (row) => [row.id]),
      request,
      reply,
    );
  }

  private within<T>(actor: Actor, slug: string, read: (sql: Sql, id: string) => Promise<T>): Promise<T> {
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return read(sql, id);
    });
  }
}

/** The id in the cursor of a list that goes by ids. */
function idIn(after: string | undefined): string | null {
  return (cursorValues(after, [isId])?.[0] ?? null) as string | null;
}
