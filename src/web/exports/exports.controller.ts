import { Get, Param, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { listAddress } from '../../exports/export.rules.js';
import { ExportService } from '../../exports/export.service.js';
import { FORMAT_NAMES, type Format, isFormat } from '../../exports/format.rules.js';
import { By, SignedIn } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { sendExport, sendList } from '../../http/sent-export.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { exportsPage, newExportPage } from './exports.page.js';

const ROWS = 50;

/** Whole lists as files: at once, or made by the queue. */
@SignedIn()
@Pages('exports')
export class ExportPagesController {
  constructor(private readonly service: ExportService) {}

  @Get()
  async show(@By() actor: Actor, @Query('after') after: unknown): Promise<Page> {
    return exportsPage(await this.service.list(actor, { limit: ROWS, after: asked(after) ?? undefined }));
  }

  @Get('new')
  choose(@Query('list') list: unknown): Page {
    return newExportPage(listOf(list));
  }

  @Get('download')
  download(
    @By() actor: Actor,
    @Query('list') list: unknown,
    @Query('format') format: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!isFormat(format)) throw notFound('kind of file');
    return sendList(this.service, actor, { list: listOf(list), format }, reply);
  }

  @Post()
  async ask(@By() actor: Actor, @Sent() form: Form): Promise<Onward> {
    const list = form.text('list', { max: 2_000, label: 'The list' });
    const format = form.choice('format', { label: 'The kind of file', of: FORMAT_NAMES }) as Format;
    form.check();
    const { receipt } = await this.service.request(actor, list, format);
    return onward(
      `/receipts/${receipt}`,
      'The file is being made. You find it under “Files of whole lists”.',
    );
  }

  @Get(':id/content')
  content(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return sendExport(this.service, actor, id, request, reply);
  }
}

/** @throws Problem 404 where the address names no list */
function listOf(list: unknown): string {
  const address = typeof list === 'string' ? listAddress(list) : null;
  if (address === null) throw notFound('list with this address');
  return address;
}
