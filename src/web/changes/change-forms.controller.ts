import { Get, Param, Post } from '@nestjs/common';
import { CHANGE_KINDS, type ChangeKind } from '../../change-requests/change-content.js';
import { agreementBlockers } from '../../change-requests/change-content.rules.js';
import { ChangeOutlookReader } from '../../change-requests/change-outlook.reader.js';
import { CHANGE_REQUEST } from '../../change-requests/change-request.rules.js';
import { ChangeRequestService } from '../../change-requests/change-request.service.js';
import { ChangeRequestsReader } from '../../change-requests/change-requests.reader.js';
import type { Actor } from '../../core/actor.js';
import { notFound, refuseIfBlocked } from '../../core/problems.js';
import { AgreementsReader } from '../../funding/agreements/agreements.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { chosen } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { KINDS } from './change.words.js';
import { askedIn, NOTHING_ASKED } from './change-form.js';
import { changeFormPage, type FormOf, kindPage } from './change-form.page.js';

/** Writing a change request. */
@Pages()
@Needs('change-request:prepare')
export class ChangeFormsController {
  constructor(
    private readonly changes: ChangeRequestsReader,
    private readonly outlooks: ChangeOutlookReader,
    private readonly programmes: ProgrammesReader,
    private readonly agreements: AgreementsReader,
    private readonly service: ChangeRequestService,
  ) {}

  @Get('agreements/:id/changes/new')
  async choose(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return kindPage(await this.formOf(actor, id));
  }

  @Get('agreements/:id/changes/new/:kind')
  async begin(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('kind') named: string,
  ): Promise<Page> {
    const kind = kindNamed(named);
    const about = await this.formOf(actor, id);
    const facts = await this.outlooks.facts(actor, id);
    const asked = { kind, title: '', justification: '', content: NOTHING_ASKED };
    const root = `/agreements/${id}/changes/new`;
    const at = { title: KINDS[kind].title, action: `${root}/${kind}`, revision: null, back: root };
    return changeFormPage(about, facts, asked, at);
  }

  @Post('agreements/:id/changes/new/:kind')
  async open(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('kind') named: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const kind = kindNamed(named);
    const asked = askedIn(form, kind, await this.outlooks.facts(actor, id));
    const { id: change } = await this.service.open(actor, id, { kind, ...asked });
    return onward(
      `/changes/${change}`,
      'The draft was saved. Nobody is asked for anything until you submit it.',
    );
  }

  @Get('changes/:id/edit')
  async edit(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const change = await this.changes.one(actor, id);
    refuseIfBlocked(
      'This change request cannot be edited now.',
      CHANGE_REQUEST.blockers('save', change.state),
    );
    const { now } = await this.outlooks.outlook(actor, id);
    const programme = await this.programmes.one(actor, change.programme);
    const facts = await this.outlooks.facts(actor, change.agreement.id);
    const about = { programme, agreement: { ...change.agreement, trust: change.trust } };
    const back = `/changes/${id}`;
    const at = { title: `Edit: ${change.title}`, action: `${back}/edit`, revision: change.revision, back };
    return changeFormPage(about, facts, change, { ...at, change, blockers: now?.blockers ?? [] });
  }

  @Post('changes/:id/edit')
  async save(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { kind, agreement } = await this.changes.one(actor, id);
    const asked = askedIn(form, kind, await this.outlooks.facts(actor, agreement.id));
    await this.service.save(actor, id, form.revision, asked);
    return onward(`/changes/${id}`, 'The draft was saved.');
  }

  private async formOf(actor: Actor, agreementId: string): Promise<FormOf> {
    const agreement = await this.agreements.one(actor, agreementId);
    refuseIfBlocked('No change of this agreement can be asked for.', agreementBlockers(agreement.state));
    return { agreement, programme: await this.programmes.one(actor, agreement.programme) };
  }
}

/** @throws Problem 404 where there is no such kind */
function kindNamed(named: string): ChangeKind {
  const kind = chosen(named, CHANGE_KINDS);
  if (!kind) throw notFound('kind of change');
  return kind;
}
