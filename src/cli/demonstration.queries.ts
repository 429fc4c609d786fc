import type { Sql } from '../database/sql.js';

/** Who a programme awards money to, by ODS code. */
export function awardees(sql: Sql, slug: string): Promise<Array<{ ods: string; name: string }>> {
  return sql.query(
    `select distinct o.ods_code as ods, o.name
     from programme p join programme_role r on r.programme_id = p.id join organisation o on o.id = r.organisation_id
     where p.slug = $1 and r.role = 'awardee' order by o.ods_code`,
    [slug],
  );
}
