import { firstRow, type Sql } from '../database/sql.js';

/** A score with its parts; the percentage is rounded down to one decimal, so that nothing reads as reached early. */
export const score = (
  f: string,
): string => `json_build_object('numerator', ${f}.numerator, 'denominator', ${f}.denominator,
    'percent', ${f}.numerator * 1000 / nullif(${f}.denominator, 0) * 0.1)`;

/** What was planned by now, and how far the measures that have a plan are from it. */
export const planned = (f: string): string => `case when ${f}.planned_denominator > 0 then json_build_object(
    'numerator', ${f}.planned_numerator, 'denominator', ${f}.planned_denominator,
    'percent', ${f}.planned_numerator * 1000 / ${f}.planned_denominator * 0.1,
    'comparableNumerator', ${f}.comparable_numerator,
    'variancePoints', round((${f}.comparable_numerator - ${f}.planned_numerator) * 100.0 / ${f}.planned_denominator, 1)) end`;

const programmeFigure = (
  basis: string,
): string => `(select json_build_object('id', f.id, 'score', ${score('f')}, 'planned', ${planned('f')},
    'trustsReported', f.trusts_reported, 'trustsCarriedForward', f.trusts_carried_forward, 'trustsTotal', f.trusts_total,
    'expected', f.expected, 'illustrative', f.illustrative, 'revision', f.revision)
  from sums f where f.target_set_id is not distinct from w.id and f.basis = '${basis}')`;

const trustFigure = (
  basis: string,
): string => `(select json_build_object('id', f.id, 'score', ${score('f')}, 'planned', ${planned('f')},
    'measuresReported', f.measures_reported, 'measuresTotal', f.measures_total, 'expected', f.expected,
    'illustrative', f.illustrative, 'revision', f.revision)
  from progress f where f.trust_id = o.id and f.programme_id = g.id and f.period_id = t.id
    and f.target_set_id is not distinct from w.id and f.basis = '${basis}')`;

/** The target sets of a programme, and null for all of them together, as `w`. */
const WANTED = `(select id, code || '/v' || version as ref, name, target_on, target_numerator, target_denominator, code, version
    from target_set where programme_id = g.id
    union all select null, null, 'All targets', null, null, null, null, null)`;

const TOWARD = `'targetSet', case when w.id is null then null else json_build_object('ref', w.ref, 'name', w.name,
      'targetOn', w.target_on, 'target', json_build_object('numerator', w.target_numerator, 'denominator', w.target_denominator)) end`;

/** One awardee more than are shown, by name: the one beyond says that there is another page. */
const LISTED = `select o.id, o.ods_code, o.name
  from g, programme_role r join organisation o on o.id = r.organisation_id
  where r.programme_id = g.id and r.role = 'awardee' and r.status = 'confirmed'
    and ((select setting('exemplar.reach') = 'all') or o.id = (select setting('exemplar.trust_id')::uuid))
    and o.name > coalesce($4, '')
  order by o.name limit $3 + 1`;

/** A trust's latest figure until the period's end, as the programme adds them up. */
const LATEST_FIGURE = `(select json_build_object('period', e.label, 'selfReported', json_build_object('id', f.id,
      'score', ${score('f')}, 'planned', ${planned('f')}, 'expected', f.expected, 'measuresReported', f.measures_reported,
      'measuresTotal', f.measures_total),
    'validated', (select json_build_object('id', f2.id, 'score', ${score('f2')}) from progress f2
      where f2.trust_id = o.id and f2.period_id = f.period_id and f2.basis = 'validated' and f2.target_set_id is null),
    'illustrative', f.illustrative)
  from (select * from progress where trust_id = o.id and programme_id = g.id and basis = 'self-reported'
      and target_set_id is null and ends_on <= t.ends_on order by ends_on desc limit 1) f
    join reporting_period e on e.id = f.period_id)`;

/** A trust's latest rating until the period's end. Goes back from period to period, and seldom far. */
const LATEST_CONFIDENCE = `(select json_build_object('scale', c.scale, 'rating', c.rating, 'reason', c.reason,
    'period', e.label, 'illustrative', c.illustrative)
  from reporting_period e cross join lateral (select * from delivery_confidence
      where trust_id = o.id and period_id = e.id and not superseded offset 0) c
  where e.programme_id = g.id and e.ends_on <= t.ends_on order by e.ends_on desc limit 1)`;

/** How many periods, up to the one that is asked for, the history of a programme shows: three years of quarters. */
const PERIODS_SHOWN = 12;

const PERIOD = `reporting_period t on t.id = case when $2::text is not null
    then (select id from reporting_period where programme_id = g.id and label = $2)
    else coalesce((select f.period_id from programme_progress f where f.programme_id = g.id order by f.ends_on desc limit 1),
      (select id from reporting_period where programme_id = g.id order by ends_on limit 1)) end`;

/**
 * A programme's progress at the end of a period as JSON text, made by the database: its figures are sums that are
 * kept, so the cost does not grow with its trusts or its history. Read, it is a `ProgrammeProgressView`.
 * @param period a label; null for the latest that was reported
 */
