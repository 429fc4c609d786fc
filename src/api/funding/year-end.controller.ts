import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { YearEndReader } from '../../change-requests/year-end.reader.js';
import type { Actor } from '../../core/actor.js';
import { YearEndService } from '../../funding/year-end/year-end.service.js';
import { By, Needs } from '../../http/access.js';
import { FinancialYearField, TextField } from '../fields.js';
import { link, PageQuery } from '../paging.js';
import { YearEndListView, YearEndPositionView, YearEndView } from './year-end.view.js';

class YearEndQuery extends PageQuery {
  @FinancialYearField({
    is: 'The financial year; the one of today where left out.',
    example: '2018/19',
    optional: true,
  })
  financialYear?: string;
}

class YearEndDto {
  @FinancialYearField({ is: 'The financial year to close.', example: '2018/19' }) financialYear: string;
  @TextField({
    is: 'On what grounds.',
    max: 2_000,
    example: 'Year-end 2018/19, finance board of 8 April 2019',
  })
  reason: string;
}

/** The end of financial years: what lapses, and closing them. */
@ApiTags('year-end')
@Controller('v1/programmes/:slug')
export class YearEndController {
  constructor(
    private readonly reader: YearEndReader,
    private readonly service: YearEndService,
  ) {}

  @Get('year-end')
  @Needs('money:read')
  @ApiOperation({
    summary:
      'What underspend lapses on 31 March: a page of trusts by kind, with forecasts and carry-forwards, and the totals of all',
  })
  @ApiResponse({ status: 200, type: YearEndPositionView })
  async position(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: YearEndQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.reader.position(actor, slug, query.financialYear, query);
    link(found.next, request, reply);
    return found;
  }

  @Get('year-ends')
  @Needs('money:read')
  @ApiOperation({ summary: 'The financial years that are closed, and what lapsed' })
  @ApiResponse({ status: 200, type: YearEndListView })
  async list(@By() actor: Actor, @Param('slug') slug: string) {
    return { items: await this.reader.list(actor, slug) };
  }

  @Post('year-ends')
  @Needs('year-end:close')
  @ApiOperation({ summary: 'Close a financial year after its last day: grant that was not claimed lapses' })
  @ApiResponse({ status: 201, type: YearEndView })
  close(@By() actor: Actor, @Param('slug') slug: string, @Body() body: YearEndDto) {
    return this.service.close(actor, slug, body);
  }
}
