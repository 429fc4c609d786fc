import { firstRow, given, type Sql } from '../../database/sql.js';
import type { ClaimState } from '../claims/claim-states.js';
import { type PersonRef, personOf } from '../people.queries.js';
import type { PaymentState } from './payment.rules.js';
import type { RecoveryState } from './recovery.rules.js';

export interface PaymentView {
  id: string;
  reference: string;
  programme: string;
  trust: { odsCode: string; name: string };
  agreement: { id: string; reference: string };
  claim: { id: string; reference: string; kind: 'costs' | 'advance'; state: ClaimState };
  tranche: { id: string; number: number; name: string };
  state: PaymentState;
  amountPence: number;
  /** By funding line; together the amount. */
  lines: Array<{ financialYear: string; kind: 'capital' | 'revenue'; amountPence: number }>;
  scheduledFor: string;
  scheduledOn: string;
  scheduledBy: PersonRef;
  scheduledAt: string;
  paidOn: string | null;
  bankReference: string | null;
  paidBy: PersonRef | null;
  recordedAt: string | null;
  reconciledAt: string | null;
  closedBecause: string | null;
  /** The gate decision that it rests on. */
  gate: { id: string; step: string; openedBy: 'conditions' | 'waiver' };
  recoveries: Array<{ id: string; reference: string; state: RecoveryState; amountPence: number }>;
  illustrative: boolean;
  revision: number;
}

const VIEW = `select y.id, y.reference, g.slug as programme, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('id', a.id, 'reference', a.reference) as agreement,
    json_build_object('id', c.id, 'reference', c.reference, 'kind', c.kind, 'state', c.state) as claim,
    json_build_object('id', t.id, 'number', t.number, 'name', t.name) as tranche,
    y.state, y.amount_pence as "amountPence",
    (select coalesce(json_agg(json_build_object('financialYear', financial_year, 'kind', kind, 'amountPence', sum)
         order by financial_year, kind), '[]')
       from (select f.financial_year, f.kind, sum(l.approved_pence)::bigint as sum
         from claim_line l join funding_line f on f.id = l.line_id
         where l.claim_id = c.id and l.version = c.version and l.approved_pence > 0
         group by f.financial_year, f.kind) approved) as lines,
    y.scheduled_for as "scheduledFor", y.scheduled_on as "scheduledOn", ${personOf('y.scheduled_by')} as "scheduledBy",
    to_json(y.scheduled_at) as "scheduledAt", y.paid_on as "paidOn", y.bank_reference as "bankReference",
    ${personOf('y.paid_by')} as "paidBy", to_json(y.recorded_at) as "recordedAt",
    to_json(y.reconciled_at) as "reconciledAt", y.closed_because as "closedBecause",
    json_build_object('id', d.id, 'step', d.step, 'openedBy', d.opened_by) as gate,
    (select coalesce(json_agg(json_build_object('id', r.id, 'reference', r.reference, 'state', r.state,
         'amountPence', r.amount_pence) order by r.id), '[]')
       from recovery r where r.payment_id = y.id) as recoveries,
    y.illustrative, y.revision
  from payment y join programme g on g.id = y.programme_id join organisation o on o.id = y.trust_id
    join agreement a on a.id = y.agreement_id join claim c on c.id = y.claim_id join tranche t on t.id = y.tranche_id
    join gate_decision d on d.id = y.gate_decision_id`;

/** One payment by its id. */
export function payment(sql: Sql, id: string): Promise<PaymentView | undefined> {
  return firstRow<PaymentView>(sql, `${VIEW} where y.id = $1`, [id]);
}

export interface PaymentFilter {
  state: string | null;
  trust: string | null;
  /** Paid, or else scheduled for, this day or later. */
  from: string | null;
  /** Paid, or else scheduled for, this day or before. */
  to: string | null;
}

const DAY = 'coalesce(y.paid_on, y.scheduled_for)';

/**
 * A programme's payments, the latest first by the day on which they were paid or else are scheduled for, `limit` at
 * most, those after a day and id where given.
 */
export function payments(
  sql: Sql,
  programmeId: string,
  filter: PaymentFilter,
  limit: number,
  after: unknown[] | null,
): Promise<PaymentView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    'y.state = ?': filter.state,
    'y.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    [`${DAY} >= ?`]: filter.from,
    [`${DAY} <= ?`]: filter.to,
    [`(${DAY}, y.id) < (?::date, ?::uuid)`]: after,
  });
  return sql.query<PaymentView>(
    `${VIEW} where y.programme_id = $1${wanted} order by ${DAY} desc, y.id desc limit $2`,
    values,
  );
}

/** What was approved of each line of a claim's current version, in pence; null where nothing was decided of it. */
export function approvedLines(
  sql: Sql,
  claimId: string,
): Promise<Array<{ lineId: string; approvedPence: number | null }>> {
  return sql.query(
    `select l.line_id as "lineId", l.approved_pence as "approvedPence"
     from claim_line l join claim c on c.id = l.claim_id and c.version = l.version
     where l.claim_id = $1 order by l.position`,
    [claimId],
  );
}

/** Where a payment stands: what is locked before it. */
export function standingOf(
  sql: Sql,
  paymentId: string,
): Promise<{ agreementId: string; claimId: string } | undefined> {
  return firstRow(
    sql,
    'select agreement_id as "agreementId", claim_id as "claimId" from payment where id = $1',
    [paymentId],
  );
}

/** Under which agreement a claim is. */
export async function agreementOfClaim(sql: Sql, claimId: string): Promise<string | undefined> {
  const text = 'select agreement_id as id from claim where id = $1';
  return (await firstRow<{ id: string }>(sql, text, [claimId]))?.id;
}

/** The standing payment of a programme with this bank reference, by its letters and digits. */
export function paymentWithBankKey(
  sql: Sql,
  programmeId: string,
  key: string,
): Promise<{ id: string; reference: string } | undefined> {
  return firstRow(
    sql,
    `select id, reference from payment where programme_id = $1 and state in ('paid', 'reconciled')
       and lower(regexp_replace(bank_reference, '[^A-Za-z0-9]+', '', 'g')) = $2`,
    [programmeId, key],
  );
}

/** The journal that paid a payment and was not reversed. */
export function payJournalOf(
  sql: Sql,
  paymentId: string,
): Promise<
  | {
      id: string;
      claim_id: string | null;
      payment_id: string | null;
      recovery_id: string | null;
      contribution_id: string | null;
    }
  | undefined
> {
  return firstRow(
    sql,
    `select j.id, j.claim_id, j.payment_id, j.recovery_id, j.contribution_id from journal j
     where j.payment_id = $1 and j.kind = 'pay' and not exists (select from journal r where r.reverses_id = j.id)`,
    [paymentId],
  );
}

/** The payment of a claim that neither was cancelled nor reversed. */
export function standingPayment(sql: Sql, claimId: string): Promise<{ id: string } | undefined> {
  return firstRow(
    sql,
    "select id from payment where claim_id = $1 and state not in ('cancelled', 'reversed')",
    [claimId],
  );
}