export function programmeProgress(
  sql: Sql,
  slug: string,
  period: string | null,
  limit: number,
  after: string | null,
): Promise<{ json: string; next: string | null } | undefined> {
  return firstRow(
    sql,
    `with g as materialized (select * from programme where slug = $1),
       t as materialized (select t.* from g join ${PERIOD}),
       sums as materialized (select f.* from g, t, programme_progress f where f.programme_id = g.id and f.period_id = t.id),
       listed as materialized (${LISTED})
     select json_build_object(
       'programme', json_build_object('slug', g.slug, 'name', g.name, 'startsOn', g.starts_on, 'endsOn', g.ends_on,
         'illustrative', g.illustrative),
       'period', json_build_object('label', t.label, 'endsOn', t.ends_on),
       'awarded', json_build_object('grantPence', g.control_grant_pence, 'matchPence', g.control_match_pence,
         'totalPence', g.control_total_pence),
       'figures', (select json_agg(json_build_object(${TOWARD}, 'selfReported', ${programmeFigure('self-reported')},
           'validated', ${programmeFigure('validated')}) order by w.code nulls first, w.version) from ${WANTED} w),
       'history', (select coalesce(json_agg(shown order by shown."endsOn", shown.basis), '[]') from (
           select e.label as period, e.ends_on as "endsOn", f.basis, ${score('f')} as score, ${planned('f')} as planned,
             f.trusts_reported as "trustsReported", f.illustrative
           from (select * from reporting_period where programme_id = g.id and ends_on <= t.ends_on
               order by ends_on desc limit ${PERIODS_SHOWN}) e
             join programme_progress f on f.programme_id = g.id and f.period_id = e.id and f.target_set_id is null) shown),
       'trusts', (select coalesce(json_agg(shown order by shown.name), '[]') from (
           select o.ods_code as "odsCode", o.name, ${LATEST_FIGURE} as progress, ${LATEST_CONFIDENCE} as "deliveryConfidence"
           from (select * from listed order by name limit $3) o) shown))::text as json,
       case when (select count(*) from listed) > $3 then (select name from listed order by name offset $3 - 1 limit 1) end as next
     from g, t`,
    [slug, period, limit, after],
  );
}

/**
 * A trust's progress at the end of a period as JSON text: every figure with its id, which its lineage goes by. Read, it
 * is a `TrustProgressView`.
 */
export async function trustProgress(
  sql: Sql,
  slug: string,
  odsCode: string,
  period: string | null,
): Promise<string | undefined> {
  const row = await firstRow<{ json: string }>(
    sql,
    `select json_build_object(
       'programme', json_build_object('slug', g.slug, 'name', g.name, 'illustrative', g.illustrative),
       'trust', json_build_object('odsCode', o.ods_code, 'name', o.name),
       'period', json_build_object('label', t.label, 'endsOn', t.ends_on),
       'figures', (select coalesce(json_agg(json_build_object(${TOWARD}, 'selfReported', ${trustFigure('self-reported')},
           'validated', ${trustFigure('validated')}) order by w.code nulls first, w.version), '[]') from ${WANTED} w),
       'history', (select coalesce(json_agg(json_build_object('id', f.id, 'period', e.label, 'endsOn', e.ends_on, 'basis', f.basis,
           'score', ${score('f')}, 'planned', ${planned('f')}, 'illustrative', f.illustrative) order by e.ends_on, f.basis), '[]')
         from progress f join reporting_period e on e.id = f.period_id
         where f.trust_id = o.id and f.programme_id = g.id and f.target_set_id is null and e.ends_on <= t.ends_on),
       'deliveryConfidence', (select coalesce(json_agg(json_build_object('period', e.label, 'scale', c.scale, 'rating', c.rating,
           'reason', c.reason, 'illustrative', c.illustrative) order by e.ends_on), '[]')
         from delivery_confidence c join reporting_period e on e.id = c.period_id
         where c.trust_id = o.id and c.programme_id = g.id and not c.superseded and e.ends_on <= t.ends_on),
       'spend', (select coalesce(json_agg(json_build_object('financialYear', l.financial_year, 'kind', l.kind,
           'source', s.source, 'awardedPence', case s.source when 'grant' then l.grant_pence else l.match_pence end,
           'spentToDatePence', r.spent_to_date_pence, 'forecastPence', r.forecast_pence, 'illustrative', r.illustrative)
           order by l.financial_year, l.kind, s.source), '[]')
         from award a join award_line l on l.award_id = a.id cross join (values ('grant'), ('match')) s (source)
           left join reported_spend r on r.trust_id = o.id and r.programme_id = g.id and not r.superseded
             and r.financial_year = l.financial_year and r.kind = l.kind and r.source = s.source
             and r.period_id = (select p.period_id from reported_spend p join reporting_period e on e.id = p.period_id
               where p.programme_id = g.id and p.trust_id = o.id and not p.superseded and e.ends_on <= t.ends_on
               order by e.ends_on desc limit 1)
         where a.programme_id = g.id and a.trust_id = o.id))::text as json
     from programme g join ${PERIOD}
       join organisation o on o.ods_code = $3
     where g.slug = $1 and exists (select from award a where a.programme_id = g.id and a.trust_id = o.id)`,
    [slug, period, odsCode],
  );
  return row?.json;
}
