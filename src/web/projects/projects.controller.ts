import { Get, Param, Query } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import { asked, nextAddress } from '../page/address.js';
import type { Page } from '../page/page.js';
import { Pages } from '../page/pages.js';
import { projectPage } from './project.page.js';
import { projectsPage } from './projects.page.js';

/** More projects of a programme, and more milestones of a project, than a page shows. */
const ALL = 200;

/** The projects of a programme. */
@Pages('programmes/:slug/projects')
export class ProjectPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly projects: ProjectsReader,
    private readonly milestones: MilestonesReader,
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
    const { items, next } = await this.projects.ofProgramme(actor, slug, { limit: ALL, after });
    return projectsPage({
      programme,
      projects: items,
      trust: asked(query.trust),
      next: nextAddress(`/programmes/${slug}/projects`, {}, next),
    });
  }

  @Get(':code')
  @Needs('programme:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Param('code') code: string): Promise<Page> {
    const project = await this.projects.one(actor, slug, code);
    const filter = { state: null, trust: null, project: code, forecastTo: null };
    const { items } = await this.milestones.list(actor, slug, filter, 'baselineOn', { limit: ALL });
    const programme = await this.programmes.one(actor, slug);
    return projectPage({ programme, project, milestones: items, today: this.clock.today() });
  }
}
