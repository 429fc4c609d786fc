import { Get, Param, Post, Query } from '@nestjs/common';
import { ADOPTION_STATES, type AdoptionMode } from '../../blueprints/adoption.rules.js';
import { AdoptionService } from '../../blueprints/adoption.service.js';
import { AdoptionFiguresService } from '../../blueprints/adoption-figures.service.js';
import { AdoptionsReader } from '../../blueprints/adoptions.reader.js';
import { BlueprintsReader } from '../../blueprints/blueprints.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import { chosen } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Answers, stepAnswers, stepFor, stepPage } from '../page/step.js';
import { LISTED } from '../programme/programme.words.js';
import { adoptionFacts, adoptionPage, followersTrail } from './adoption.page.js';
import {
  ADOPTION_PAGES,
  ADOPTION_PERMISSION,
  type AdoptionPageStep,
  newAdoptionStep,
} from './adoption-steps.js';
import { blueprintTrail } from './blueprint.words.js';
import { followersPage } from './followers.page.js';

/** Who takes up which blueprint, and with what outcome (programme manager 10). */
@Pages()
export class AdoptionPagesController {
  constructor(
    private readonly reader: AdoptionsReader,
    private readonly blueprints: BlueprintsReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: AdoptionService,
    private readonly figures: AdoptionFiguresService,
  ) {}

  @Get('programmes/:slug/followers')
  @Needs('programme:read')
  async followers(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: { state?: unknown; organisation?: unknown; after?: unknown; pairs?: unknown },
  ): Promise<Page> {
    const page = (cursor: unknown) => ({ limit: LISTED, after: asked(cursor) ?? undefined });
    const filter = { state: chosen(query.state, ADOPTION_STATES), organisation: asked(query.organisation) };
    return followersPage({
      programme: await this.programmes.one(actor, slug),
      pairings: await this.reader.pairings(actor, slug, page(query.pairs)),
      adoptions: await this.reader.ofProgramme(actor, slug, filter, page(query.after)),
      filter,
    });
  }

  @Get('blueprints/:id/adoptions/new')
  @Needs('blueprint:use')
  async begin(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const shown = await this.blueprints.one(actor, id);
    return stepPage(newAdoptionStep(actor.trustId !== null), {
      action: `/blueprints/${id}/adoptions/new`,
      caption: `${shown.reference}: ${shown.title}`,
      revision: null,
      trail: blueprintTrail(shown),
      back: `/blueprints/${id}`,
    });
  }

  @Post('blueprints/:id/adoptions/new')
  @Needs('blueprint:use')
  async record(
    @By() actor: Actor,
    @Param('id', IdPipe) blueprint: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = newAdoptionStep(actor.trustId !== null);
    const { organisation, mode, localChanges } = stepAnswers(step, form);
    const { id } = await this.service.begin(actor, blueprint, {
      organisation: organisation ? String(organisation).toUpperCase() : null,
      mode: mode as AdoptionMode,
      localChanges: String(localChanges ?? ''),
    });
    return onward(`/adoptions/${id}`, step.notice);
  }

  @Get('adoptions/:id')
  @Needs('programme:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return adoptionPage(await this.reader.adoption(actor, id));
  }

  @Get('adoptions/:id/steps/:step')
  @Needs('programme:read')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    const step = ADOPTION_PAGES[permitted(actor, name)];
    const adoption = await this.reader.adoption(actor, id);
    return stepPage(step(adoption), {
      action: `/adoptions/${id}/steps/${name}`,
      caption: adoption.reference,
      revision: adoption.revision,
      trail: followersTrail(adoption.programme, { text: adoption.reference, href: `/adoptions/${id}` }),
      facts: adoptionFacts(adoption),
      back: `/adoptions/${id}`,
    });
  }

  @Post('adoptions/:id/steps/:step')
  @Needs('programme:read')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const named = permitted(actor, name);
    const step = ADOPTION_PAGES[named](await this.reader.adoption(actor, id));
    await this.carryOut(named, actor, { id, revision: form.revision }, stepAnswers(step, form));
    return onward(`/adoptions/${id}`, step.notice);
  }

  private carryOut(
    step: AdoptionPageStep,
    actor: Actor,
    { id, revision }: { id: string; revision: number | null },
    answers: Answers,
  ): Promise<unknown> {
    const said = (field: string) => String(answers[field] ?? '');
    switch (step) {
      case 'beginning':
        return this.service.start(actor, id, revision, said('startedOn'));
      case 'go-live':
        return this.service.goLive(actor, id, revision, said('liveOn'));
      case 'validation':
        return this.figures.validate(actor, id, revision, { note: said('note') || null });
      case 'rejection':
        return this.figures.reject(actor, id, revision, { reason: said('reason') });
      case 'abandonment':
        return this.service.abandon(actor, id, revision, { on: said('abandonedOn'), reason: said('reason') });
      case 'details':
        return this.service.write(actor, id, revision, {
          mode: said('mode') as AdoptionMode,
          localChanges: said('localChanges'),
          costPence: answers.costPence as number | null,
          costBasis: answers.costBasis as string | null,
        });
    }
  }
}

/** The step of this name, for somebody whose role may take it. @throws Problem 403, 404 */
const permitted = (actor: Actor, name: string): AdoptionPageStep =>
  stepFor(actor, ADOPTION_PERMISSION, name, (step) => ADOPTION_PERMISSION[step]);
