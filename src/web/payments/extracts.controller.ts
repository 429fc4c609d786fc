import { Get, Param, Post, Query, Req } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { ExtractService } from '../../funding/payments/extract.service.js';
import { ExtractsReader } from '../../funding/payments/extracts.reader.js';
import { type ActingRequest, By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { moneyParts } from '../claims/claim.trail.js';
import { asked } from '../page/address.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { withPageUpload } from '../page/upload.js';
import { extractListPage, extractPage } from './extract.page.js';

const LIMIT = 50;

/** Extracts of the bank and the finance ledger, held against the payments. */
@Pages()
export class ExtractPagesController {
  constructor(
    private readonly reader: ExtractsReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: ExtractService,
  ) {}

  @Get('programmes/:slug/extracts')
  @Needs('log:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query('after') after: unknown): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const found = await this.reader.list(actor, slug, { limit: LIMIT, after: asked(after) ?? undefined });
    const around = { programme, parts: moneyParts(slug, actor), maySend: may(actor, 'payment:make') };
    return extractListPage(around, found);
  }

  @Post('programmes/:slug/extracts')
  @Needs('payment:make')
  async add(@Param('slug') slug: string, @Req() request: ActingRequest): Promise<Onward> {
    const id = await withPageUpload(request, ['origin'], ({ actor, form, sent }) => {
      form.check();
      return this.service.add(actor, slug, sent);
    });
    return onward(`/extracts/${id}`, 'The extract was held against the payments.');
  }

  @Get('extracts/:id')
  @Needs('log:read')
  async show(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query('after') after: unknown,
  ): Promise<Page> {
    const page = { limit: LIMIT, after: asked(after) ?? undefined };
    return extractPage(await this.reader.one(actor, id, page, true));
  }
}
