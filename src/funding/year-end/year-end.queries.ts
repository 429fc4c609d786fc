import type { DateOn } from '../../core/calendar.js';
import { firstRow, given, type Sql } from '../../database/sql.js';
import { IN_FORCE } from '../agreements/agreement.rules.js';

/** A programme as its years are closed. */
export interface YearEndFrame {
  id: string;
  startsOn: DateOn;
  endsOn: DateOn;
  /** The agreements whose money stands in the ledger. */
  agreements: string[];
}

/** A programme by its slug, with the agreements that have money to lapse. */
export function yearEndFrame(sql: Sql, slug: string): Promise<YearEndFrame | undefined> {
  return firstRow<YearEndFrame>(
    sql,
    `select p.id, p.starts_on as "startsOn", p.ends_on as "endsOn",
       array(select g.id from agreement g where g.programme_id = p.id and g.state = any ($2) order by g.id) as agreements
     from programme p where p.slug = $1`,
    [slug, IN_FORCE],
  );
}

/** Whether a financial year of a programme is closed. */
export async function isYearClosed(sql: Sql, programmeId: string, financialYear: string): Promise<boolean> {
  const found = await sql.query('select id from year_end where programme_id = $1 and financial_year = $2', [
    programmeId,
    financialYear,
  ]);
  return found.length > 0;
}

export interface YearEndView {
  id: string;
  financialYear: string;
  /** Over all trusts. */
  lapsedPence: number;
  closedBy: { id: string; name: string };
  closedAt: string;
  reason: string;
  /** What lapsed of each line, of the trusts that the reader may see. */
  lines: Array<{
    trust: { odsCode: string; name: string };
    kind: 'capital' | 'revenue';
    lapsedPence: number;
  }>;
}

/** Which closed years are wanted: one, with the lines of some trusts. */
export interface YearEndFilter {
  financialYear: string;
  /** Codes. */
  trusts: readonly string[];
}

/** The financial years of a programme that are closed, the latest first. */
export function yearEnds(
  sql: Sql,
  programmeId: string,
  only: YearEndFilter | null = null,
): Promise<YearEndView[]> {
  const values: unknown[] = [programmeId];
  const year = given(values, { 'y.financial_year = ?': only?.financialYear });
  const trusts = given(values, { 'o.ods_code = any (?)': only && [only.trusts] });
  return sql.query<YearEndView>(
    `select y.id, y.financial_year as "financialYear", y.lapsed_pence as "lapsedPence",
       json_build_object('id', p.id, 'name', p.name) as "closedBy", to_json(y.closed_at) as "closedAt", y.reason,
       (select coalesce(json_agg(json_build_object('trust', json_build_object('odsCode', lapsed.ods, 'name', lapsed.name),
            'kind', lapsed.kind, 'lapsedPence', lapsed.pence) order by lapsed.name, lapsed.kind), '[]')
        from (select o.ods_code as ods, o.name, l.kind, sum(s.amount_pence)::bigint as pence
          from posting s join funding_line l on l.id = s.line_id join agreement g on g.id = s.agreement_id
            join organisation o on o.id = s.trust_id
          where g.programme_id = y.programme_id and l.financial_year = y.financial_year and s.kind = 'lapse'${trusts}
          group by 1, 2, 3) lapsed) as lines
     from year_end y join person p on p.id = y.closed_by
     where y.programme_id = $1${year} order by y.financial_year desc`,
    values,
  );
}
