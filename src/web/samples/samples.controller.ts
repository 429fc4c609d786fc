import { Get, Param, Post, Query } from '@nestjs/common';
import type { SampleItemView, SampleWithItems } from '../../auditing/samples/sample.types.js';
import { SamplesReader } from '../../auditing/samples/samples.reader.js';
import { SamplesService } from '../../auditing/samples/samples.service.js';
import { type Actor, may } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type Step, stepPage } from '../page/step.js';
import { checkedIn, checkingStep, drawingStep, sampleIn } from './sample-form.js';
import { reproductionPage, samplePage, samplesPage, samplesTrail } from './samples.page.js';

const LISTED = 50;

/** Samples that anybody can draw again. */
@Pages()
export class SamplesPagesController {
  constructor(
    private readonly samples: SamplesReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: SamplesService,
  ) {}

  @Get('programmes/:slug/audit-samples')
  @Needs('log:read')
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('after') after?: unknown,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const found = await this.samples.list(actor, slug, { limit: LISTED, after: asked(after) ?? undefined });
    return samplesPage(programme, found, { mayDraw: may(actor, 'sample:draw') });
  }

  @Get('programmes/:slug/audit-samples/new')
  @Needs('sample:draw')
  async begin(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const path = `/programmes/${slug}/audit-samples`;
    return stepPage(await this.drawing(actor, slug), {
      ...{ action: `${path}/new`, caption: programme.name, revision: null, back: path },
      trail: samplesTrail(programme),
    });
  }

  @Post('programmes/:slug/audit-samples/new')
  @Needs('sample:draw')
  async draw(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const step = await this.drawing(actor, slug);
    const { id } = await this.service.draw(actor, slug, sampleIn(step, form));
    return onward(`/audit-samples/${id}`, step.notice);
  }

  @Get('audit-samples/:id')
  @Needs('log:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const sample = await this.samples.one(actor, id);
    const programme = await this.programmes.one(actor, sample.programme);
    return samplePage(programme, sample, { mayCheck: may(actor, 'sample:draw') });
  }

  @Get('audit-samples/:id/reproduction')
  @Needs('log:read')
  async reproduction(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const sample = await this.samples.one(actor, id);
    const programme = await this.programmes.one(actor, sample.programme);
    return reproductionPage(programme, sample, await this.samples.reproduction(actor, id));
  }

  @Get('audit-samples/:id/items/:item')
  @Needs('sample:draw')
  async look(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('item', IdPipe) itemId: string,
  ): Promise<Page> {
    const sample = await this.samples.one(actor, id);
    const item = itemOf(sample, itemId);
    const programme = await this.programmes.one(actor, sample.programme);
    return stepPage(checkingStep(item), {
      ...{ action: `/audit-samples/${id}/items/${itemId}`, caption: sample.reference },
      ...{ revision: item.revision, back: `/audit-samples/${id}`, trail: samplesTrail(programme, sample) },
    });
  }

  @Post('audit-samples/:id/items/:item')
  @Needs('sample:draw')
  async check(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('item', IdPipe) itemId: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = checkingStep(itemOf(await this.samples.one(actor, id), itemId));
    await this.service.check(actor, id, itemId, form.revision, checkedIn(step, form));
    return onward(`/audit-samples/${id}`, step.notice);
  }

  private async drawing(actor: Actor, slug: string): Promise<Step> {
    const { awardees } = await this.programmes.one(actor, slug);
    const periods = await this.programmes.periods(actor, slug);
    return drawingStep(awardees, [...new Set(periods.map(({ financialYear }) => financialYear))]);
  }
}

function itemOf({ items }: SampleWithItems, id: string): SampleItemView {
  const item = items.find((each) => each.id === id);
  if (!item) throw notFound('item of this sample');
  return item;
}
