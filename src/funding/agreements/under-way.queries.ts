import { firstRow, type Sql } from '../../database/sql.js';
import { CLAIMS_UNDER_WAY, type UnderWay } from './agreement.rules.js';

const named = (table: string, condition: string): string =>
  `(select coalesce(json_agg(json_build_object('id', t.id, 'reference', t.reference, 'state', t.state) order by t.id), '[]')
    from ${table} t where t.agreement_id = $1 and ${condition})`;

/** What goes on under an agreement and has to come to an end before it does. */
export async function underWay(sql: Sql, agreementId: string): Promise<UnderWay> {
  const found = await firstRow<UnderWay>(
    sql,
    `select ${named('claim', 't.state = any ($2)')} as claims,
       ${named('contribution', "t.state = 'evidenced'")} as contributions,
       ${named('recovery', "t.state in ('raised', 'agreed')")} as recoveries,
       ${named('change_request', "t.state in ('submitted', 'impact-assessed', 'deferred', 'approved')")} as changes,
       (select coalesce(sum(a.balance_pence), 0)::bigint from funding_line l join account a on a.line_id = l.id
        where l.agreement_id = $1 and a.source = 'grant' and a.stage in ('claimed', 'approved')) as "grantUnderWayPence"`,
    [agreementId, CLAIMS_UNDER_WAY],
  );
  return found as UnderWay;
}

/** Claims that nobody submitted and contributions that are not evidenced, each in the order of ids. */
export async function unfinished(
  sql: Sql,
  agreementId: string,
): Promise<{ claims: string[]; contributions: string[] }> {
  const found = await firstRow<{ claims: string[]; contributions: string[] }>(
    sql,
    `select array(select id from claim where agreement_id = $1 and state in ('draft', 'fd-certified') order by id) as claims,
       array(select id from contribution where agreement_id = $1 and state in ('pledged', 'rejected') order by id)
         as contributions`,
    [agreementId],
  );
  return found as { claims: string[]; contributions: string[] };
}
