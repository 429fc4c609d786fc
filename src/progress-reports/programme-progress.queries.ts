import { firstRow, type Sql } from '../database/sql.js';

/** A score with its parts; the percentage is rounded down to one decimal, so that nothing reads as reached early. */
const score = (
  f: string,
): string => `json_build_object('numerator', ${f}.numerator, 'denominator', ${f}.denominator,
    'percent', floor(${f}.numerator * 1000.0 / nullif(${f}.denominator, 0)) / 10)`;

/** What was planned by now, and how far the measures that have a plan are from it. */
const planned = (f: string): string => `case when ${f}.planned_denominator > 0 then json_build_object(
    'numerator', ${f}.planned_numerator, 'denominator', ${f}.planned_denominator,
    'percent', floor(${f}.planned_numerator * 1000.0 / ${f}.planned_denominator) / 10,
    'comparableNumerator', ${f}.comparable_numerator,
    'variancePoints', round((${f}.comparable_numerator - ${f}.planned_numerator) * 100.0 / ${f}.planned_denominator, 1)) end`;

const programmeFigure = (
  basis: string,
): string => `(select json_build_object('score', ${score('f')}, 'planned', ${planned('f')},
    'trustsReported', f.trusts_reported, 'trustsCarriedForward', f.trusts_carried_forward, 'trustsTotal', f.trusts_total,
    'expected', f.expected, 'illustrative', f.illustrative, 'revision', f.revision)
  from programme_progress f where f.programme_id = g.id and f.period_id = t.id
    and f.target_set_id is not distinct from w.id and f.basis = '${basis}')`;

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

/** The latest figure of each trust until the period's end, as the programme adds them up. */
const trusts = (
  limit: string,
  after: string,
): string => `(select coalesce(json_agg(row_to_json(listed) order by listed.name), '[]') from (
    select o.ods_code as "odsCode", o.name,
      (select json_build_object('period', e.label, 'selfReported', json_build_object('id', f.id, 'score', ${score('f')},
           'planned', ${planned('f')}, 'expected', f.expected, 'measuresReported', f.measures_reported,
           'measuresTotal', f.measures_total),
         'validated', (select json_build_object('id', f2.id, 'score', ${score('f2')}) from progress f2
           where f2.trust_id = o.id and f2.period_id = f.period_id and f2.basis = 'validated' and f2.target_set_id is null),
         'illustrative', f.illustrative)
       from progress f join reporting_period e on e.id = f.period_id
       where f.trust_id = o.id and f.programme_id = g.id and f.basis = 'self-reported' and f.target_set_id is null
         and f.ends_on <= t.ends_on order by f.ends_on desc limit 1) as progress,
      (select json_build_object('scale', c.scale, 'rating', c.rating, 'reason', c.reason, 'period', e.label,
           'illustrative', c.illustrative)
       from delivery_confidence c join reporting_period e on e.id = c.period_id
       where c.trust_id = o.id and c.programme_id = g.id and not c.superseded and e.ends_on <= t.ends_on
       order by e.ends_on desc limit 1) as "deliveryConfidence"
    from programme_role r join organisation o on o.id = r.organisation_id
    where r.programme_id = g.id and r.role = 'awardee' and r.status = 'confirmed'
      and ((select setting('exemplar.reach')) = 'all' or o.id = (select setting('exemplar.trust_id')::uuid))
      and (${after}::text is null or o.name > ${after})
    order by o.name limit ${limit}) listed)`;

const PERIOD = `reporting_period t on t.id = coalesce(
    (select id from reporting_period where programme_id = g.id and label = $2),
    (select f.period_id from programme_progress f where f.programme_id = g.id order by f.ends_on desc limit 1),
    (select id from reporting_period where programme_id = g.id order by ends_on limit 1))`;

/**
 * A programme's progress at the end of a period as JSON text, made by the database: its figures are sums that are
 * kept, so the cost does not grow with its trusts or its history.
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
    `select json_build_object(
       'programme', json_build_object('slug', g.slug, 'name', g.name, 'startsOn', g.starts_on, 'endsOn', g.ends_on,
         'illustrative', g.illustrative),
       'period', json_build_object('label', t.label, 'endsOn', t.ends_on),
       'awarded', json_build_object('grantPence', g.control_grant_pence, 'matchPence', g.control_match_pence,
         'totalPence', g.control_total_pence),
       'figures', (select json_agg(json_build_object(${TOWARD}, 'selfReported', ${programmeFigure('self-reported')},
           'validated', ${programmeFigure('validated')}) order by w.code nulls first, w.version) from ${WANTED} w),
       'history', (select coalesce(json_agg(json_build_object('period', e.label, 'endsOn', e.ends_on, 'basis', f.basis,
           'score', ${score('f')}, 'planned', ${planned('f')}, 'trustsReported', f.trusts_reported, 'illustrative', f.illustrative) order by e.ends_on, f.basis), '[]')
         from programme_progress f join reporting_period e on e.id = f.period_id
         where f.programme_id = g.id and f.target_set_id is null and e.ends_on <= t.ends_on),
       'trusts', ${trusts('$3', '$4')})::text as json,
       (select last.name from (select o.name, row_number() over (order by o.name) as place, count(*) over () as all_of_them
          from programme_role r join organisation o on o.id = r.organisation_id
          where r.programme_id = g.id and r.role = 'awardee' and r.status = 'confirmed' and ($4::text is null or o.name > $4)
            and (select setting('exemplar.reach')) = 'all'
          order by o.name limit $3) last where place = $3 and all_of_them > $3) as next
     from programme g join ${PERIOD} where g.slug = $1`,
    [slug, period, limit, after],
  );
}

/** A trust's progress at the end of a period as JSON text: every figure with its id, which its lineage goes by. */
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
