import type { DateOn } from '../core/calendar.js';
import { given, type Sql } from '../database/sql.js';
import { type Awardee, CONFIRMED, REACHED } from '../programmes/awardee.queries.js';
import type { Rating, Scale } from './delivery.rules.js';
import { OVERDUE } from './progress-report.queries.js';
import type { ProgressReportState } from './progress-report.rules.js';

/** A trust with all its ratings that stand, in order of time. */
export interface TrustRatings {
  trust: { odsCode: string; name: string };
  ratings: Rating[];
}

/** Every rating that stands of some trusts of a programme, by name. */
export function ratingsByTrust(
  sql: Sql,
  programmeId: string,
  odsCodes: readonly string[],
): Promise<TrustRatings[]> {
  return sql.query<TrustRatings>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
       (select coalesce(json_agg(json_build_object('period', e.label, 'endsOn', e.ends_on, 'scale', c.scale,
           'rating', c.rating, 'reason', c.reason, 'illustrative', c.illustrative) order by e.ends_on), '[]')
         from delivery_confidence c join reporting_period e on e.id = c.period_id
         where c.trust_id = o.id and c.programme_id = $1 and not c.superseded) as ratings
     from organisation o where o.ods_code = any ($2) order by o.name, o.id`,
    [programmeId, odsCodes],
  );
}

/** How delivery confidence stands over all trusts, and some of those whose latest rating is worse than the one before. */
export interface Worsened {
  /** Trusts that have a rating. */
  rated: number;
  worse: number;
  /** By name. */
  trusts: Awardee[];
}

/** The last two ratings of a trust `o`, the latest first. Goes back from period to period, and seldom far. */
const LAST_TWO = `select array_agg(x.scale order by x.ends_on desc) as scales,
    array_agg(x.rating order by x.ends_on desc) as ratings
  from (select e.ends_on, c.scale, c.rating
    from (select id, ends_on from e order by ends_on desc) e cross join lateral (select scale, rating
      from delivery_confidence where trust_id = o.id and period_id = e.id and not superseded offset 0) c
    order by e.ends_on desc limit 2) x`;

/**
 * Whose latest rating is worse than the one before, as `ratingChange` says: both are points of the scale, and of no
 * other. `limit` trusts at most, those after a name and id.
 */
export async function worsened(
  sql: Sql,
  programmeId: string,
  { code, points }: Scale,
  limit: number,
  after: unknown[] | null,
): Promise<Worsened> {
  const values: unknown[] = [programmeId, code, points.map((point) => point.code), limit];
  const rest = given(values, { '(w.name, w.id) > (?, ?::uuid)': after });
  const [found] = await sql.query<Worsened>(
    `with e as materialized (select id, ends_on from reporting_period where programme_id = $1),
       two as materialized (select o.id, o.ods_code, o.name, r.scales, r.ratings
         from organisation o cross join lateral (${LAST_TWO}) r where ${CONFIRMED} and ${REACHED}),
       worse as materialized (select id, ods_code, name from two where scales[1] = $2 and scales[2] = $2
         and array_position($3::text[], ratings[1]) > array_position($3::text[], ratings[2]))
     select (select count(*) from two where ratings is not null)::int as rated, (select count(*) from worse)::int as worse,
       coalesce((select json_agg(json_build_object('id', l.id, 'odsCode', l.ods_code, 'name', l.name) order by l.name, l.id)
         from (select w.* from worse w where true${rest} order by w.name, w.id limit $4) l), '[]') as trusts`,
    values,
  );
  return found ?? { rated: 0, worse: 0, trusts: [] };
}

/** The latest return of a trust: the one that was due last. */
export interface StandingReturn {
  id: string;
  trust: { odsCode: string; name: string };
  /** The label. */
  period: string;
  state: ProgressReportState;
  dueOn: DateOn;
  overdue: boolean;
  /** As the trust sees it; null until it says. */
  confidence: { scale: string; rating: string; reason: string | null } | null;
  illustrative: boolean;
}

/** The latest return of each of some trusts, by name. */
export function latestReturns(
  sql: Sql,
  programmeId: string,
  today: DateOn,
  odsCodes: readonly string[],
): Promise<StandingReturn[]> {
  return sql.query<StandingReturn>(
    `select r.id, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period, r.state,
       r.due_on as "dueOn", ${OVERDUE} as overdue,
       case when jsonb_typeof(v.confidence) = 'object' then json_build_object('scale', v.confidence -> 'scale',
         'rating', v.confidence -> 'rating', 'reason', v.confidence -> 'reason') end as confidence, r.illustrative
     from organisation o cross join lateral (select * from progress_report
         where trust_id = o.id and programme_id = $1 order by due_on desc, id desc limit 1) r
       join reporting_period t on t.id = r.period_id
       join report_version v on v.report_id = r.id and v.number = r.version
     where o.ods_code = any ($3) order by o.name, o.id`,
    [programmeId, today, odsCodes],
  );
}

/** How many returns of a programme somebody may have to see to. */
export interface ReturnCounts {
  /** Whether there is any return. */
  any: boolean;
  late: number;
  queried: number;
  /** Of the latest of each trust: its assessment found that nothing but words changed since the last accepted one. */
  unchanged: number;
}

/** How many returns are late, queried and unchanged. */
export async function returnCounts(sql: Sql, programmeId: string, today: DateOn): Promise<ReturnCounts> {
  const [counts] = await sql.query<ReturnCounts>(
    `select exists (select from progress_report r where r.programme_id = $1) as any,
       (select count(*) from progress_report r where r.programme_id = $1 and ${OVERDUE})::int as late,
       (select count(*) from progress_report r where r.programme_id = $1 and r.state = 'queried')::int as queried,
       (select count(*) from finding f join report_version v on v.id = f.report_version_id
           join progress_report r on r.id = v.report_id and r.version = v.number
         where f.code = 'nothing-changed' and r.programme_id = $1 and not exists (select from progress_report later
           where later.trust_id = r.trust_id and later.programme_id = $1
             and (later.due_on, later.id) > (r.due_on, r.id)))::int
         as unchanged`,
    [programmeId, today],
  );
  return counts ?? { any: false, late: 0, queried: 0, unchanged: 0 };
}
