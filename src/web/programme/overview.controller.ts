import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { overviewPage } from './overview.page.js';
import { OverviewReader } from './overview.reader.js';
import { programmesPage } from './programmes.page.js';

/** Programmes on one page of their list. */
const LIMIT = 100;

/** The programmes, and each on one screen. */
@Pages('programmes')
@Needs('programme:read')
export class OverviewPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly overviews: OverviewReader,
  ) {}

  @Get()
  async list(@By() actor: Actor, @Query('after') after?: string): Promise<Page> {
    return programmesPage(await this.programmes.list(actor, { limit: LIMIT, after: after || undefined }));
  }

  @Get(':slug')
  async show(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('after') after?: unknown,
  ): Promise<Page> {
    return overviewPage(await this.overviews.read(actor, slug, asked(after) ?? undefined));
  }
}
