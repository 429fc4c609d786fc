import type { Sql } from '../database/sql.js';
import { planned, score } from './programme-progress.queries.js';
import type { PlannedShown, ScoreShown, TrustFigureShown } from './programme-progress.types.js';

const REF = `s.code || '/v' || s.version`;

/** The awardees that the reader may see figures of. */
const AWARDEES = `select o.id, o.ods_code, o.name from g, programme_role r join organisation o on o.id = r.organisation_id
  where r.programme_id = g.id and r.role = 'awardee' and r.status = 'confirmed'
    and ((select setting('exemplar.reach') = 'all') or o.id = (select setting('exemplar.trust_id')::uuid))`;

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

/** Where each trust stands toward each target set, by name. */
export function trustsToward(sql: Sql, slug: string): Promise<TrustToward[]> {
  return sql.query<TrustToward>(
    `with g as materialized (select * from programme where slug = $1), listed as materialized (${AWARDEES})
     select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, ${REF} as "targetSet",
       e.label as period, ${trustFigure('f')} as "selfReported", ${trustFigure('v')} as validated
     from g join target_set s on s.programme_id = g.id cross join listed o
       left join lateral (select * from progress p where p.trust_id = o.id and p.programme_id = g.id
         and p.basis = 'self-reported' and p.target_set_id = s.id order by p.ends_on desc limit 1) f on true
       left join progress v on v.trust_id = o.id and v.programme_id = g.id and v.basis = 'validated'
         and v.target_set_id = s.id and v.period_id = f.period_id
       left join reporting_period e on e.id = f.period_id
     order by s.code, s.version, o.name`,
    [slug],
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
  slug: string,
  targetSetId: string,
): Promise<ProgrammeTowardPoint[]> {
  return sql.query<ProgrammeTowardPoint>(
    `select ${POINT}, f.trusts_reported as "trustsReported", f.trusts_total as "trustsTotal"
     from programme g join programme_progress f on f.programme_id = g.id and f.basis = 'self-reported'
       join reporting_period e on e.id = f.period_id
       left join programme_progress v on v.programme_id = g.id and v.period_id = f.period_id
         and v.target_set_id = f.target_set_id and v.basis = 'validated'
     where g.slug = $1 and f.target_set_id = $2 order by e.ends_on`,
    [slug, targetSetId],
  );
}

/** Each trust's history toward one version of a target set, by name and in order of time. */
export function trustHistoriesToward(
  sql: Sql,
  slug: string,
  targetSetId: string,
): Promise<TrustTowardPoint[]> {
  return sql.query<TrustTowardPoint>(
    `with g as materialized (select * from programme where slug = $1), listed as materialized (${AWARDEES})
     select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, ${POINT},
       f.measures_reported as "measuresReported", f.measures_total as "measuresTotal"
     from g cross join listed o join progress f on f.trust_id = o.id and f.programme_id = g.id
         and f.basis = 'self-reported' and f.target_set_id = $2
       join reporting_period e on e.id = f.period_id
       left join progress v on v.trust_id = o.id and v.programme_id = g.id and v.period_id = f.period_id
         and v.target_set_id = f.target_set_id and v.basis = 'validated'
     order by o.name, e.ends_on`,
    [slug, targetSetId],
  );
}
