import { type FinancialYear, financialYearOf } from '../core/financial-period.js';
import { given, type ReadSql, type Sql } from '../database/sql.js';
import { IN_FORCE } from '../funding/agreements/agreement.rules.js';
import { ofTrusts, sumOfTrusts, sumsInRow, type TrustSum } from '../programmes/kept-sum.queries.js';
import type { YearEndLine, YearEndTotals } from './year-end-position.rules.js';

const stage = (name: string): string =>
  `coalesce(sum(a.balance_pence) filter (where a.stage = '${name}'), 0)::bigint`;

const STAGES = ['awarded', 'claimed', 'approved', 'paid', 'recovered', 'written-off', 'lapsed', 'withdrawn'];

const carried = (condition: string): string => `coalesce(sum(pence) filter (where ${condition}), 0)::bigint`;

/** The lines of a year under agreements in force, as `l` and `g`; their grant stands in accounts `a`. */
const LINES = `agreement g join funding_line l on l.agreement_id = g.id and l.financial_year = $2`;
const HELD = `coalesce(sum(a.balance_pence) filter (where a.stage <> 'outside'), 0)::bigint as granted,
    ${STAGES.map((name) => `${stage(name)} as ${name.replace('-', '_')}`).join(', ')}`;

/** States of change requests that may carry grant to a later year, and what they then are. */
const CARRIED = ['submitted', 'impact-assessed', 'deferred', 'approved', 'applied'];
const PENDING = carried("state in ('submitted', 'impact-assessed', 'deferred')");

/** Whether a move `m` of a change request takes grant of the year to a later one. */
const CARRIES = `m ->> 'source' = 'grant' and m -> 'from' ->> 'financialYear' = $2 and m -> 'to' ->> 'financialYear' > $2`;

/**
 * Where the grant of a year is, of `limit` trusts at most by name, those after a name and code where given; by trust and kind, with what the latest accepted returns forecast and what change
 * requests carry to a later year. A trust's agreements are taken together, as its returns take them.
 */
export function yearEndLines(
  sql: Sql,
  programmeId: string,
  financialYear: string,
  limit: number,
  after: unknown[] | null,
): Promise<YearEndLine[]> {
  const values: unknown[] = [programmeId, financialYear, IN_FORCE, CARRIED, limit];
  const beyond = given(values, { '(o.name, o.ods_code) > (?, ?)': after });
  return sql.query<YearEndLine>(
    `with holder as materialized (select o.id from organisation o
       where o.id in (select g.trust_id from ${LINES} where g.programme_id = $1 and g.state = any ($3))${beyond}
       order by o.name, o.ods_code limit $5),
     line as (
       select g.trust_id, l.kind, array_agg(distinct g.id) as agreements, ${HELD}
       from ${LINES} left join account a on a.line_id = l.id and a.source = 'grant'
       where g.programme_id = $1 and g.state = any ($3) and g.trust_id in (select id from holder)
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
            'pendingPence', ${PENDING},
            'approvedPence', ${carried("state = 'approved'")}, 'appliedPence', ${carried("state = 'applied'")},
            'requests', coalesce(json_agg(json_build_object('id', id, 'reference', reference, 'state', state,
              'amountPence', pence) order by id), '[]'))
        from (select c.id, c.reference, c.state, sum((m ->> 'amountPence')::bigint)::bigint as pence
          from change_request c cross join jsonb_array_elements(c.content -> 'moves') m
          where c.agreement_id = any (line.agreements) and c.state = any ($4) and ${CARRIES}
            and m -> 'from' ->> 'kind' = line.kind
          group by c.id, c.reference, c.state) asked) as "carryForward"
     from line join organisation o on o.id = line.trust_id order by o.name, o.ods_code, line.kind`,
    values,
  );
}

/** For the rows of some trusts alone, by the column that names them. */
type Narrowed = (column: string) => string;

