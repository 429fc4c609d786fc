import type { DateOn } from '../core/calendar.js';
import { firstRow, given, type ReadSql, type Sql } from '../database/sql.js';
import { type Awardee, CONFIRMED, REACHED } from '../programmes/awardee.queries.js';
import {
  type Asked,
  ofTrusts,
  sumOfTrusts,
  sumsInRow,
  sumsOf,
  type TrustSum,
} from '../programmes/kept-sum.queries.js';
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

/** How many trusts have a rating; and by its id each whose latest is worse than the one before, as `ratingChange` says. */
export const RATINGS: TrustSum = {
  name: 'ratings',
  tables: ['delivery_confidence', 'programme_role', 'reporting_period'],
  asked: async (sql, programmeId) => asked(await scaleOf(sql, programmeId)),
  of(sql, programmeId, [code, points], trusts) {
    const values: unknown[] = [programmeId, code, points?.split(' ')];
    const of = ofTrusts(values, trusts);
    return sumsOf(
      sql,
      `with e as materialized (select id, ends_on from reporting_period where programme_id = $1),
       two as materialized (select o.id, r.scales, r.ratings from organisation o cross join lateral (${LAST_TWO}) r
         where ${CONFIRMED} and ${REACHED}${of('o.id')})
       select 'rated' as name, count(*) as value from two where ratings is not null
       union all select id::text, 1 from two where scales[1] = $2 and scales[2] = $2
         and array_position($3::text[], ratings[1]) > array_position($3::text[], ratings[2])`,
      values,
    );
  },
};

const asked = ({ code, points }: Scale): Asked => [code, points.map((point) => point.code).join(' ')];

/** The scale on which a programme has its trusts rated. */
async function scaleOf(sql: Sql, programmeId: string): Promise<Scale> {
  const row = await firstRow<{ scale: Scale }>(
    sql,
    `select terms -> 'confidenceScale' as scale from programme where id = $1`,
    [programmeId],
  );
  return (row as { scale: Scale }).scale;
}

/**
 * Whose latest rating is worse than the one before: both are points of the scale, and of no other. `limit` trusts at
 * most, those after a name and id.
 */
export async function worsened(
  sql: ReadSql,
  programmeId: string,
  scale: Scale,
  limit: number,
  after: unknown[] | null,
): Promise<Worsened> {
  const { rated = 0, ...each } = await sumOfTrusts(sql, RATINGS, programmeId, asked(scale));
  const worse = Object.keys(each).filter((id) => each[id] !== 0);
  const values: unknown[] = [worse, limit];
  const rest = given(values, { '(o.name, o.id) > (?, ?::uuid)': after });
  const trusts = await sql.query<Awardee>(
    `select o.id, o.ods_code as "odsCode", o.name from organisation o where o.id = any ($1::uuid[])${rest}
     order by o.name, o.id limit $2`,
    values,
  );
  return { rated, worse: worse.length, trusts };
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

/** How many returns there are, and how many of them are late, queried and unchanged. */
export const RETURNS: TrustSum<Record<'all' | Exclude<keyof ReturnCounts, 'any'>, number>> = {
  name: 'returns',
  tables: ['finding', 'progress_report', 'report_version'],
  asked: async (_sql, _programmeId, today) => [today],
  of(sql, programmeId, [today], trusts) {
    const values: unknown[] = [programmeId, today];
    const of = ofTrusts(values, trusts)('r.trust_id');
    return sumsInRow(
      sql,
      `select (select count(*) from progress_report r where r.programme_id = $1${of})::int as all,
       (select count(*) from progress_report r where r.programme_id = $1 and ${OVERDUE}${of})::int as late,
       (select count(*) from progress_report r where r.programme_id = $1 and r.state = 'queried'${of})::int as queried,
       (select count(*) from finding f join report_version v on v.id = f.report_version_id
           join progress_report r on r.id = v.report_id and r.version = v.number
         where f.code = 'nothing-changed' and r.programme_id = $1${of} and not exists (select from progress_report later
           where later.trust_id = r.trust_id and later.programme_id = $1
             and (later.due_on, later.id) > (r.due_on, r.id)))::int
         as unchanged`,
      values,
    );
  },
};

/** How many returns are late, queried and unchanged. */
export async function returnCounts(sql: ReadSql, programmeId: string, today: DateOn): Promise<ReturnCounts> {
  const { all, ...counts } = await sumOfTrusts(sql, RETURNS, programmeId, [today]);
  return { any: all > 0, ...counts };
}
