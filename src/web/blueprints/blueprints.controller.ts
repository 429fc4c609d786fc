import { Get, Param, Post, Query } from '@nestjs/common';
import { BLUEPRINT_STATES } from '../../blueprints/blueprint.rules.js';
import { BlueprintService } from '../../blueprints/blueprint.service.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import { asked } from '../page/address.js';
import { chosen } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { blueprintsPage, newBlueprintPage } from './blueprints.page.js';

/** Rows of a page of the list; more projects than a trust has. */
const LIMIT = 200;

/** The blueprints of a programme, and where one is begun. */
@Pages('programmes/:slug/blueprints')
export class BlueprintListController {
  constructor(
    private readonly blueprints: BlueprintsReader,
    private readonly programmes: ProgrammesReader,
    private readonly projects: ProjectsReader,
    private readonly service: BlueprintService,
  ) {}

  @Get()
  @Needs('programme:read')
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const filter = {
      state: chosen(query.state, BLUEPRINT_STATES),
      trust: asked(query.trust),
      project: asked(query.project),
    };
    const page = { limit: LIMIT, after: asked(query.after) ?? undefined };
    return blueprintsPage(programme, await this.blueprints.ofProgramme(actor, slug, filter, page), filter, {
      allTrusts: actor.trustId === null,
      mayBegin: may(actor, 'blueprint:prepare'),
    });
  }

  @Get('new')
  @Needs('blueprint:prepare')
  async begin(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('project') project: unknown,
  ): Promise<Page> {
    const { items } = await this.projects.ofProgramme(actor, slug, { limit: LIMIT });
    return newBlueprintPage(await this.programmes.one(actor, slug), items, asked(project));
  }

  @Post('new')
  @Needs('blueprint:prepare')
  async make(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const project = form.text('project', { label: 'Which project it is of', max: 160 });
    form.check();
    const { id } = await this.service.begin(actor, slug, project);
    return onward(`/blueprints/${id}`, 'The blueprint was begun. What the record knew is filled in.');
  }
}
