import { firstRow, type Sql } from '../database/sql.js';

/** What the awards add up to in pence, where it is not what the programme's control totals say. */
export function totalsInForce(
  sql: Sql,
  programmeId: string,
): Promise<{ grant: number; match: number } | undefined> {
  return firstRow(
    sql,
    `select grant_sum as grant, match_sum as match
     from programme p, lateral (
       select coalesce(sum(l.grant_pence), 0)::bigint as grant_sum, coalesce(sum(l.match_pence), 0)::bigint as match_sum
       from award a join award_line l on l.award_id = a.id where a.programme_id = p.id) sums
     where p.id = $1 and (grant_sum, match_sum) <> (p.control_grant_pence, p.control_match_pence)`,
    [programmeId],
  );
}

export interface AwardLineView {
  financialYear: string;
  kind: 'capital' | 'revenue';
  grantPence: number;
  matchPence: number;
}

/** A trust's award by financial year and kind. */
export function awardLines(sql: Sql, programmeId: string, trustId: string): Promise<AwardLineView[]> {
  return sql.query<AwardLineView>(
    `select l.financial_year as "financialYear", l.kind, l.grant_pence as "grantPence", l.match_pence as "matchPence"
     from award a join award_line l on l.award_id = a.id
     where a.programme_id = $1 and a.trust_id = $2 order by l.financial_year, l.kind`,
    [programmeId, trustId],
  );
}

export interface AwardView {
  trust: { odsCode: string; name: string };
  grantPence: number;
  matchPence: number;
  sourced: object;
  lines: Array<AwardLineView & { sourced: object }>;
}

/** The awards of a programme by trust, each with its lines and where its figures come from. */
export function awards(sql: Sql, programmeId: string): Promise<AwardView[]> {
  return sql.query<AwardView>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, a.grant_pence as "grantPence",
       a.match_pence as "matchPence", a.provenance as sourced,
       (select json_agg(json_build_object('financialYear', l.financial_year, 'kind', l.kind, 'grantPence', l.grant_pence,
          'matchPence', l.match_pence, 'sourced', l.provenance) order by l.financial_year, l.kind)
        from award_line l where l.award_id = a.id) as lines
     from award a join organisation o on o.id = a.trust_id where a.programme_id = $1 order by o.name`,
    [programmeId],
  );
}
