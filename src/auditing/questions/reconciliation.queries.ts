import { firstRow, given, type Sql } from '../../database/sql.js';

/** What all awards of a programme come to. Whole pence. */
export interface AwardTotals {
  grantPence: number;
  matchPence: number;
  /** The grant of their lines by year and kind. */
  linesPence: number;
}

/** What the awards of a programme add up to. */
export async function awardTotals(sql: Sql, programmeId: string): Promise<AwardTotals> {
  const totals = await firstRow<AwardTotals>(
    sql,
    `select coalesce(sum(a.grant_pence), 0)::bigint as "grantPence", coalesce(sum(a.match_pence), 0)::bigint as "matchPence",
       (select coalesce(sum(l.grant_pence), 0)::bigint from award w join award_line l on l.award_id = w.id
         where w.programme_id = $1) as "linesPence"
     from award a where a.programme_id = $1`,
    [programmeId],
  );
  return totals as AwardTotals;
}

/** What is awarded, agreed and in the ledger for one trust, in pence. */
export interface TrustTotals {
  trust: { odsCode: string; name: string };
  awardPence: number;
  agreedPence: number;
  ledgerPence: number;
  paidPence: number;
  /** Whether the ledger holds what is agreed; an award may be agreed otherwise, by an approved change. */
  agrees: boolean;
}

/**
 * Trusts with an award or an agreement by name, `limit` at most, those after a name and code where given, with what is
 * awarded, agreed and in the ledger.
 * @param inForce states of agreements
 */
export function trustTotals(
  sql: Sql,
  programmeId: string,
  inForce: readonly string[],
  limit: number,
  after: unknown[] | null,
): Promise<TrustTotals[]> {
  const values: unknown[] = [programmeId, inForce, limit];
  const beyond = given(values, { '(o.name, o.ods_code) > (?, ?)': after });
  return sql.query<TrustTotals>(
    `with holder as materialized (select o.id, o.ods_code, o.name from organisation o
       where o.id in (select trust_id from award where programme_id = $1
         union select trust_id from agreement where programme_id = $1)${beyond} order by o.name, o.ods_code limit $3),
     figured as (select h.id, h.ods_code, h.name,
       (select coalesce(sum(a.grant_pence), 0)::bigint from award a where a.programme_id = $1 and a.trust_id = h.id) as awarded,
       (select coalesce(sum(t."grantPence"), 0)::bigint from agreement c
          join agreement_version v on v.agreement_id = c.id and v.number = c.version
          cross join lateral jsonb_to_recordset(v.terms -> 'lines') as t("grantPence" bigint)
        where c.programme_id = $1 and c.trust_id = h.id and c.state = any ($2)) as agreed,
       m.held, m.paid
     from holder h cross join lateral (select coalesce(sum(b.balance_pence), 0)::bigint as held,
         coalesce(sum(b.balance_pence) filter (where b.stage = 'paid'), 0)::bigint as paid
       from agreement c join funding_line l on l.agreement_id = c.id join account b on b.line_id = l.id
       where c.programme_id = $1 and c.trust_id = h.id and b.source = 'grant' and b.stage <> 'outside') m)
     select json_build_object('odsCode', ods_code, 'name', name) as trust, awarded as "awardPence", agreed as "agreedPence",
       held as "ledgerPence", paid as "paidPence", agreed = held as agrees
     from figured order by name, ods_code`,
    values,
  );
}

/** What agreements in force give the lines of a financial year and kind, in pence. */
export interface AgreedLine {
  financialYear: string;
  kind: 'capital' | 'revenue';
  grantPence: number;
  matchPence: number;
}

/** The grant and match of all versions in force, by financial year and kind. @param inForce states of agreements */
export function agreedLines(
  sql: Sql,
  programmeId: string,
  inForce: readonly string[],
): Promise<AgreedLine[]> {
  return sql.query<AgreedLine>(
    `select t."financialYear", t.kind, sum(t."grantPence")::bigint as "grantPence",
       sum(t."matchPence")::bigint as "matchPence"
     from agreement c join agreement_version v on v.agreement_id = c.id and v.number = c.version
       cross join lateral jsonb_to_recordset(v.terms -> 'lines')
         as t("financialYear" text, kind text, "grantPence" bigint, "matchPence" bigint)
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
