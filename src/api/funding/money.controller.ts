import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { programmeMoney } from '../../funding/money.queries.js';
import { overdueActions, overdueSums } from '../../funding/overdue-actions.queries.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { By, Needs } from '../access.js';
import { ChoiceField, CodeField, FinancialYearField } from '../fields.js';
import { cursorOf, cursorValues, isId, link, linked, PageQuery, pageOf } from '../paging.js';
import { MoneyView } from './money.view.js';
import { OverdueActionPageView } from './overdue-actions.view.js';

class MoneyQuery extends PageQuery {
  @CodeField({ is: 'Only what is of this trust, by ODS code.', example: 'RW4', optional: true })
  trust?: string;
  @FinancialYearField({ is: 'Only lines of this financial year.', optional: true }) financialYear?: string;
  @ChoiceField({ is: 'Only lines of this kind.', of: ['capital', 'revenue'], optional: true })
  kind?: 'capital' | 'revenue';
}

const isText = (value: unknown): boolean => typeof value === 'string';

@ApiTags('money')
@Controller('v1/programmes/:slug')
export class MoneyController {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  @Get('money')
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Needs('money:read')
  @ApiOperation({
    summary:
      'What is awarded, drawn and remaining, and the match beside it, by trust, year and capital or revenue',
  })
  @ApiResponse({ status: 200, type: MoneyView })
  async money(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: MoneyQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { limit, after, trust = null, financialYear = null, kind = null } = query;
    const from = cursorValues(after, [isText, isText]);
    const found = await this.scope.run(actor, (sql) =>
      programmeMoney(sql, slug, { trust, financialYear, kind }, limit, from),
    );
    if (!found) throw notFound('programme');
    link(found.next && cursorOf(found.next), request, reply);
    return found.json;
  }

  @Get('overdue-actions')
  @Needs('log:read')
  @ApiOperation({ summary: 'Which recoveries, findings and recommendations are overdue, and how late' })
  @ApiResponse({ status: 200, type: OverdueActionPageView })
  async overdue(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() { limit, after }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const from = cursorValues(after, [isDateOn, isId]);
    const asOn = this.clock.today();
    const { rows, sums } = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return {
        rows: await overdueActions(sql, id, asOn, limit + 1, from),
        sums: await overdueSums(sql, id, asOn),
      };
    });
    const page = pageOf(rows, limit, (row) => [row.dueOn, row.id]);
    return { asOn, sums, ...linked(page, request, reply) };
  }
}
