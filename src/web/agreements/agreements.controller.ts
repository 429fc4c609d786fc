import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { AgreementService } from '../../funding/agreements/agreement.service.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { AwardsReader } from '../../funding/awards/awards.reader.js';
import { By, Needs } from '../../http/access.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { DRAFT_LIMITS } from './agreement-draft.js';
import { newAgreementPage } from './agreement-draft.page.js';
import { type AgreementsQuery, agreementsFilterOf, agreementsPage } from './agreements.page.js';

const ON_A_PAGE = 50;
/** As many trusts as a draft can be begun for are offered at once. */
const OFFERED = 200;

/** A programme's agreements, and how one is begun. */
@Pages('programmes/:slug/agreements')
export class AgreementListPagesController {
  constructor(
    private readonly reader: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly awards: AwardsReader,
    private readonly agreements: AgreementService,
  ) {}

  @Get()
  @Needs('money:read')
  async list(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: AgreementsQuery,
  ): Promise<Page> {
    const filter = agreementsFilterOf(query);
    const programme = await this.programmes.one(actor, slug);
    const listed = await this.reader.list(actor, slug, filter, { limit: ON_A_PAGE, after: query.after });
    return agreementsPage({ programme, listed, filter, mayPrepare: may(actor, 'agreement:prepare') });
  }

  @Get('new')
  @Needs('agreement:prepare')
  async begin(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query('trust') trust?: string,
  ): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    return newAgreementPage(programme, await this.awards.toAgree(actor, slug, OFFERED), trust ?? null);
  }

  @Post()
  @Needs('agreement:prepare')
  async draft(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const trust = form.text('trust', { label: 'Trust', max: 160 });
    const reference = form.text('reference', { label: 'Reference', max: DRAFT_LIMITS.reference });
    form.check();
    const { id } = await this.agreements.draft(actor, slug, { trust, reference });
    return onward(`/agreements/${id}/edit`, 'The draft was begun. Look through what it says.');
  }
}
