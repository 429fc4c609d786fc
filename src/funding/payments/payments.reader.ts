import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import { cursorValues, isId, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { type PaymentFilter, type PaymentView, payment, payments } from './payment.queries.js';
import { PAYMENT, type PaymentState, type PaymentVerb } from './payment.rules.js';
import { paymentTotals } from './payment-audit.queries.js';
import { type PaymentChain, paymentChain } from './payment-chain.queries.js';

/** A payment with what may happen to it next. */
export type ShownPayment = PaymentView & { next: PaymentVerb[] };

/** Payments as they are shown. Each reading throws Problem 404 where there is none. */
@Injectable()
export class PaymentsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
    private readonly clock: Clock,
  ) {}

  /** A page of a programme's payments, the latest first. @throws Problem 400 where the cursor is not one */
  async list(
    actor: Actor,
    slug: string,
    filter: PaymentFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<PaymentView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      payments(sql, id, filter, limit + 1, from),
    );
    return pageOf(rows, limit, ({ paidOn, scheduledFor, id }) => [paidOn ?? scheduledFor, id]);
  }

  async one(actor: Actor, id: string): Promise<ShownPayment> {
    const found = await this.scope.run(actor, (sql) => payment(sql, id));
    if (!found) throw notFound('payment');
    return this.shown(found);
  }

  /** A payment with all that it rests on, from the award to the bank. */
  async chain(actor: Actor, id: string): Promise<PaymentChain> {
    const found = await this.scope.run(actor, (sql) => paymentChain(sql, id, this.clock.today()));
    if (!found) throw notFound('payment');
    return found;
  }

  /** How many payments are in each state, and what they come to. */
  totals(
    actor: Actor,
    slug: string,
  ): Promise<Array<{ state: PaymentState; count: number; amountPence: number }>> {
    return this.programmes.within(actor, slug, paymentTotals);
  }

  /** A payment with what may happen to it next. */
  shown(view: PaymentView): ShownPayment {
    return { ...view, next: PAYMENT.open(view.state) };
  }
}
