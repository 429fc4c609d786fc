import type { Sql } from '../database/sql.js';
import { IN_FORCE } from '../funding/agreements/agreement.rules.js';
import type { YearEndLine } from './year-end-position.rules.js';

const stage = (name: string): string =>
  `coalesce(sum(a.balance_pence) filter (where a.stage = '${name}'), 0)::bigint`;

const carried = (condition: string): string => `coalesce(sum(pence) filter (where ${condition}), 0)::bigint`;

/**
 * Where the grant of a year is, by trust and kind, with what the latest accepted returns forecast and what change
 * requests carry to a later year. A trust's agreements are taken together, as its returns take them.
 */
export function yearEndLines(sql: Sql, programmeId: string, financialYear: string): Promise<YearEndLine[]> {
  return sql.query<YearEndLine>(
    `with line as (
       select g.trust_id, l.kind, array_agg(distinct g.id) as agreements,
         coalesce(sum(a.balance_pence) filter (where a.stage <> 'outside'), 0)::bigint as granted,
         ${stage('awarded')} as awarded, ${stage('claimed')} as claimed, ${stage('approved')} as approved,
         ${stage('paid')} as paid, ${stage('recovered')} as recovered, ${stage('written-off')} as written_off,
         ${stage('lapsed')} as lapsed, ${stage('withdrawn')} as withdrawn
       from agreement g join funding_line l on l.agreement_id = g.id and l.financial_year = $2
         left join account a on a.line_id = l.id and a.source = 'grant'
       where g.programme_id = $1 and g.state = any ($3)
       group by g.trust_id, l.kind)
     select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, line.kind,
       (select json_agg(json_build_object('id', g.id, 'reference', g.reference) order by g.reference)
        from agreement g where g.id = any (line.agreements)) as agreements,
       line.granted as "grantedPence", line.awarded as "notClaimedPence", line.claimed as "claimedPence",
       line.approved as "approvedPence", line.paid as "paidPence", line.recovered as "recoveredPence",
       line.written_off as "writtenOffPence", line.lapsed as "lapsedPence", line.withdrawn as "withdrawnPence",
       (select json_build_object('period', t.label, 'spentToDatePence', s.spent_to_date_pence,
            'forecastPence', s.forecast_pence)
        from reported_spend s join reporting_period t on t.id = s.period_id
        where s.programme_id = $1 and s.trust_id = line.trust_id and s.financial_year = $2 and s.kind = line.kind
          and s.source = 'grant' and not s.superseded order by t.ends_on desc limit 1) as forecast,
       (select json_build_object(
            'pendingPence', ${carried("state in ('submitted', 'impact-assessed', 'deferred')")},
            'approvedPence', ${carried("state = 'approved'")}, 'appliedPence', ${carried("state = 'applied'")},
            'requests', coalesce(json_agg(json_build_object('id', id, 'reference', reference, 'state', state,
              'amountPence', pence) order by id), '[]'))
        from (select c.id, c.reference, c.state, sum((m ->> 'amountPence')::bigint)::bigint as pence
          from change_request c cross join jsonb_array_elements(c.content -> 'moves') m
          where c.agreement_id = any (line.agreements) and m ->> 'source' = 'grant'
            and c.state in ('submitted', 'impact-assessed', 'deferred', 'approved', 'applied')
            and m -> 'from' ->> 'financialYear' = $2 and m -> 'from' ->> 'kind' = line.kind
            and m -> 'to' ->> 'financialYear' > $2
          group by c.id, c.reference, c.state) asked) as "carryForward"
     from line join organisation o on o.id = line.trust_id order by o.name, line.kind`,
    [programmeId, financialYear, IN_FORCE],
  );
}
