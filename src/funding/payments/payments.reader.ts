import { Injectable } from '@nestjs/common';
import { Clock } from '../../config/clock.js';
import type { Actor } from '../../core/actor.js';
import { isDateOn } from '../../core/calendar.js';
import {
  cursorOf,
  cursorValues,
  idIn,
  isId,
  type Page,
  type PageRequest,
  pageOf,
} from '../../core/paging.js';
import { notFound } from '../../core/problems.js';
import { ReadScope } from '../../database/read-scope.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { WaivedBlocker } from '../gates/gate-waiver.rules.js';
import { type PaymentFilter, type PaymentView, payment, payments } from './payment.queries.js';
import { PAYMENT, type PaymentState, type PaymentVerb } from './payment.rules.js';
import {
  type AuditedDecision,
  type AuditedPayment,
  gateFactsOf,
  lookedAt,
  paidClaims,
  paymentsWithDecisions,
  paymentTotals,
} from './payment-audit.queries.js';
import { type PaymentChain, paymentChain } from './payment-chain.queries.js';
import {
  breachesIn,
  DUTIES,
  type Duty,
  type DutyBreach,
  type DutyOverride,
  type DutyPerson,
  overridesIn,
} from './payment-duties.rules.js';
import {
  beforeDecision,
  decisionsOf,
  type PaymentException,
  withoutDecision,
} from './payment-exceptions.rules.js';

/** A payment with what may happen to it next. */
export type ShownPayment = PaymentView & { next: PaymentVerb[] };

/** A payment that a waiver let through: at which decision, by which waivers, past what. */
export interface WaivedPayment {
  payment: AuditedPayment;
  decision: Pick<AuditedDecision, 'id' | 'step' | 'decidedBy' | 'decidedAt'>;
  waivers: Array<WaivedBlocker['waiver']>;
  waived: Array<Pick<WaivedBlocker, 'code' | 'message'>>;
}

/** A payment with what is wrong with it. */
export interface WrongPayment {
  payment: AuditedPayment;
  reasons: PaymentException[];
}

/** What an auditor asks about all payments of a programme. */
export interface PaymentExceptions {
  lookedAt: { payments: number; decisions: number };
  openedByWaiver: WaivedPayment[];
  beforeDecision: WrongPayment[];
  withoutDecision: WrongPayment[];
  advances: AuditedPayment[];
}

/** Who did what for a claim to be paid, in the order of the duties. */
export interface DoneForPayment {
  payment: AuditedPayment;
  duties: Array<{ duty: Duty; people: readonly DutyPerson[] }>;
}

/** A page of paid claims with who did what; breaches and overrides are of the whole programme. */
export type SeparationOfDuties = Page<DoneForPayment> & {
  lookedAt: { claims: number; paidClaims: number };
  breaches: Array<{ payment: AuditedPayment } & DutyBreach>;
  overrides: Array<{ payment: AuditedPayment } & DutyOverride>;
};

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

  /** Payments that an auditor asks about (domain.md section 11, auditor 3), all of a programme at once. */
  async exceptions(actor: Actor, slug: string): Promise<PaymentExceptions> {
    return this.programmes.within(actor, slug, async (sql, id) => {
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
  async duties(actor: Actor, slug: string, { limit, after }: PageRequest): Promise<SeparationOfDuties> {
    const from = idIn(after);
    return this.programmes.within(actor, slug, async (sql, id) => {
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
}

function waivedEntry(
  payment: AuditedPayment,
  { id, step, decidedBy, decidedAt, waived }: AuditedDecision,
): WaivedPayment {
  const waivers = waived.map(({ waiver }) => waiver);
  return {
    payment,
    decision: { id, step, decidedBy, decidedAt },
    waivers: waivers.filter((waiver, index) => waivers.findIndex((each) => each.id === waiver.id) === index),
    waived: waived.map(({ code, message }) => ({ code, message })),
  };
}
