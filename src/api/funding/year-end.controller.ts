import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { yearEndLines } from '../../change-requests/year-end-position.queries.js';
import { outlookOf, totalsOf } from '../../change-requests/year-end-position.rules.js';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { financialYear, financialYearOf } from '../../core/financial-period.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import type { Sql } from '../../database/sql.js';
import { yearEnds } from '../../funding/year-end/year-end.queries.js';
import { daysLeft } from '../../funding/year-end/year-end.rules.js';
import { YearEndService } from '../../funding/year-end/year-end.service.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { By, Needs } from '../access.js';
import { FinancialYearField, TextField } from '../fields.js';
import { YearEndListView, YearEndPositionView, YearEndView } from './year-end.view.js';

class YearEndQuery {
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
    private readonly scope: ReadScope,
    private readonly clock: Clock,
    private readonly service: YearEndService,
  ) {}

  @Get('year-end')
  @Needs('money:read')
  @ApiOperation({
    summary: 'What underspend lapses on 31 March: by trust and kind, with forecasts and carry-forwards',
  })
  @ApiResponse({ status: 200, type: YearEndPositionView })
  async position(@By() actor: Actor, @Param('slug') slug: string, @Query() query: YearEndQuery) {
    const today = this.clock.today();
    const year = query.financialYear ?? financialYearOf(today);
    const { ends, rows } = await this.read(actor, slug, async (sql, id) => ({
      ends: await yearEnds(sql, id),
      rows: await yearEndLines(sql, id, year),
    }));
    const closed = ends.find((end) => end.financialYear === year) ?? null;
    const lines = rows.map((row) => ({ ...row, ...outlookOf(row, closed !== null) }));
    const { endsOn } = financialYear(year);
    return {
      financialYear: year,
      endsOn,
      daysLeft: daysLeft(year, today),
      closed,
      lines,
      totals: totalsOf(lines),
    };
  }

  @Get('year-ends')
  @Needs('money:read')
  @ApiOperation({ summary: 'The financial years that are closed, and what lapsed' })
  @ApiResponse({ status: 200, type: YearEndListView })
  async list(@By() actor: Actor, @Param('slug') slug: string) {
    return { items: await this.read(actor, slug, yearEnds) };
  }

  @Post('year-ends')
  @Needs('year-end:close')
  @ApiOperation({ summary: 'Close a financial year after its last day: grant that was not claimed lapses' })
  @ApiResponse({ status: 201, type: YearEndView })
  close(@By() actor: Actor, @Param('slug') slug: string, @Body() body: YearEndDto) {
    return this.service.close(actor, slug, body);
  }

  private read<T>(
    actor: Actor,
    slug: string,
    work: (sql: Sql, programmeId: string) => Promise<T>,
  ): Promise<T> {
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return work(sql, id);
    });
  }
}
