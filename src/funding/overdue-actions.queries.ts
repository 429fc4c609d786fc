import { given, type Sql } from '../database/sql.js';
import { OUTSTANDING } from '../findings/finding.rules.js';

/** Something that somebody owes the programme and whose day has passed. */
export interface OverdueAction {
  kind: 'recovery' | 'finding' | 'recommendation';
  id: string;
  reference: string;
  trust: { odsCode: string; name: string } | null;
  /** Who is to act: for a recovery, the trust that is to pay back. */
  owner: string;
  /** Why the money is asked back, or what was found or advised. */
  statement: string;
  /** What a recovery is for, or the review that a finding comes from. */
  origin: string;
  state: string;
  /** What is to be paid back, in pence; null for a finding. */
  amountPence: number | null;
  dueOn: string;
  daysLate: number;
  raisedBy: { id: string; name: string };
  illustrative: boolean;
}

/** What is overdue on the day `$2`, a programme's: recoveries that nobody paid, findings that nobody answered. */
const OVERDUE = `select 'recovery' as kind, r.id, r.reference, r.trust_id, null as owner, r.reason as statement,
    r.cause as origin, r.state, r.amount_pence, r.due_on, r.raised_by, r.illustrative
  from recovery r where r.programme_id = $1 and r.state in ('raised', 'agreed') and r.due_on < $2::date
  union all select f.kind, f.id, f.reference, f.trust_id,
    coalesce(nullif(f.owner, ''), replace(f.owner_role, '-', ' ')), f.statement, f.review, f.state, null, f.due_on,
    f.raised_by, f.illustrative
  from audit_finding f where f.programme_id = $1 and f.state in (${OUTSTANDING.map((state) => `'${state}'`)}) and f.due_on < $2::date`;

/** Overdue recoveries, findings and recommendations, the longest overdue first, after a due day and id where given. */
export function overdueActions(
  sql: Sql,
  programmeId: string,
  today: string,
  limit: number,
  after: unknown[] | null,
): Promise<OverdueAction[]> {
  const values: unknown[] = [programmeId, today, limit];
  const wanted = given(values, { '(d.due_on, d.id) > (?::date, ?::uuid)': after });
  return sql.query<OverdueAction>(
    `select d.kind, d.id, d.reference,
       case when o.id is not null then json_build_object('odsCode', o.ods_code, 'name', o.name) end as trust,
       coalesce(d.owner, o.name) as owner, d.statement, d.origin, d.state, d.amount_pence as "amountPence",
       d.due_on as "dueOn", $2::date - d.due_on as "daysLate", json_build_object('id', p.id, 'name', p.name) as "raisedBy",
       d.illustrative
     from (${OVERDUE}) d join person p on p.id = d.raised_by left join organisation o on o.id = d.trust_id
     where true${wanted} order by d.due_on, d.id limit $3`,
    values,
  );
}

/** How many of a kind are overdue, and what recoveries come to in pence. */
export interface OverdueSum {
  kind: OverdueAction['kind'];
  count: number;
  amountPence: number | null;
}

/** The sums of all that is overdue, a row for each kind, those without any too. */
export function overdueSums(sql: Sql, programmeId: string, today: string): Promise<OverdueSum[]> {
  return sql.query<OverdueSum>(
    `select k.kind, count(d.id)::int as count,
       case k.kind when 'recovery' then coalesce(sum(d.amount_pence), 0)::bigint end as "amountPence"
     from (values ('recovery', 1), ('finding', 2), ('recommendation', 3)) k (kind, position)
       left join (${OVERDUE}) d on d.kind = k.kind
     group by k.kind, k.position order by k.position`,
    [programmeId, today],
  );
}
