import { Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { ContributionService } from '../../funding/match/contribution.service.js';
import { ContributionsReader } from '../../funding/match/contributions.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { type ContributionsQuery, contributionsFilterOf, contributionsPage } from './contributions.page.js';
import { typedPledge } from './pledge.js';
import { pledgePage } from './pledge.page.js';

const ON_A_PAGE = 50;

/** What was put in as match under an agreement, and pledging it. */
@Pages('agreements/:id/contributions')
export class ContributionListPagesController {
  constructor(
    private readonly agreements: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly reader: ContributionsReader,
    private readonly service: ContributionService,
  ) {}

  @Get()
  @Needs('money:read')
  async list(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: ContributionsQuery,
  ): Promise<Page> {
    const filter = contributionsFilterOf(query);
    const agreement = await this.agreements.one(actor, id);
    const programme = await this.programmes.one(actor, agreement.programme);
    const wanted = { limit: ON_A_PAGE, after: query.after };
    const listed = await this.reader.ofAgreement(actor, id, filter, wanted);
    return contributionsPage(programme, agreement, listed, filter, actor);
  }

  @Get('new')
  @Needs('match:record')
  async begin(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const agreement = await this.agreements.one(actor, id);
    return pledgePage(await this.programmes.one(actor, agreement.programme), agreement, null);
  }

  @Post()
  @Needs('match:record')
  async record(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { current } = await this.agreements.one(actor, id);
    const pledged = await this.service.record(actor, id, typedPledge(form, current.terms));
    return onward(
      `/contributions/${pledged.id}`,
      `${pledged.reference} was pledged. Add its evidence when it arises.`,
    );
  }
}
