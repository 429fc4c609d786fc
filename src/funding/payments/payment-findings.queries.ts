import { firstRow, given, type Sql } from '../../database/sql.js';
import { stoodAt } from './payment-audit.queries.js';

/** How many payments there are to be told of, and the ids of a page of them. */
export interface FoundPayments {
  count: number;
  ids: string[];
}

/** One list of payments by id: where it goes on; null from the start. */
export type After<Kind extends string> = Readonly<Record<Kind, string | null>>;

export const EXCEPTION_KINDS = ['openedByWaiver', 'beforeDecision', 'withoutDecision', 'advances'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

export const DUTY_KINDS = ['breaches', 'overrides', 'paid'] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** For each kind the page of `flagged` payments after an id, `$2` at most, and how many there are. */
function pages<Kind extends string>(values: unknown[], kinds: readonly Kind[], after: After<Kind>): string {
  return kinds
    .map((kind) => {
      const beyond = given(values, { 'id > ?::uuid': after[kind] });
      const page = `select id from flagged where kind = '${kind}'${beyond} order by id limit $2`;
      return `json_build_object('count', (select count(*)::int from flagged where kind = '${kind}'),
        'ids', array(${page})) as "${kind}"`;
    })
    .join(', ');
}

/** Whether a gate decision `d` was made for its step of a payment `y`, and in time, as `decisionsOf` says it. */
const IN_TIME = `case d.step when 'approve' then d.decided_at <= y.scheduled_at
    when 'schedule' then d.decided_at = y.scheduled_at
    else d.decided_at > y.scheduled_at and d.decided_at <= y.recorded_at end`;

/** The decisions by a waiver that let payments through: of each step the last that was made in time. */
const WAIVED = `select y.id, d.waiver_id, d.waived, d.decided_at from gate_decision d join looked y on y.claim_id = d.claim_id
  where d.opened_by = 'waiver' and ${IN_TIME} and not exists (select from gate_decision n
    where n.claim_id = d.claim_id and n.step = d.step and (n.decided_at, n.id) > (d.decided_at, d.id)
      and ${IN_TIME.replaceAll('d.', 'n.')})`;

/** As `beforeDecision` of payment-exceptions.rules.ts. */
const BEFORE = `select y.id from looked y
    left join gate_decision d on d.id = y.gate_decision_id and d.claim_id = y.claim_id
  where y.went_out
    and (y.paid_on < y.scheduled_on or d.id is not null and not coalesce(d.decided_at <= y.recorded_at, false))`;

/** Payments that lack a decision for one of their steps. */
const LACKING = `select y.id from looked y left join gate_decision d on d.claim_id = y.claim_id and ${IN_TIME}
  group by y.id, y.went_out having count(distinct d.step) < case when y.went_out then 3 else 2 end`;

/** Payments with a decision whose waiver was withdrawn before. */
const WITHDRAWN = `select d.id from waived d where exists (select from withdrawn w where w.withdrawn_at <= d.decided_at
    and (w.id = d.waiver_id or w.id::text in (select e -> 'waiver' ->> 'id' from jsonb_array_elements(d.waived) e)))`;

/** What an auditor asks about payments, told apart by SQL. */
export type ExceptionalPayments = Record<ExceptionKind, FoundPayments> & {
  lookedAt: { payments: number; decisions: number };
};

/**
 * The payments of a programme that an auditor asks about, by why: how many there are, and `limit` ids at most of each,
 * those after an id where given. It tells them apart as the rules of payment-exceptions.rules.ts do.
 */
export async function exceptionalPayments(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: After<ExceptionKind>,
): Promise<ExceptionalPayments> {
  const values: unknown[] = [programmeId, limit];
  const found = await firstRow<ExceptionalPayments>(
    sql,
    `with looked as materialized (select y.id, y.claim_id, y.gate_decision_id, y.scheduled_on, y.scheduled_at, y.paid_on,
         y.recorded_at, y.state in ('paid', 'reconciled', 'reversed') as went_out
       from payment y where y.programme_id = $1 and y.state <> 'cancelled'),
     waived as materialized (${WAIVED}),
     withdrawn as materialized (select id, withdrawn_at from gate_waiver where withdrawn_at is not null),
     flagged as materialized (select distinct 'openedByWaiver' as kind, id from waived
       union all select 'beforeDecision', id from (${BEFORE}) early
       union all select 'withoutDecision', id from (${LACKING} union ${WITHDRAWN}) lacking
       union all select 'advances', y.id from looked y join claim c on c.id = y.claim_id where c.kind = 'advance')
     select json_build_object('payments', (select count(*)::int from payment where programme_id = $1),
         'decisions', (select count(*)::int from gate_decision d join claim c on c.id = d.claim_id
           where c.programme_id = $1)) as "lookedAt", ${pages(values, EXCEPTION_KINDS, after)}`,
    values,
  );
  return found as ExceptionalPayments;
}

/** Whether one person had two duties that are to be apart in a paid claim, as `APART` of payment-duties.rules.ts says it. */
const SAME_PERSON = `array[c.certified_by, c.checked_by, c.recommended_by, c.approved_by, c.second_approved_by,
    y.scheduled_by, y.paid_by] && c.prepared_by
  or c.certified_by in (c.checked_by, c.recommended_by, c.approved_by, c.second_approved_by, y.scheduled_by, y.paid_by)
  or c.approved_by in (c.second_approved_by, y.scheduled_by, y.paid_by)
  or c.second_approved_by in (y.scheduled_by, y.paid_by)`;

/** Whether a duty that is needed is nobody's. */
const DUTY_MISSING = `cardinality(c.prepared_by) = 0
  or num_nulls(c.certified_by, c.checked_by, c.recommended_by, c.approved_by, y.scheduled_by, y.paid_by) > 0`;

/** The threshold for a second approval as the programme had it when a claim `c` was approved, by the log. */
const SECOND_MISSING = `c.second_approved_by is null and c.approved_pence > (select t.above from threshold t
  ${stoodAt('t.since', 't.number', 'c.approved_at')})`;

const WRITTEN_OFF_BY_RAISER = `exists (select from recovery r where r.payment_id = y.id and r.state = 'written-off'
  and r.closed_by = r.raised_by)`;

/** Who did what in paid claims: those with a breach, those with a waiver, and all. */
export type PaidPayments = Record<DutyKind, FoundPayments> & {
  /** All claims of the programme. */
  claims: number;
  /** How many waivers opened a gate for a paid claim, each once for a claim. */
  waivers: number;
};

/**
 * The payments of the paid claims of a programme: those in which separation of duties was broken, those for which a
 * waiver opened the gate, and all; `limit` ids at most of each, those after an id where given.
 */
export async function paidPayments(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: After<DutyKind>,
): Promise<PaidPayments> {
  const values: unknown[] = [programmeId, limit];
  const found = await firstRow<PaidPayments>(
    sql,
    `with threshold as materialized (select e.recorded_at as since, e.number,
         (e.new_image -> 'terms' -> 'payments' ->> 'secondApproverAbovePence')::bigint as above
       from log_entry e where e.table_name = 'programme' and e.subject_id = $1),
     looked as materialized (select y.id, y.claim_id,
         (${SAME_PERSON} or ${DUTY_MISSING} or ${SECOND_MISSING} or ${WRITTEN_OFF_BY_RAISER}) as broken
       from payment y join claim c on c.id = y.claim_id
       where y.programme_id = $1 and y.state in ('paid', 'reconciled')),
     waived as materialized (select distinct y.id, e -> 'waiver' ->> 'id' as waiver
       from gate_decision d join looked y on y.claim_id = d.claim_id cross join jsonb_array_elements(d.waived) e
       where d.opened_by = 'waiver'),
     flagged as materialized (select 'paid' as kind, id from looked
       union all select 'breaches', id from looked where broken
       union all select distinct 'overrides', id from waived)
     select (select count(*)::int from claim where programme_id = $1) as claims,
       (select count(*)::int from waived) as waivers, ${pages(values, DUTY_KINDS, after)}`,
    values,
  );
  return found as PaidPayments;
}
