import { Get, Param, Post, Query } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { RecoveriesReader } from '../../funding/payments/recoveries.reader.js';
import type { RecoveryVerb } from '../../funding/payments/recovery.rules.js';
import { RecoveryService } from '../../funding/payments/recovery.service.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { moneyParts } from '../claims/claim.trail.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepFor } from '../page/step.js';
import { type MoneyListQuery, recoveryFilterOf, recoveryListPage } from './payment-list.page.js';
import { RECOVERY_PERMISSIONS, RECOVERY_STEPS, recoveryPage, recoveryStepPage } from './recovery.page.js';

const LIMIT = 50;

const permitted = (actor: Actor, name: string): RecoveryVerb =>
  stepFor(actor, RECOVERY_STEPS, name, (step) => RECOVERY_PERMISSIONS[step]);

/** Recoveries: money that was paid and is asked back. One is raised from the page of its claim. */
@Pages()
export class RecoveryPagesController {
  constructor(
    private readonly reader: RecoveriesReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: RecoveryService,
    private readonly clock: Clock,
  ) {}

  @Get('programmes/:slug/recoveries')
  @Needs('money:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query() query: MoneyListQuery): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const wanted = { limit: LIMIT, after: asked(query.after) ?? undefined };
    const found = await this.reader.list(actor, slug, recoveryFilterOf(query), wanted);
    const around = { programme, parts: moneyParts(slug, actor), everyTrust: actor.trustId === null };
    return recoveryListPage(around, found, query);
  }

  @Get('recoveries/:id')
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return recoveryPage(await this.reader.one(actor, id), actor);
  }

  @Get('recoveries/:id/steps/:step')
  @Needs('money:read')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') step: string,
  ): Promise<Page> {
    const recovery = await this.reader.one(actor, id);
    return recoveryStepPage(recovery, permitted(actor, step), { actor, today: this.clock.today() });
  }

  @Post('recoveries/:id/steps/:step')
  @Needs('money:read')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const recovery = await this.reader.one(actor, id);
    const step = permitted(actor, name);
    const { notice, fields } = RECOVERY_STEPS[step](recovery, this.clock.today());
    const answers = stepAnswers({ fields }, form);
    const said = (field: string) => String(answers[field]);
    const { revision } = form;
    if (step === 'agree') await this.service.agree(actor, id, revision);
    else if (step === 'withdraw')
      await this.service.withdraw(actor, id, revision, { reason: said('reason') });
    else if (step === 'write-off')
      await this.service.writeOff(actor, id, revision, {
        authority: said('authority'),
        reason: said('reason'),
      });
    else
      await this.service.receive(actor, id, revision, {
        receivedOn: said('receivedOn'),
        reference: said('reference'),
      });
    return onward(`/recoveries/${id}`, notice);
  }
}
