import { Get, Param, Query } from '@nestjs/common';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import { asked, nextAddress } from '../page/address.js';
import { MOST_CHOICES } from '../page/filter.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { LISTED } from '../programme/programme.words.js';
import { projectPage } from './project.page.js';
import { projectsPage } from './projects.page.js';

/** More milestones than a project has. */
const ALL = 200;

/** The projects of a programme. */
@Pages('programmes/:slug/projects')
export class ProjectPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly projects: ProjectsReader,
    private readonly milestones: MilestonesReader,
    private readonly benefits: BenefitsReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('programme:read')
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: { trust?: string; after?: string },
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const after = asked(query.after) ?? undefined;
    const trust = asked(query.trust);
    const { items, next } = await this.projects.ofProgramme(actor, slug, { limit: LISTED, after }, trust);
    const { items: trusts } = await this.programmes.awardees(actor, slug, { limit: MOST_CHOICES + 1 });
    return projectsPage({
      ...{ programme, projects: items, trusts, trust },
      next: nextAddress(`/programmes/${slug}/projects`, { trust }, next),
    });
  }

  @Get(':code')
  @Needs('programme:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Param('code') code: string): Promise<Page> {
    const project = await this.projects.one(actor, slug, code);
    const filter = { state: null, trust: null, project: code, forecastTo: null };
    const { items } = await this.milestones.list(actor, slug, filter, 'baselineOn', { limit: ALL });
    const programme = await this.programmes.one(actor, slug);
    const { items: benefits } = await this.benefits.list(
      actor,
      slug,
      { trust: null, project: code, type: null, state: null },
      { limit: ALL },
    );
    const mayRecordBenefit = may(actor, 'benefit:record');
    const today = this.clock.today();
    return projectPage({ programme, project, milestones: items, today, benefits, mayRecordBenefit });
  }
}
