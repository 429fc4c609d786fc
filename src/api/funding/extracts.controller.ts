import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import {
  EXTRACT_ORIGINS,
  MAX_EXTRACT_BYTES,
  MAX_EXTRACT_LINES,
} from '../../funding/payments/extract.rules.js';
import { ExtractService } from '../../funding/payments/extract.service.js';
import { ExtractsReader } from '../../funding/payments/extracts.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { withSentFile } from '../../http/sent-file.js';
import { TakesFile } from '../files.js';
import { link, linked, PageQuery } from '../paging.js';
import { ExtractPageView, ExtractView } from './extracts.view.js';

const EXTRACT = TakesFile(
  {
    origin: {
      type: 'string',
      enum: [...EXTRACT_ORIGINS],
      description: 'Whose extract it is; sent before the file.',
      example: 'bank',
    },
  },
  `CSV in UTF-8 with a header row naming date (31/03/2018 or 2018-03-31), reference, payee and amount (pounds with two decimals), of at most ${MAX_EXTRACT_BYTES} bytes and ${MAX_EXTRACT_LINES} lines. What was paid out, and nothing else.`,
);

/** Extracts of a bank or a finance ledger, held against the payments. */
@ApiTags('payments')
@Controller('v1')
export class ExtractsController {
  constructor(
    private readonly reader: ExtractsReader,
    private readonly service: ExtractService,
  ) {}

  @Get('programmes/:slug/extracts')
  @Needs('log:read')
  @ApiOperation({ summary: "A programme's extracts, newest first, with what became of their lines" })
  @ApiResponse({ status: 200, type: ExtractPageView })
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, slug, query), request, reply);
  }

  @Post('programmes/:slug/extracts')
  @Needs('payment:make')
  @EXTRACT
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
    return this.reader.one(actor, id, new PageQuery());
  }

  @Get('extracts/:id')
  @Needs('log:read')
  @ApiOperation({ summary: 'One extract: each line and each payment as matched, differing or missing' })
  @ApiResponse({ status: 200, type: ExtractView })
  async one(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.reader.one(actor, id, page);
    link(found.next, request, reply);
    return found;
  }
}
