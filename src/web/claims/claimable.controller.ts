import { Get, Param, Post, Query } from '@nestjs/common';
import { type Actor, may } from '../../core/actor.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { ClaimService } from '../../funding/claims/claim.service.js';
import { ClaimableReader } from '../../funding/claims/claimable.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { claimablePage } from './claimable.page.js';
import { newClaimIn, newClaimPage } from './new-claim.page.js';

/** Project lead, question 4: how much can I claim now? And the claim that is begun from there. */
@Pages()
export class ClaimablePagesController {
  constructor(
    private readonly claimable: ClaimableReader,
    private readonly programmes: ProgrammesReader,
    private readonly agreements: AgreementsReader,
    private readonly claims: ClaimService,
  ) {}

  @Get('programmes/:slug/trusts/:ods/claimable')
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('slug') slug: string, @Param('ods') ods: string): Promise<Page> {
    const view = await this.claimable.of(actor, slug, ods);
    return claimablePage(view, await this.programmes.one(actor, slug), may(actor, 'claim:prepare'));
  }

  @Get('agreements/:id/claims/new')
  @Needs('claim:prepare')
  async begin(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query('tranche') tranche: unknown,
  ): Promise<Page> {
    return newClaimPage(await this.agreements.one(actor, id), tranche);
  }

  @Post('agreements/:id/claims/new')
  @Needs('claim:prepare')
  async create(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const wanted = newClaimIn(form, await this.agreements.one(actor, id));
    const { id: claim, reference } = await this.claims.create(actor, id, wanted);
    return onward(`/claims/${claim}`, `${reference} is begun. Say what it claims, and prove it.`);
  }
}
