import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { type CountedPage, idIn, type Page, type PageRequest, pageOf } from '../../core/paging.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import type { WaivedBlocker } from '../gates/gate-waiver.rules.js';
import {
  type AuditedDecision,
  type AuditedPayment,
  gateFactsOf,
  paidClaims,
  paymentsWithDecisions,
} from './payment-audit.queries.js';
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
import {
  type ExceptionKind,
  exceptionalPayments,
  type FoundPayments,
  paidPayments,
} from './payment-findings.queries.js';

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

/** What an auditor asks about all payments of a programme: a page of each kind, with how many payments it has in all. */
export interface PaymentExceptions {
  lookedAt: { payments: number; decisions: number };
  openedByWaiver: CountedPage<WaivedPayment>;
  beforeDecision: CountedPage<WrongPayment>;
  withoutDecision: CountedPage<WrongPayment>;
  advances: CountedPage<AuditedPayment>;
}

/** Who did what for a claim to be paid, in the order of the duties. */
export interface DoneForPayment {
  payment: AuditedPayment;
  duties: Array<{ duty: Duty; people: readonly DutyPerson[] }>;
}

/** How many paid claims there are with a breach, and how many waivers opened a gate, each once for a claim. */
export interface DutyCounts {
  lookedAt: { claims: number; paidClaims: number };
  breaches: { count: number };
  overrides: { count: number };
}

/** A page of paid claims with who did what, one of those with a breach, and one of those with a waiver. */
export type SeparationOfDuties = Page<DoneForPayment> &
  DutyCounts & {
    breaches: CountedPage<{ payment: AuditedPayment } & DutyBreach>;
    overrides: CountedPage<{ payment: AuditedPayment } & DutyOverride>;
  };

/** How many payments of each kind an auditor asks about. */
export type ExceptionCounts = Pick<PaymentExceptions, 'lookedAt'> & Record<ExceptionKind, { count: number }>;

/** Which page of each list is wanted: how many payments of each, and after which cursors. */
export type ExceptionsRequest = { limit: number } & { [Kind in ExceptionKind]?: string | undefined };
export type DutiesRequest = PageRequest & { breaches?: string | undefined; overrides?: string | undefined };

type Decided = Awaited<ReturnType<typeof paymentsWithDecisions>>[number];

const FROM_THE_START = { openedByWaiver: null, beforeDecision: null, withoutDecision: null, advances: null };

/** What an auditor asks about payments. Each reading throws Problem 404 where there is no such programme. */
@Injectable()
export class PaymentAuditReader {
  constructor(private readonly programmes: ProgrammesReader) {}

  /**
   * Payments that an auditor asks about (domain.md section 11, auditor 3), a page of payments of each kind.
   * @throws Problem 400 where a cursor is not one
   */
  async exceptions(
    actor: Actor,
    slug: string,
    { limit, ...asked }: ExceptionsRequest,
  ): Promise<PaymentExceptions> {
    const after = {
      openedByWaiver: idIn(asked.openedByWaiver),
      beforeDecision: idIn(asked.beforeDecision),
      withoutDecision: idIn(asked.withoutDecision),
      advances: idIn(asked.advances),
    };
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { lookedAt, ...found } = await exceptionalPayments(sql, id, limit + 1, after);
      const ids = Object.values(found).flatMap((each) => each.ids.slice(0, limit));
      const rows = new Map((await paymentsWithDecisions(sql, ids)).map((row) => [row.payment.id, row]));
      const page = <T>(kind: ExceptionKind, of: (row: Decided) => T[]): CountedPage<T> =>
        counted(found[kind], limit, rows, of);
      const wrong = (look: typeof withoutDecision) => (row: Decided) => {
        const reasons = look(gateFactsOf(row));
        return reasons.length > 0 ? [{ payment: row.payment, reasons }] : [];
      };
      return {
        lookedAt,
        openedByWaiver: page('openedByWaiver', ({ payment, decisions }) =>
          decisionsOf(decisions)
            .filter(({ openedBy }) => openedBy === 'waiver')
            .map((decision) => waivedEntry(payment, decision)),
        ),
        beforeDecision: page('beforeDecision', wrong(beforeDecision)),
        withoutDecision: page('withoutDecision', wrong(withoutDecision)),
        advances: page('advances', ({ payment }) => [payment]),
      };
    });
  }

  /** How many payments of each kind there are. */
  exceptionCounts(actor: Actor, slug: string): Promise<ExceptionCounts> {
    return this.programmes.within(actor, slug, (sql, id) => exceptionalPayments(sql, id, 0, FROM_THE_START));
  }

  /**
   * Who did what in every paid claim (domain.md section 11, auditor 4), and where that was not apart: a page of each.
   * @throws Problem 400 where a cursor is not one
   */
  async duties(
    actor: Actor,
    slug: string,
    { limit, after, breaches, overrides }: DutiesRequest,
  ): Promise<SeparationOfDuties> {
    const from = { paid: idIn(after), breaches: idIn(breaches), overrides: idIn(overrides) };
    return this.programmes.within(actor, slug, async (sql, id) => {
      const found = await paidPayments(sql, id, limit + 1, from);
      const pages = [found.paid, found.breaches, found.overrides];
      const claims = await paidClaims(
        sql,
        pages.flatMap(({ ids }) => ids.slice(0, limit)),
      );
      const rows = new Map(
        claims.map(({ payment, waived, ...row }) => [
          payment.id,
          { payment, duties: { ...row, waivers: waived.map(({ waiver }) => waiver) } },
        ]),
      );
      const { count: paidCount, ...paid } = counted(found.paid, limit, rows, ({ payment, duties }) => [
        { payment, duties: DUTIES.map((duty) => ({ duty, people: duties.people[duty] })) },
      ]);
      return {
        lookedAt: { claims: found.claims, paidClaims: paidCount },
        breaches: counted(found.breaches, limit, rows, ({ payment, duties }) =>
          breachesIn(duties).map((breach) => ({ payment, ...breach })),
        ),
        overrides: {
          ...counted(found.overrides, limit, rows, ({ payment, duties }) =>
            overridesIn(duties).map((override) => ({ payment, ...override })),
          ),
          count: found.waivers,
        },
        ...paid,
      };
    });
  }

  /** How often separation of duties was broken or set aside by name. */
  dutyCounts(actor: Actor, slug: string): Promise<DutyCounts> {
    return this.programmes.within(actor, slug, async (sql, id) => {
      const { claims, paid, breaches, waivers } = await paidPayments(sql, id, 0, NOWHERE);
      return {
        lookedAt: { claims, paidClaims: paid.count },
        breaches: { count: breaches.count },
        overrides: { count: waivers },
      };
    });
  }
}

const NOWHERE = { paid: null, breaches: null, overrides: null };

/** A page of payments, with what there is to tell of each. */
function counted<Row, T>(
  { count, ids }: FoundPayments,
  limit: number,
  rows: ReadonlyMap<string, Row>,
  of: (row: Row) => T[],
): CountedPage<T> {
  const { items, next } = pageOf(ids, limit, (id) => [id]);
  return { count, items: items.flatMap((id) => (rows.has(id) ? of(rows.get(id) as Row) : [])), next };
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
