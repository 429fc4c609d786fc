import { Get, Param, Post } from '@nestjs/common';
import { YearEndReader } from '../../change-requests/year-end.reader.js';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { financialYearsFrom } from '../../core/financial-period.js';
import { refuseIfBlocked } from '../../core/problems.js';
import { YearEndService } from '../../funding/year-end/year-end.service.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepPage } from '../page/step.js';
import {
  closableYears,
  closingFacts,
  closingStep,
  closingsPage,
  nothingToClose,
  yearEndTrail,
} from './year-end.page.js';

/** Closing financial years, and the years that are closed. */
@Pages('programmes/:slug')
export class YearEndPagesController {
  constructor(
    private readonly yearEnds: YearEndReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: YearEndService,
    private readonly clock: Clock,
  ) {}

  @Get('year-ends')
  @Needs('money:read')
  async list(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const closings = await this.yearEnds.list(actor, slug);
    const mine = may(actor, 'year-end:close');
    return closingsPage(programme, closings, {
      closable: mine ? closableYears(programme, closings, this.clock.today()) : [],
    });
  }

  @Get('year-end/close')
  @Needs('year-end:close')
  async closing(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const closings = await this.yearEnds.list(actor, slug);
    const years = closableYears(programme, closings, this.clock.today());
    if (years.length === 0)
      refuseIfBlocked('No financial year can be closed now.', nothingToClose(programme, closings));
    const positions = await Promise.all(
      years.map((year) => this.yearEnds.position(actor, slug, year, { limit: 1 })),
    );
    return stepPage(closingStep(years), {
      action: `/programmes/${slug}/year-end/close`,
      caption: programme.name,
      revision: null,
      trail: yearEndTrail(programme),
      facts: closingFacts(positions),
      back: `/programmes/${slug}/year-end`,
    });
  }

  @Post('year-end/close')
  @Needs('year-end:close')
  async close(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    // Any year of the programme: the service says why one cannot be closed, and answers one that was sent twice.
    const { startsOn, endsOn } = await this.programmes.one(actor, slug);
    const step = closingStep(financialYearsFrom(startsOn, endsOn));
    const { financialYear, reason } = stepAnswers(step, form);
    await this.service.close(actor, slug, { financialYear: String(financialYear), reason: String(reason) });
    return onward(`/programmes/${slug}/year-ends`, step.notice);
  }
}
