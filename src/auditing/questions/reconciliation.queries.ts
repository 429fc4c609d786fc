import type { Sql } from '../../database/sql.js';
import type { Source, Stage } from '../../funding/ledger.rules.js';

/** What stands in all accounts of a stage, and what was posted to them. Whole pence. */
export interface StageTotal {
  source: Source;
  stage: Stage;
  balancePence: number;
  postedPence: number;
}

/** The balances of a programme's ledger against the sums of its postings, by stage. */
export function stageTotals(sql: Sql, programmeId: string): Promise<StageTotal[]> {
  return sql.query<StageTotal>(
    `with posted as (select p.source, s.stage, sum(s.amount)::bigint as pence
        from agreement c join posting p on p.agreement_id = c.id
          cross join lateral (values (p.from_stage, -p.amount_pence), (p.to_stage, p.amount_pence)) s (stage, amount)
        where c.programme_id = $1 group by p.source, s.stage),
      held as (select b.source, b.stage, sum(b.balance_pence)::bigint as pence
        from agreement c join funding_line l on l.agreement_id = c.id join account b on b.line_id = l.id
        where c.programme_id = $1 group by b.source, b.stage)
     select source, stage, coalesce(held.pence, 0) as "balancePence", coalesce(posted.pence, 0) as "postedPence"
     from held full join posted using (source, stage) order by source, stage`,
    [programmeId],
  );
}

/** What agreements in force give the lines of a financial year and kind, in pence. */
export interface AgreedLine {
  financialYear: string;
  kind: 'capital' | 'revenue';
  grantPence: number;
}

/** The grant of all versions in force, by financial year and kind. @param inForce states of agreements */
export function agreedLines(
  sql: Sql,
  programmeId: string,
  inForce: readonly string[],
): Promise<AgreedLine[]> {
  return sql.query<AgreedLine>(
    `select t."financialYear", t.kind, sum(t."grantPence")::bigint as "grantPence"
     from agreement c join agreement_version v on v.agreement_id = c.id and v.number = c.version
       cross join lateral jsonb_to_recordset(v.terms -> 'lines')
         as t("financialYear" text, kind text, "grantPence" bigint)
     where c.programme_id = $1 and c.state = any ($2)
     group by t."financialYear", t.kind order by t."financialYear", t.kind`,
    [programmeId, inForce],
  );
}

/** The payments that an extract speaks of or should, as both sides have them. Whole pence. */
export interface ExtractTotal {
  id: string;
  fileName: string;
  payments: number;
  exemplarPence: number;
  extractPence: number;
}

/** What each extract of a programme says of our payments, newest first: a payment in no line counts as nothing there. */
export function extractTotals(sql: Sql, programmeId: string): Promise<ExtractTotal[]> {
  return sql.query<ExtractTotal>(
    `select e.id, e.file_name as "fileName", count(distinct p.id)::int as payments,
       coalesce((select sum(y.amount_pence) from payment y
         where y.id in (select x.payment_id from extract_item x where x.extract_id = e.id)), 0)::bigint as "exemplarPence",
       coalesce(sum(i.amount_pence) filter (where p.id is not null), 0)::bigint as "extractPence"
     from extract e left join extract_item i on i.extract_id = e.id left join payment p on p.id = i.payment_id
     where e.programme_id = $1 group by e.id, e.file_name order by e.id desc`,
    [programmeId],
  );
}
