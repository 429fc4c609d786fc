import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { MeasurementService } from '../../targets/measurement.service.js';
import { MeasurementsReader } from '../../targets/measurements.reader.js';
import { TargetsReader } from '../../targets/targets.reader.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { plural } from '../page/format.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type MeasurementsQuery, measurementFilterOf, measurementsPage } from './measurements.page.js';
import { MOST_PUBLISHED, measurementsToPublish, publicationPage } from './publication.page.js';

/** How many are on a page. */
const LISTED = 50;

/** The measurements of a programme, and their publication. */
@Pages('programmes/:slug/measurements')
export class MeasurementsPagesController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly targets: TargetsReader,
    private readonly reader: MeasurementsReader,
    private readonly service: MeasurementService,
  ) {}

  @Get()
  @Needs('progress-report:read')
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: MeasurementsQuery,
  ): Promise<Page> {
    const filter = measurementFilterOf(query);
    const after = asked(query.after) ?? undefined;
    const { items, next } = await this.reader.list(actor, slug, filter, { limit: LISTED, after });
    return measurementsPage({
      programme: await this.programmes.one(actor, slug),
      periods: await this.programmes.periods(actor, slug),
      targetSets: await this.targets.ofProgramme(actor, slug),
      ...{ filter, measurements: items, next, mayPublish: may(actor, 'measurement:publish') },
    });
  }

  @Get('publication')
  @Needs('measurement:publish')
  async publication(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: MeasurementsQuery,
  ): Promise<Page> {
    const filter = { ...measurementFilterOf(query), state: 'validated' as const };
    const page = { limit: MOST_PUBLISHED };
    const { items, next } = await this.reader.list(actor, slug, filter, page);
    const programme = await this.programmes.one(actor, slug);
    return publicationPage({ programme, filter, measurements: items, more: next !== null });
  }

  @Post('publication')
  @Needs('measurement:publish')
  async publish(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const { published } = await this.service.publishAll(actor, measurementsToPublish(form));
    return onward(
      `/programmes/${slug}/measurements?state=published`,
      `${plural(published, 'measurement')} published.`,
    );
  }
}
