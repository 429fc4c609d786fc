import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { MoneyReader } from '../../funding/money.reader.js';
import { By, Needs } from '../../http/access.js';
import { ChoiceField, CodeField, FinancialYearField } from '../fields.js';
import { link, PageQuery } from '../paging.js';
import { MoneyView } from './money.view.js';

class MoneyQuery extends PageQuery {
  @CodeField({ is: 'Only what is of this trust, by ODS code.', example: 'RW4', optional: true })
  trust?: string;
  @FinancialYearField({ is: 'Only lines of this financial year.', optional: true }) financialYear?: string;
  @ChoiceField({ is: 'Only lines of this kind.', of: ['capital', 'revenue'], optional: true })
  kind?: 'capital' | 'revenue';
}

@ApiTags('money')
@Controller('v1/programmes/:slug')
export class MoneyController {
  constructor(private readonly reader: MoneyReader) {}

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
    const { trust = null, financialYear = null, kind = null } = query;
    const found = await this.reader.programme(actor, slug, { trust, financialYear, kind }, query);
    link(found.next, request, reply);
    return found.json;
  }
}
