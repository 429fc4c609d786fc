import { Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { ProgrammeProgressView } from '../../progress-reports/programme-progress.types.js';
import { ProgressReader } from '../../progress-reports/progress.reader.js';
import { TowardTargetReader } from '../../progress-reports/toward-target.reader.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { asked } from '../page/address.js';
import { MOST_CHOICES } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { LISTED } from '../programme/programme.words.js';
import { targetSetPage, versionAsked } from './target-set.page.js';
import { targetsPage } from './targets.page.js';

/** Programme manager, question 8: is each trust on trajectory to each paperless target? */
@Pages('programmes/:slug/targets')
export class TargetsPagesController {
  constructor(
    private readonly progress: ProgressReader,
    private readonly toward: TowardTargetReader,
    private readonly targets: TargetsReader,
    private readonly programmes: ProgrammesReader,
  ) {}

  @Get()
  @Needs('programme:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query('after') after: unknown): Promise<Page> {
    const { json } = await this.progress.programme(actor, slug, null, { limit: 1 });
    return targetsPage({
      progress: JSON.parse(json) as ProgrammeProgressView,
      targetSets: await this.targets.ofProgramme(actor, slug),
      trusts: await this.toward.trusts(actor, slug, pageAsked(after)),
      ownTrustOnly: actor.trustId !== null,
    });
  }

  @Get(':code')
  @Needs('programme:read')
  async show(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('code') code: string,
    @Query() query: { version?: string; trust?: string; after?: string },
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const sets = await this.targets.ofProgramme(actor, slug);
    const found = versionAsked(sets, code, query.version);
    const trust = asked(query.trust);
    const page = pageAsked(query.after);
    const histories = await this.toward.histories(actor, slug, found.set.id, trust, page);
    const { items: choices } = await this.programmes.awardees(actor, slug, { limit: MOST_CHOICES + 1 });
    return targetSetPage({ programme, ...found, histories, choices, trust });
  }
}

const pageAsked = (after: unknown) => ({ limit: LISTED, after: asked(after) ?? undefined });
