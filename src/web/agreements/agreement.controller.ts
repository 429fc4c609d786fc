import { Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { AgreementService } from '../../funding/agreements/agreement.service.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { LedgerReader } from '../../funding/ledger.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { MilestonesReader } from '../../milestones/milestones.reader.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { agreementPage } from './agreement.page.js';
import { typedDraft } from './agreement-draft.js';
import { agreementDraftPage } from './agreement-draft.page.js';
import { agreementJournalsPage, JOURNALS_ON_A_PAGE } from './agreement-journals.page.js';
import { agreementVersionsPage } from './agreement-versions.page.js';

/** As many milestones as a trust's can be. */
const ALL = 200;

/** One agreement: what it says, its versions, its ledger, and its draft. */
@Pages('agreements/:id')
export class AgreementPagesController {
  constructor(
    private readonly reader: AgreementsReader,
    private readonly programmes: ProgrammesReader,
    private readonly ledger: LedgerReader,
    private readonly milestones: MilestonesReader,
    private readonly agreements: AgreementService,
  ) {}

  @Get()
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const agreement = await this.reader.one(actor, id);
    return agreementPage(await this.programmes.one(actor, agreement.programme), agreement, actor);
  }

  @Get('versions')
  @Needs('money:read')
  async versions(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const agreement = await this.reader.one(actor, id);
    const programme = await this.programmes.one(actor, agreement.programme);
    return agreementVersionsPage(programme, agreement, await this.reader.versions(actor, id));
  }

  @Get('journals')
  @Needs('money:read')
  async journals(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query('after') after?: string,
  ): Promise<Page> {
    const agreement = await this.reader.one(actor, id);
    const programme = await this.programmes.one(actor, agreement.programme);
    const journals = await this.ledger.journals(actor, id, { limit: JOURNALS_ON_A_PAGE, after });
    return agreementJournalsPage(programme, agreement, journals);
  }

  @Get('edit')
  @Needs('agreement:prepare')
  async edit(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const agreement = await this.reader.one(actor, id);
    const programme = await this.programmes.one(actor, agreement.programme);
    const ofTrust = { state: null, trust: agreement.trust.odsCode, forecastTo: null };
    const { items } = await this.milestones.list(actor, programme.slug, ofTrust, 'baselineOn', {
      limit: ALL,
    });
    return agreementDraftPage(programme, agreement, items);
  }

  @Post()
  @Needs('agreement:prepare')
  async save(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { programme } = await this.reader.one(actor, id);
    const { terms } = await this.programmes.one(actor, programme);
    const draft = typedDraft(form, (terms.eligibility.categories ?? []).length > 0);
    await this.agreements.save(actor, id, form.revision, draft);
    return onward(`/agreements/${id}`, 'The draft was saved.');
  }
}
