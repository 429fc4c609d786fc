import { Get, Param, Post, Query } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import { type Actor, may } from '../../core/actor.js';
import { ClaimsReader, type ShownClaim } from '../../funding/claims/claims.reader.js';
import type { PassageView } from '../../funding/gates/gate.service.js';
import { GatesReader } from '../../funding/gates/gates.reader.js';
import { PaymentService } from '../../funding/payments/payment.service.js';
import { PaymentsReader, type ShownPayment } from '../../funding/payments/payments.reader.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { moneyParts } from '../claims/claim.trail.js';
import { peopleIds } from '../claims/claim-step.page.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepFor } from '../page/step.js';
import { chainPage } from './chain.page.js';
import { PAYMENT_STEPS, type PaymentStep, paymentPage, paymentStepPage } from './payment.page.js';
import { type MoneyListQuery, paymentFilterOf, paymentListPage } from './payment-list.page.js';

const LIMIT = 50;

const permitted = (actor: Actor, name: string): PaymentStep =>
  stepFor(actor, PAYMENT_STEPS, name, () => 'payment:make');

/** Payments: what is scheduled and paid, and the whole chain of each (auditor, question 2). */
@Pages()
export class PaymentPagesController {
  constructor(
    private readonly reader: PaymentsReader,
    private readonly claims: ClaimsReader,
    private readonly gates: GatesReader,
    private readonly programmes: ProgrammesReader,
    private readonly service: PaymentService,
    private readonly clock: Clock,
  ) {}

  @Get('programmes/:slug/payments')
  @Needs('money:read')
  async list(@By() actor: Actor, @Param('slug') slug: string, @Query() query: MoneyListQuery): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const wanted = { limit: LIMIT, after: asked(query.after) ?? undefined };
    const found = await this.reader.list(actor, slug, paymentFilterOf(query), wanted);
    const around = { programme, parts: moneyParts(slug, actor), everyTrust: actor.trustId === null };
    return paymentListPage(around, found, query);
  }

  @Get('payments/:id')
  @Needs('money:read')
  async show(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const payment = await this.reader.one(actor, id);
    return paymentPage(payment, await this.claims.one(actor, payment.claim.id));
  }

  @Get('payments/:id/chain')
  @Needs('money:read')
  async chain(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    return chainPage(await this.reader.chain(actor, id), may(actor, 'log:read'));
  }

  @Get('payments/:id/steps/:step')
  @Needs('money:read')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') step: string,
  ): Promise<Page> {
    const payment = await this.reader.one(actor, id);
    const name = permitted(actor, step);
    const claim = await this.claims.one(actor, payment.claim.id);
    const passage = name === 'pay' ? await this.passage(actor, payment, claim) : null;
    return paymentStepPage(payment, name, { claim, actorId: actor.id, today: this.clock.today(), passage });
  }

  @Post('payments/:id/steps/:step')
  @Needs('money:read')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const payment = await this.reader.one(actor, id);
    const step = permitted(actor, name);
    const { notice, fields } = PAYMENT_STEPS[step](payment, this.clock.today());
    const { paidOn, bankReference, reason } = stepAnswers({ fields }, form);
    const because = { reason: String(reason) };
    if (step === 'cancel') await this.service.cancel(actor, id, form.revision, because);
    else if (step === 'reverse') await this.service.reverse(actor, id, form.revision, because);
    else
      await this.service.record(actor, id, form.revision, {
        paidOn: String(paidOn),
        bankReference: String(bankReference),
      });
    return onward(`/payments/${id}`, notice);
  }

  private passage(actor: Actor, payment: ShownPayment, claim: ShownClaim): Promise<PassageView | null> {
    if (payment.state !== 'scheduled') return Promise.resolve(null);
    const { preparerIds, certifierId, approverId, secondApproverId } = peopleIds(claim);
    const others = [certifierId, approverId, secondApproverId].filter((id) => id !== null);
    return this.gates.passage(actor, {
      trancheId: payment.tranche.id,
      claimId: claim.id,
      step: 'pay',
      proposedPence: payment.amountPence,
      deciderIds: [...preparerIds, ...others, actor.id],
    });
  }
}