/** The latest forecasts of the accepted returns, by trust and kind. */
const forecasts = (
  of: Narrowed,
): string => `select distinct on (s.trust_id, s.kind) s.trust_id, s.kind, s.forecast_pence
  from reported_spend s join reporting_period t on t.id = s.period_id
  where s.programme_id = $1 and s.financial_year = $2 and s.source = 'grant' and not s.superseded${of('s.trust_id')}
  order by s.trust_id, s.kind, t.ends_on desc`;

/** What change requests carry to a later year, by trust and kind. */
const carriedOf = (of: Narrowed): string => `select trust_id, kind, ${PENDING} as pending,
    ${carried("state = 'approved'")} as approved, ${carried("state = 'applied'")} as applied
  from (select g.trust_id, m -> 'from' ->> 'kind' as kind, c.state, (m ->> 'amountPence')::bigint as pence
    from change_request c join agreement g on g.id = c.agreement_id and g.state = any ($3)
      cross join jsonb_array_elements(c.content -> 'moves') m
    where c.programme_id = $1 and c.state = any ($4)${of('c.trust_id')} and ${CARRIES}) asked group by trust_id, kind`;

/** What all lines of a year come to while it is open: the sums of what `outlookOf` says of each. */
export const YEAR_END: TrustSum<YearEndTotals> = {
  name: 'year-end',
  tables: ['account', 'agreement', 'change_request', 'funding_line', 'reported_spend', 'reporting_period'],
  asked: async (_sql, _programmeId, today) => [financialYearOf(today)],
  of(sql, programmeId, [financialYear], trusts) {
    const values: unknown[] = [programmeId, financialYear, IN_FORCE, CARRIED];
    const of = ofTrusts(values, trusts);
    const sum = (what: string): string => `coalesce(sum(${what}), 0)::bigint`;
    return sumsInRow<YearEndTotals>(
      sql,
      `with held as (
       select g.trust_id, l.kind, ${HELD} from ${LINES} left join account a on a.line_id = l.id and a.source = 'grant'
       where g.programme_id = $1 and g.state = any ($3)${of('g.trust_id')} group by g.trust_id, l.kind),
     line as (
       select h.*, h.awarded as lapses, f.trust_id is not null as forecast,
         greatest(0, h.granted - f.forecast_pence) as underspend, coalesce(c.pending, 0) as pending,
         coalesce(c.approved, 0) as carry_approved, coalesce(c.applied, 0) as applied
       from held h left join (${forecasts(of)}) f on f.trust_id = h.trust_id and f.kind = h.kind
         left join (${carriedOf(of)}) c on c.trust_id = h.trust_id and c.kind = h.kind)
     select count(*)::int as lines, (count(*) filter (where lapses > 0))::int as "linesThatLapse",
       (count(*) filter (where not forecast))::int as "linesWithoutForecast", ${sum('granted')} as "grantedPence",
       ${sum('awarded')} as "notClaimedPence", ${sum('claimed')} as "claimedPence", ${sum('approved')} as "approvedPence",
       ${sum('paid')} as "paidPence", ${sum('recovered')} as "recoveredPence", ${sum('written_off')} as "writtenOffPence",
       ${sum('lapsed')} as "lapsedPence", ${sum('withdrawn')} as "withdrawnPence", ${sum('lapses')} as "lapsesPence",
       ${sum('greatest(0, lapses - carry_approved)')} as "lapsesAfterApprovedPence",
       coalesce(sum(underspend) filter (where forecast), 0)::bigint as "expectedUnderspendPence",
       ${sum('pending')} as "carryForwardPendingPence", ${sum('carry_approved')} as "carryForwardApprovedPence",
       ${sum('applied')} as "carryForwardAppliedPence"
     from line`,
      values,
    );
  },
};

/**
 * What all lines of a year come to.
 * @param closed whether the year is closed: nothing more lapses
 */
export async function yearEndTotals(
  sql: ReadSql,
  programmeId: string,
  financialYear: FinancialYear,
  closed: boolean,
): Promise<YearEndTotals> {
  const totals = await sumOfTrusts<YearEndTotals>(sql, YEAR_END, programmeId, [financialYear]);
  return closed ? { ...totals, linesThatLapse: 0, lapsesPence: 0, lapsesAfterApprovedPence: 0 } : totals;
}
