import { given, type Sql } from '../database/sql.js';
import { personOf } from '../funding/people.queries.js';
import type { ChangeKind } from './change-content.js';

/** What holds more grant than its agreement or award says. */
export interface Excess {
  level: 'line' | 'year' | 'agreement' | 'award';
  trust: { odsCode: string; name: string };
  /** Null for an award, which may be that of more than one agreement. */
  agreement: { id: string; reference: string } | null;
  financialYear: string | null;
  kind: 'capital' | 'revenue' | null;
  agreedPence: number;
  heldPence: number;
  excessPence: number;
}

/**
 * Which lines, years, agreements and awards hold more grant than is agreed for them; none, as long as the ledger is
 * what it promises (domain.md section 9, rule 1). Held is what stands in the line's accounts, wherever it is.
 */
export function exceeded(sql: Sql, programmeId: string): Promise<Excess[]> {
  return sql.query<Excess>(
    `with held as (
       select g.id, l.financial_year as year, l.kind, sum(a.balance_pence) as pence
       from agreement g join funding_line l on l.agreement_id = g.id
         join account a on a.line_id = l.id and a.source = 'grant' and a.stage <> 'outside' and a.balance_pence > 0
       where g.programme_id = $1 group by g.id, l.financial_year, l.kind),
     agreed as (
       select g.id, t."financialYear" as year, t.kind, sum(t."grantPence") as pence
       from agreement g join agreement_version v on v.agreement_id = g.id and v.number = g.version
         cross join jsonb_to_recordset(v.terms -> 'lines') as t("financialYear" text, kind text, "grantPence" bigint)
       where g.programme_id = $1 group by g.id, t."financialYear", t.kind),
     line as materialized (
       select id, year, kind, coalesce(agreed.pence, 0) as agreed, coalesce(held.pence, 0) as held
       from held full join agreed using (id, year, kind)),
     -- Where no line holds too much, no year and no agreement does.
     summed as (
       select case grouping(year, kind) when 0 then 'line' when 1 then 'year' else 'agreement' end as level,
         id, year, kind, sum(agreed) as agreed, sum(held) as held
       from line where id in (select id from line where held > agreed)
       group by grouping sets ((id, year, kind), (id, year), (id)) having sum(held) > sum(agreed)
       union all
       select 'award', g.award_id, null, null, w.grant_pence, sum(line.held)
       from line join agreement g on g.id = line.id join award w on w.id = g.award_id
       group by g.award_id, w.grant_pence having sum(line.held) > w.grant_pence)
     select s.level, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       case when g.id is not null then json_build_object('id', g.id, 'reference', g.reference) end as agreement,
       s.year as "financialYear", s.kind, s.agreed::bigint as "agreedPence", s.held::bigint as "heldPence",
       (s.held - s.agreed)::bigint as "excessPence"
     from summed s left join agreement g on s.level <> 'award' and g.id = s.id
       left join award w on s.level = 'award' and w.id = s.id
       join organisation o on o.id = coalesce(g.trust_id, w.trust_id)
     order by o.name, g.reference, s.year, s.kind nulls last`,
    [programmeId],
  );
}

/** Money of a line, where it left or where it came to. */
export interface MovedPart {
  financialYear: string;
  kind: 'capital' | 'revenue';
  source: 'grant' | 'match';
  stage: string;
  amountPence: number;
}

/** Something that moved an award's money, or changed what was agreed of it. */
export interface MoneyMovement {
  /** Of the journal; of the version, where no money moved. */
  id: string;
  what: 'reallocation' | 'carry-forward' | 'variation' | 'lapse' | 'withdrawal' | 'novation' | 'reversal';
  recordedAt: string;
  /** The day that it counts for. */
  datedOn: string | null;
  trust: { odsCode: string; name: string };
  agreement: { id: string; reference: string };
  /** The version of the agreement that came of it. */
  version: number | null;
  narrative: string;
  changeRequest: { id: string; reference: string; kind: ChangeKind; title: string } | null;
  askedBy: { id: string; name: string } | null;
  approvedBy: { id: string; name: string } | null;
  /** As the log names them. */
  carriedOutBy: { id: string; name: string };
  reason: string | null;
  /** What left its line, or lapsed in it; 0 for a variation. */
  amountPence: number;
  from: MovedPart[];
  to: MovedPart[];
}

const parts = (stage: string): string =>
  `(select coalesce(json_agg(json_build_object('financialYear', l.financial_year, 'kind', l.kind, 'source', s.source,
      'stage', s.${stage}, 'amountPence', s.amount_pence) order by s.source, l.financial_year, l.kind, s.${stage}), '[]')
    from posting s join funding_line l on l.id = s.line_id where s.journal_id = e.id and s.${stage} <> 'outside')`;

/**
 * Every reallocation, carry-forward, variation, lapse, withdrawal and novation of a programme, the latest first, each
 * with who asked and who approved; `limit` at most, those before an id where given.
 */
export function moneyMovements(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<MoneyMovement[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'e.id < ?': before });
  return sql.query<MoneyMovement>(
    `with movement as (
       select j.id, 'journal' as tbl, j.agreement_id, null::integer as version, j.recorded_at, j.dated_on, j.narrative, j.change_request_id,
         case j.kind when 'lapse' then 'lapse' when 'withdraw' then 'withdrawal' when 'novate' then 'novation'
           when 'reverse' then 'reversal' else 'reallocation' end as what
       from journal j join agreement g on g.id = j.agreement_id
       where g.programme_id = $1 and j.kind in ('reallocate', 'lapse', 'withdraw', 'novate', 'reverse') and (j.kind <> 'reverse'
         or exists (select from journal r where r.id = j.reverses_id and r.kind in ('reallocate', 'lapse', 'withdraw', 'novate')))
       union all
       select v.id, 'agreement_version', v.agreement_id, v.number, v.prepared_at, v.effective_on, coalesce(c.reference || ': ' ||
         c.title, 'Version ' || v.number), v.change_request_id, 'variation'
       from agreement_version v join agreement g on g.id = v.agreement_id
         left join change_request c on c.id = v.change_request_id
       where g.programme_id = $1 and v.number > 1 and v.approved_at is not null
         and coalesce(c.kind, 'vary') = 'vary'),
     e as materialized (select * from movement e where true${wanted} order by e.id desc limit $2)
     select e.id, case when c.kind = 'carry-forward' then c.kind else e.what end as what,
       to_json(e.recorded_at) as "recordedAt", e.dated_on as "datedOn",
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       json_build_object('id', g.id, 'reference', g.reference) as agreement, coalesce(e.version, c.applied_version) as version, e.narrative,
       case when c.id is not null then json_build_object('id', c.id, 'reference', c.reference, 'kind', c.kind,
         'title', c.title) end as "changeRequest",
       ${personOf('c.requested_by')} as "askedBy", ${personOf('c.decided_by')} as "approvedBy",
       json_build_object('id', w.actor_id, 'name', personal_value(w.actor_name)) as "carriedOutBy",
       coalesce(c.decision_reason, w.reason) as reason,
       (select coalesce(sum(s.amount_pence), 0)::bigint from posting s
         where s.journal_id = e.id and s.from_stage <> 'outside') as "amountPence",
       ${parts('from_stage')} as from, ${parts('to_stage')} as to
     from e join agreement g on g.id = e.agreement_id join organisation o on o.id = g.trust_id
       left join change_request c on c.id = e.change_request_id
       cross join lateral (select x.actor_id, x.actor_name, x.reason from log_entry x
         where x.table_name = e.tbl and x.subject_id = e.id order by x.number limit 1) w
     order by e.id desc`,
    values,
  );
}
