import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import type { Sql } from '../../database/sql.js';
import {
  type PaymentFilter,
  type PaymentView,
  payment,
  payments,
} from '../../funding/payments/payment.queries.js';
import { PAYMENT } from '../../funding/payments/payment.rules.js';
import {
  type AuditedDecision,
  type AuditedPayment,
  gateFactsOf,
  lookedAt,
  paidClaims,
  paymentsWithDecisions,
} from '../../funding/payments/payment-audit.queries.js';
import { type PaymentChain, paymentChain } from '../../funding/payments/payment-chain.queries.js';
import { breachesIn, DUTIES, overridesIn } from '../../funding/payments/payment-duties.rules.js';
import {
  beforeDecision,
  decisionsOf,
  withoutDecision,
} from '../../funding/payments/payment-exceptions.rules.js';
import { programmeId } from '../../programmes/programme.queries.js';
import { cursorOf, cursorValues, isId, type Page, type PageQuery, pageOf } from '../paging.js';

/** Payments as the API shows them. Each reading throws Problem 404 where there is none. */
@Injectable()
export class PaymentsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly clock: Clock,
  ) {}

  async list(
    actor: Actor,
    slug: string,
    filter: PaymentFilter,
    { limit, after }: PageQuery,
  ): Promise<Page<PaymentView>> {
    const from = cursorValues(after, [isDateOn, isId]);
    const rows = await this.ofProgramme(actor, slug, (sql, id) => payments(sql, id, filter, limit + 1, from));
    return pageOf(rows, limit, ({ paidOn, scheduledFor, id }) => [paidOn ?? scheduledFor, id]);
  }

  async one(actor: Actor, id: string): Promise<object> {
    const found = await this.scope.run(actor, (sql) => payment(sql, id));
    if (!found) throw notFound('payment');
    return this.shown(found);
  }

  async chain(actor: Actor, id: string): Promise<PaymentChain> {
    const found = await this.scope.run(actor, (sql) => paymentChain(sql, id, this.clock.today()));
    if (!found) throw notFound('payment');
    return found;
  }

  /** A payment with what may happen to it next. */
  shown(view: PaymentView): object {
    return { ...view, next: PAYMENT.open(view.state) };
  }

  /** Payments that an auditor asks about (domain.md section 11, auditor 3), all of a programme at once. */
  async exceptions(actor: Actor, slug: string): Promise<object> {
    return this.ofProgramme(actor, slug, async (sql, id) => {
      const rows = await paymentsWithDecisions(sql, id);
      const { payments, decisions } = await lookedAt(sql, id);
      const facts = rows.map((row) => ({ payment: row.payment, facts: gateFactsOf(row) }));
      const wrong = (look: typeof withoutDecision) =>
        facts
          .map(({ payment, facts }) => ({ payment, reasons: look(facts) }))
          .filter(({ reasons }) => reasons.length > 0);
      return {
        lookedAt: { payments, decisions },
        openedByWaiver: rows.flatMap(({ payment, decisions }) =>
          decisionsOf(decisions)
            .filter(({ openedBy }) => openedBy === 'waiver')
            .map((decision) => waivedEntry(payment, decision)),
        ),
        beforeDecision: wrong(beforeDecision),
        withoutDecision: wrong(withoutDecision),
        advances: rows.map(({ payment }) => payment).filter(({ claim }) => claim.kind === 'advance'),
      };
    });
  }

  /**
   * Who did what in every paid claim (domain.md section 11, auditor 4). Breaches and overrides are of the whole
   * programme; the claims come in pages.
   */
  async duties(actor: Actor, slug: string, { limit, after }: PageQuery): Promise<Page<object> & object> {
    const [from] = (cursorValues(after, [isId]) ?? [null]) as [string | null];
    return this.ofProgramme(actor, slug, async (sql, id) => {
      const rows = await paidClaims(sql, id);
      const facts = rows.map(({ payment, waived, ...row }) => ({
        payment,
        duties: { ...row, waivers: waived.map(({ waiver }) => waiver) },
      }));
      const rest = facts.filter(({ payment }) => from === null || payment.id > from);
      const shown = rest.slice(0, limit);
      const last = shown.at(-1);
      return {
        lookedAt: { claims: (await lookedAt(sql, id)).claims, paidClaims: rows.length },
        breaches: facts.flatMap(({ payment, duties }) =>
          breachesIn(duties).map((breach) => ({ payment, ...breach })),
        ),
        overrides: facts.flatMap(({ payment, duties }) =>
          overridesIn(duties).map((override) => ({ payment, ...override })),
        ),
        items: shown.map(({ payment, duties }) => ({
          payment,
          duties: DUTIES.map((duty) => ({ duty, people: duties.people[duty] })),
        })),
        next: rest.length > limit && last ? cursorOf([last.payment.id]) : null,
      };
    });
  }

  private ofProgramme<T>(
    actor: Actor,
    slug: string,
    read: (sql: Sql, programmeId: string) => Promise<T>,
  ): Promise<T> {
    return this.scope.run(actor, async (sql) => {
      const id = await programmeId(sql, slug);
      if (!id) throw notFound('programme');
      return read(sql, id);
    });
  }
}

function waivedEntry(
  payment: AuditedPayment,
  { id, step, decidedBy, decidedAt, waived }: AuditedDecision,
): object {
  const waivers = waived.map(({ waiver }) => waiver);
  return {
    payment,
    decision: { id, step, decidedBy, decidedAt },
    waivers: waivers.filter((waiver, index) => waivers.findIndex((each) => each.id === waiver.id) === index),
    waived: waived.map(({ code, message }) => ({ code, message })),
  };
}
