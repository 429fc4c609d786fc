import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { extract, extracts } from '../../funding/payments/extract.queries.js';
import {
  DAYS_APART,
  EXTRACT_ORIGINS,
  MAX_EXTRACT_BYTES,
  MAX_EXTRACT_LINES,
} from '../../funding/payments/extract.rules.js';
import { ExtractService } from '../../funding/payments/extract.service.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { By, Needs } from '../access.js';
import { IdPipe } from '../id.pipe.js';
import { withSentFile } from '../milestones/evidence-file.js';
import { cursorValues, isId, linked, PageQuery, pageOf } from '../paging.js';
import { ExtractPageView, ExtractView } from './extracts.view.js';

const UPLOAD = {
  type: 'object',
  required: ['origin', 'file'],
  properties: {
    origin: {
      type: 'string',
      enum: [...EXTRACT_ORIGINS],
      description: 'Whose extract it is; sent before the file.',
      example: 'bank',
    },
    file: {
      type: 'string',
      format: 'binary',
      description: `CSV in UTF-8 with a header row naming date (31/03/2018 or 2018-03-31), reference, payee and amount (pounds with two decimals), of at most ${MAX_EXTRACT_BYTES} bytes and ${MAX_EXTRACT_LINES} lines. What was paid out, and nothing else.`,
    },
  },
};

/** Extracts of a bank or a finance ledger, held against the payments. */
@ApiTags('payments')
@Controller('v1')
export class ExtractsController {
  constructor(
    private readonly scope: ReadScope,
    private readonly service: ExtractService,
  ) {}

  @Get('programmes/:slug/extracts')
  @Needs('log:read')
  @ApiOperation({ summary: "A programme's extracts, newest first, with what became of their lines" })
  @ApiResponse({ status: 200, type: ExtractPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() { limit, after }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [before] = (cursorValues(after, [isId]) ?? [null]) as [string | null];
    const rows = await this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return extracts(sql, id, limit + 1, before);
    });
    return linked(
      pageOf(rows, limit, ({ id }) => [id]),
      request,
      reply,
    );
  }

  @Post('programmes/:slug/extracts')
  @Needs('payment:make')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: UPLOAD })
  @ApiOperation({
    summary: 'Hold an extract against the payments: what it matches is reconciled, and the rest is named',
  })
  @ApiResponse({ status: 201, type: ExtractView })
  async add(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = await withSentFile(request, ['origin'], (upload) => this.service.add(actor, slug, upload));
    reply.header('Location', `/v1/extracts/${id}`);
    return this.one(actor, id);
  }

  @Get('extracts/:id')
  @Needs('log:read')
  @ApiOperation({ summary: 'One extract: each line and each payment as matched, differing or missing' })
  @ApiResponse({ status: 200, type: ExtractView })
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    const found = await this.scope.run(actor, (sql) => extract(sql, id));
    if (!found) throw notFound('extract');
    return { ...found, daysApart: DAYS_APART };
  }
}
