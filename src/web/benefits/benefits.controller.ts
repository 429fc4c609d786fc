import { Get, Param, Post, Query } from '@nestjs/common';
import { changeBlockers } from '../../benefits/benefit.rules.js';
import { BenefitService } from '../../benefits/benefit.service.js';
import { BenefitsReader } from '../../benefits/benefits.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { BenefitToCostReader } from '../../funding/benefit-to-cost.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { LISTED } from '../programme/programme.words.js';
import { benefitFormPage, benefitPage } from './benefit.page.js';
import { benefitIn } from './benefit-form.js';
import { type BenefitsQuery, benefitsFilterOf, benefitsPage } from './benefits.page.js';

/** What projects are to bring, and recording it. */
@Pages()
export class BenefitPagesController {
  constructor(
    private readonly benefits: BenefitsReader,
    private readonly service: BenefitService,
    private readonly worth: BenefitToCostReader,
    private readonly programmes: ProgrammesReader,
    private readonly projects: ProjectsReader,
  ) {}

  @Get('programmes/:slug/benefits')
  @Needs('programme:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query() query: BenefitsQuery): Promise<Page> {
    const filter = benefitsFilterOf(query);
    const programme = await this.programmes.one(actor, slug);
    const found = await this.benefits.list(actor, slug, filter, {
      limit: LISTED,
      after: asked(query.after) ?? undefined,
    });
    const totals = await this.benefits.totals(actor, slug, filter);
    const page = { limit: LISTED, after: asked(query.worth) ?? undefined };
    const worth = may(actor, 'money:read')
      ? await this.worth.programme(actor, slug, page, filter.trust)
      : null;
    return benefitsPage(programme, found, totals, worth, filter, actor.trustId === null);
  }

  @Get('programmes/:slug/projects/:code/benefits/new')
  @Needs('benefit:record')
  async begin(@By() actor: Actor, @Param('slug') slug: string, @Param('code') code: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return benefitFormPage(programme, await this.projects.one(actor, slug, code), null);
  }

  @Post('programmes/:slug/projects/:code/benefits/new')
  @Needs('benefit:record')
  async record(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('code') code: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const { id } = await this.service.record(actor, slug, code, benefitIn(form));
    return onward(`/benefits/${id}`, 'The benefit was recorded. The funder agrees it.');
  }

  @Get('benefits/:id')
  @Needs('programme:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const benefit = await this.benefits.one(actor, id);
    return benefitPage(await this.programmes.one(actor, benefit.programme), benefit, actor);
  }

  @Get('benefits/:id/edit')
  @Needs('benefit:record')
  async edit(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const benefit = await this.benefits.one(actor, id);
    refuseIfBlocked('This benefit cannot be changed now.', changeBlockers(benefit));
    const project = await this.projects.one(actor, benefit.programme, benefit.project.code);
    return benefitFormPage(await this.programmes.one(actor, benefit.programme), project, benefit);
  }

  @Post('benefits/:id')
  @Needs('benefit:record')
  async change(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    await this.service.change(actor, id, form.revision, benefitIn(form));
    return onward(`/benefits/${id}`, 'The benefit was saved.');
  }
}
