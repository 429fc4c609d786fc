import { given, type Sql } from '../database/sql.js';
import { planned, score } from './programme-progress.queries.js';
import type { PlannedShown, ScoreShown, TrustFigureShown } from './programme-progress.types.js';

const REF = `s.code || '/v' || s.version`;

const trustFigure = (
  f: string,
): string => `case when ${f}.id is not null then json_build_object('id', ${f}.id, 'score', ${score(f)},
    'planned', ${planned(f)}, 'measuresReported', ${f}.measures_reported, 'measuresTotal', ${f}.measures_total,
    'expected', ${f}.expected, 'illustrative', ${f}.illustrative, 'revision', ${f}.revision) end`;

/** Where a trust stands toward a target set, by the latest period that it reported. */
export interface TrustToward {
  trust: { odsCode: string; name: string };
  /** Code and version. */
  targetSet: string;
  /** The label; null, with both figures, where it never reported toward this set. */
  period: string | null;
  selfReported: TrustFigureShown | null;
  validated: TrustFigureShown | null;
}

/** Where some trusts stand toward each target set, by name. */
export function trustsToward(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[],
): Promise<TrustToward[]> {
  return sql.query<TrustToward>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, ${REF} as "targetSet",
       e.label as period, ${trustFigure('f')} as "selfReported", ${trustFigure('v')} as validated
     from target_set s join organisation o on o.id = any ($2::uuid[])
       left join lateral (select * from progress p where p.trust_id = o.id and p.programme_id = $1
         and p.basis = 'self-reported' and p.target_set_id = s.id order by p.ends_on desc limit 1) f on true
       left join progress v on v.trust_id = o.id and v.programme_id = $1 and v.basis = 'validated'
         and v.target_set_id = s.id and v.period_id = f.period_id
       left join reporting_period e on e.id = f.period_id
     where s.programme_id = $1 order by s.code, s.version, o.name, o.id`,
    [programmeId, trustIds],
  );
}

/** A period of a history toward one version of a target set. */
export interface TowardPoint {
  /** The label, and the last day. */
  period: string;
  endsOn: string;
  selfReported: ScoreShown;
  validated: ScoreShown | null;
  planned: PlannedShown | null;
  illustrative: boolean;
}

/** A programme's history toward one version of a target set: `trustsReported` of `trustsTotal`. */
export type ProgrammeTowardPoint = TowardPoint & { trustsReported: number; trustsTotal: number };

/** A trust's history toward one version of a target set. */
export type TrustTowardPoint = TowardPoint & {
  trust: { odsCode: string; name: string };
  measuresReported: number;
  measuresTotal: number;
};

const POINT = `e.label as period, e.ends_on as "endsOn", ${score('f')} as "selfReported",
    case when v.id is not null then ${score('v')} end as validated, ${planned('f')} as planned, f.illustrative`;

/** The programme's history toward one version of a target set, in order of time: no other version is in it. */
export function programmeHistoryToward(
  sql: Sql,
  programmeId: string,
  targetSetId: string,
): Promise<ProgrammeTowardPoint[]> {
  return sql.query<ProgrammeTowardPoint>(
    `select ${POINT}, f.trusts_reported as "trustsReported", f.trusts_total as "trustsTotal"
     from programme_progress f join reporting_period e on e.id = f.period_id
       left join programme_progress v on v.programme_id = f.programme_id and v.period_id = f.period_id
         and v.target_set_id = f.target_set_id and v.basis = 'validated'
     where f.programme_id = $1 and f.basis = 'self-reported' and f.target_set_id = $2 order by e.ends_on`,
    [programmeId, targetSetId],
  );
}

/**
 * The histories of some trusts toward one version of a target set, by name and in order of time.
 * @param periods how many periods of the programme, up to the latest that is reported; null for all
 */
export function trustHistoriesToward(
  sql: Sql,
  programmeId: string,
  targetSetId: string,
  trustIds: readonly string[],
  periods: number | null,
): Promise<TrustTowardPoint[]> {
  const values: unknown[] = [programmeId, targetSetId, trustIds];
  const wanted = given(values, {
    'f.period_id in (select p.period_id from programme_progress p where p.programme_id = $1 and p.target_set_id = $2 group by p.period_id, p.ends_on order by p.ends_on desc limit ?)':
      periods,
  });
  return sql.query<TrustTowardPoint>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, ${POINT},
       f.measures_reported as "measuresReported", f.measures_total as "measuresTotal"
     from organisation o join progress f on f.trust_id = o.id and f.programme_id = $1
         and f.basis = 'self-reported' and f.target_set_id = $2
       join reporting_period e on e.id = f.period_id
       left join progress v on v.trust_id = o.id and v.programme_id = $1 and v.period_id = f.period_id
         and v.target_set_id = f.target_set_id and v.basis = 'validated'
     where o.id = any ($3::uuid[])${wanted} order by o.name, o.id, e.ends_on`,
    values,
  );
}
