import { firstRow, given, type Sql } from '../../database/sql.js';
import type { ClaimState } from '../claims/claim-states.js';
import { type PersonRef, personOf } from '../people.queries.js';
import type { RecoveryCause, RecoveryState } from './recovery.rules.js';

export interface RecoveryView {
  id: string;
  reference: string;
  programme: string;
  trust: { odsCode: string; name: string };
  agreement: { id: string; reference: string };
  claim: { id: string; reference: string; state: ClaimState };
  payment: { id: string; reference: string; amountPence: number };
  cause: RecoveryCause;
  reason: string;
  state: RecoveryState;
  amountPence: number;
  dueOn: string;
  /** Whether the money is still asked back after its day. */
  overdue: boolean;
  raisedBy: PersonRef;
  raisedAt: string;
  agreedBy: PersonRef | null;
  agreedAt: string | null;
  closedBy: PersonRef | null;
  closedOn: string | null;
  receiptReference: string | null;
  authority: string | null;
  closedBecause: string | null;
  /** What came back or was written off of each funding line; empty before. */
  lines: Array<{ financialYear: string; kind: 'capital' | 'revenue'; amountPence: number }>;
  illustrative: boolean;
  revision: number;
}

const OVERDUE = `(r.state in ('raised', 'agreed') and r.due_on < $2)`;

const VIEW = `select r.id, r.reference, g.slug as programme, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('id', a.id, 'reference', a.reference) as agreement,
    json_build_object('id', c.id, 'reference', c.reference, 'state', c.state) as claim,
    json_build_object('id', p.id, 'reference', p.reference, 'amountPence', p.amount_pence) as payment,
    r.cause, r.reason, r.state, r.amount_pence as "amountPence", r.due_on as "dueOn", ${OVERDUE} as overdue,
    ${personOf('r.raised_by')} as "raisedBy", to_json(r.raised_at) as "raisedAt",
    ${personOf('r.agreed_by')} as "agreedBy", to_json(r.agreed_at) as "agreedAt",
    ${personOf('r.closed_by')} as "closedBy", r.closed_on as "closedOn", r.receipt_reference as "receiptReference",
    r.authority, r.closed_because as "closedBecause",
    (select coalesce(json_agg(json_build_object('financialYear', f.financial_year, 'kind', f.kind,
         'amountPence', s.amount_pence) order by f.financial_year, f.kind), '[]')
       from journal j join posting s on s.journal_id = j.id join funding_line f on f.id = s.line_id
       where j.payment_id = r.payment_id and j.recovery_id = r.id and j.kind in ('recover', 'write-off')) as lines,
    r.illustrative, r.revision
  from recovery r join programme g on g.id = r.programme_id join organisation o on o.id = r.trust_id
    join agreement a on a.id = r.agreement_id join claim c on c.id = r.claim_id join payment p on p.id = r.payment_id`;

/** One recovery by its id. @param today YYYY-MM-DD: after `dueOn` an open one is overdue */
export function recovery(sql: Sql, id: string, today: string): Promise<RecoveryView | undefined> {
  return firstRow<RecoveryView>(sql, `${VIEW} where r.id = $1`, [id, today]);
}

/** Every recovery of a payment, oldest first. */
export function recoveriesOfPayment(sql: Sql, paymentId: string, today: string): Promise<RecoveryView[]> {
  return sql.query<RecoveryView>(`${VIEW} where r.payment_id = $1 order by r.id`, [paymentId, today]);
}

export interface RecoveryFilter {
  state: string | null;
  trust: string | null;
  overdue: boolean | null;
}

/** A programme's recoveries, the first due first, `limit` at most, those after a day and id where given. */
export function recoveries(
  sql: Sql,
  programmeId: string,
  today: string,
  filter: RecoveryFilter,
  limit: number,
  after: unknown[] | null,
): Promise<RecoveryView[]> {
  const values: unknown[] = [programmeId, today, limit];
  const wanted = given(values, {
    'r.state = ?': filter.state,
    'r.trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    [`${OVERDUE} = ?`]: filter.overdue,
    '(r.due_on, r.id) > (?::date, ?::uuid)': after,
  });
  return sql.query<RecoveryView>(
    `${VIEW} where r.programme_id = $1${wanted} order by r.due_on, r.id limit $3`,
    values,
  );
}

/** Where a recovery stands: what is locked before it. */
export function standingOfRecovery(
  sql: Sql,
  id: string,
): Promise<{ agreementId: string; claimId: string; paymentId: string } | undefined> {
  return firstRow(
    sql,
    'select agreement_id as "agreementId", claim_id as "claimId", payment_id as "paymentId" from recovery where id = $1',
    [id],
  );
}

/** What is still paid of each funding line of a payment, by its postings: paid, less recovered and written off. */
export function stillPaid(
  sql: Sql,
  paymentId: string,
): Promise<Array<{ lineId: string; paidPence: number }>> {
  return sql.query(
    `select s.line_id as "lineId",
       sum(case when s.to_stage = 'paid' then s.amount_pence else -s.amount_pence end)::bigint as "paidPence"
     from posting s join journal j on j.id = s.journal_id join funding_line f on f.id = s.line_id
     where j.payment_id = $1 and 'paid' in (s.from_stage, s.to_stage)
     group by s.line_id, f.financial_year, f.kind
     having sum(case when s.to_stage = 'paid' then s.amount_pence else -s.amount_pence end) > 0
     order by f.financial_year, f.kind`,
    [paymentId],
  );
}

/** The recoveries of a payment that are not withdrawn, oldest first. */
export function recoveriesOf(
  sql: Sql,
  paymentId: string,
): Promise<Array<{ id: string; reference: string; state: RecoveryState; amountPence: number }>> {
  return sql.query(
    `select id, reference, state, amount_pence as "amountPence" from recovery
     where payment_id = $1 and state <> 'withdrawn' order by id`,
    [paymentId],
  );
}
