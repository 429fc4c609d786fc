import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { TurnaroundReader } from '../../turnaround/turnaround.reader.js';
import { asked } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { LISTED } from '../programme/programme.words.js';
import { rangeOf, stagePage, turnaroundPage } from './turnaround.page.js';

/** Where time goes, in every stage and in one. */
@Pages('programmes/:slug/turnaround')
export class TurnaroundPagesController {
  constructor(
    private readonly turnaround: TurnaroundReader,
    private readonly programmes: ProgrammesReader,
  ) {}

  @Get()
  @Needs('programme:read')
  async all(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return turnaroundPage(programme, await this.turnaround.programme(actor, slug, rangeOf(query)));
  }

  @Get(':stage')
  @Needs('programme:read')
  async one(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('stage') stage: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const page = { limit: LISTED, after: asked(query.after) ?? undefined };
    return stagePage(programme, await this.turnaround.stage(actor, slug, stage, rangeOf(query), page));
  }
}
