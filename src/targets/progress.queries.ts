import { firstRow, given, type Sql } from '../database/sql.js';
import type { MeasureUnit } from '../programmes/definition.types.js';
import { type FigureTarget, overallTarget, type Target, targetOfSet } from './figure.rules.js';
import type { Basis } from './progress.entity.js';
import type { Direction } from './progress.rules.js';

/**
 * Holds the figures of a trust, or of the programme (null), until the transaction ends: two that compute the same ones go one after the other, and
 * the second sees what the first wrote.
 */
export async function holdFigures(sql: Sql, programmeId: string, trustId: string | null): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended($1, 1))`, [
    `${programmeId} ${trustId ?? ''}`,
  ]);
}

/** A period of a programme and the later ones that a trust measured, in order of time. */
export function measuredPeriodsFrom(
  sql: Sql,
  trustId: string,
  periodId: string,
): Promise<Array<{ id: string; endsOn: string }>> {
  return sql.query(
    `select t.id, t.ends_on as "endsOn" from reporting_period t join reporting_period this on this.id = $2
     where t.programme_id = this.programme_id and t.ends_on >= this.ends_on
       and exists (select from measurement m where m.trust_id = $1 and m.period_id = t.id)
     order by t.ends_on`,
    [trustId, periodId],
  );
}

/** A period of a programme and the later ones that a trust has figures for, in order of time. */
export function reportedPeriodsFrom(
  sql: Sql,
  periodId: string,
): Promise<Array<{ id: string; endsOn: string }>> {
  return sql.query(
    `select t.id, t.ends_on as "endsOn" from reporting_period t join reporting_period this on this.id = $1
     where t.programme_id = this.programme_id and t.ends_on >= this.ends_on
       and exists (select from progress p where p.programme_id = t.programme_id and p.period_id = t.id)
     order by t.ends_on`,
    [periodId],
  );
}

/** What the programme's figures are held against: each target set, and all current ones together. */
export async function targetsOf(sql: Sql, programmeId: string): Promise<FigureTarget[]> {
  const sets = await sql.query<Target & { current: boolean }>(
    `select s.id as "targetSetId", s.version, s.target_numerator as "targetNumerator",
       s.target_denominator as "targetDenominator", s.target_on as "targetOn",
       (select sum(m.weight)::int from measure m where m.target_set_id = s.id) as weight,
       not exists (select from target_set newer where newer.programme_id = s.programme_id and newer.code = s.code
         and newer.version > s.version) as current
     from target_set s where s.programme_id = $1`,
    [programmeId],
  );
  return [...sets.map(targetOfSet), overallTarget(sets.filter((set) => set.current))];
}

export interface RollUp {
  target_set_id: string | null;
  basis: Basis;
  target_version: number;
  numerator: number;
  denominator: number;
  comparable_numerator: number;
  planned_numerator: number;
  planned_denominator: number;
  trusts_reported: number;
  trusts_carried_forward: number;
  trusts_total: number;
  illustrative: boolean;
}

/** The trusts' figures added up at the end of a period, each trust with its latest figure until then. */
export function rollUps(sql: Sql, programmeId: string, endsOn: string): Promise<RollUp[]> {
  return sql.query<RollUp>(
    `with awardee as (
       select distinct organisation_id as trust_id from programme_role
       where programme_id = $1 and role = 'awardee' and status <> 'proposed'),
     wanted as (
       select s.id as target_set_id, b.basis from (select id from target_set where programme_id = $1 union all select null) s
         cross join (values ('self-reported'), ('validated')) b (basis))
     select w.target_set_id, w.basis, max(f.target_version) as target_version, sum(f.numerator)::bigint as numerator, sum(f.denominator)::bigint as denominator,
       sum(f.comparable_numerator)::bigint as comparable_numerator,
       sum(f.planned_numerator)::bigint as planned_numerator, sum(f.planned_denominator)::bigint as planned_denominator,
       count(*) filter (where f.ends_on = $2)::int as trusts_reported,
       count(*) filter (where f.ends_on < $2)::int as trusts_carried_forward,
       (select count(*)::int from awardee) as trusts_total, bool_or(f.illustrative) as illustrative
     from wanted w cross join awardee a cross join lateral (
       select p.* from progress p
       where p.programme_id = $1 and p.trust_id = a.trust_id and p.basis = w.basis
         and p.target_set_id is not distinct from w.target_set_id and p.ends_on <= $2
       order by p.ends_on desc limit 1) f
     group by w.target_set_id, w.basis
     having count(*) filter (where f.ends_on = $2) > 0`,
    [programmeId, endsOn],
  );
}

/** A figure with its parts and how it was computed. */
interface ComputedFigure {
  id: string;
  /** The label. */
  period: string;
  basis: Basis;
  /** Code and version; null for all target sets together. */
  targetSet: string | null;
  method: string;
  score: { numerator: number; denominator: number };
  illustrative: boolean;
  revision: number;
}

/** A measurement that a figure was computed from, as it was then. */
export interface LineageMeasurement {
  /** Its id. */
  measurement: string;
  revision: number;
  targetSet: string;
  measure: string;
  name: string;
  direction: Direction;
  unit: MeasureUnit;
  weight: number;
  numerator: number;
  denominator: number;
  return: { id: string; version: number };
  /** Whether it still stands as it was then. */
  current: boolean;
}

/** What a trust's figure was computed from. */
export interface LineageView extends ComputedFigure {
  trust: { odsCode: string; name: string };
  measuresReported: number;
  measuresTotal: number;
  measurements: LineageMeasurement[];
}

/** A figure of a trust that one of the programme is the sum of. */
export interface SummedFigure {
  id: string;
  trust: { odsCode: string; name: string };
  period: string;
  score: { numerator: number; denominator: number };
  revision: number;
}

/** A programme's figure, and whether what it is the sum of still adds up to it. */
export interface ProgrammeFigureView extends ComputedFigure {
  addsUp: boolean;
}

/** Everything about one figure of a trust: how it was computed and from which measurements in which versions. */
export function lineage(sql: Sql, id: string): Promise<LineageView | undefined> {
  return firstRow(
    sql,
    `select f.id, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period, f.basis,
       case when s.id is null then null else s.code || '/v' || s.version end as "targetSet",
       'The sum of weight times coverage in parts per million, over the sum of weights times one million; what was not reported earns nothing.' as method,
       json_build_object('numerator', f.numerator, 'denominator', f.denominator) as score,
       f.measures_reported as "measuresReported", f.measures_total as "measuresTotal", f.illustrative, f.revision,
       coalesce((select json_agg(json_build_object('measurement', c ->> 'measurement', 'revision', (c ->> 'revision')::int,
           'targetSet', ms.code || '/v' || ms.version, 'measure', m.code, 'name', m.name, 'direction', m.direction,
           'unit', m.unit, 'weight', (c ->> 'weight')::int,
           'numerator', (c ->> 'numerator')::bigint, 'denominator', (c ->> 'denominator')::bigint,
           'return', json_build_object('id', v.report_id, 'version', v.number),
           'current', q.revision = (c ->> 'revision')::int and q.state <> 'superseded') order by ms.code, m.position)
         from jsonb_array_elements(f.computed_from) c
           cross join lateral (select * from measurement where id = (c ->> 'measurement')::uuid offset 0) q
           join measure m on m.id = q.measure_id
           join target_set ms on ms.id = m.target_set_id join report_version v on v.id = q.report_version_id), '[]')
         as measurements
     from progress f join organisation o on o.id = f.trust_id join reporting_period t on t.id = f.period_id
       left join target_set s on s.id = f.target_set_id
     where f.id = $1`,
    [id],
  );
}

const AWARDEES = `(select organisation_id from programme_role r
    where r.programme_id = f.programme_id and r.role = 'awardee' and r.status <> 'proposed')`;

/** A trust's latest figure until the end of a period, as the programme adds them up: of `o`, toward the same as `f`. */
const SUMMED = `(select * from progress p where p.programme_id = f.programme_id and p.trust_id = o.id
    and p.basis = f.basis and p.target_set_id is not distinct from f.target_set_id and p.ends_on <= f.ends_on
    order by p.ends_on desc limit 1)`;

/** A figure of the programme, and whether the trusts' figures that it is the sum of still add up to it. */
export function programmeFigure(sql: Sql, id: string): Promise<ProgrammeFigureView | undefined> {
  return firstRow(
    sql,
    `select f.id, t.label as period, f.basis, case when s.id is null then null else s.code || '/v' || s.version end as "targetSet",
       'The sum of the latest figure of each trust until the end of the period.' as method,
       json_build_object('numerator', f.numerator, 'denominator', f.denominator) as score, f.illustrative, f.revision,
       a.numerator = f.numerator and a.denominator = f.denominator as "addsUp"
     from programme_progress f join reporting_period t on t.id = f.period_id left join target_set s on s.id = f.target_set_id
       cross join lateral (select coalesce(sum(p.numerator), 0) as numerator, coalesce(sum(p.denominator), 0) as denominator
         from organisation o cross join lateral ${SUMMED} p where o.id in ${AWARDEES}) a
     where f.id = $1`,
    [id],
  );
}

/** The trusts' figures that a figure of the programme is the sum of, by name: `limit` at most, those after a name and id. */
export function summedFigures(
  sql: Sql,
  id: string,
  limit: number,
  after: unknown[] | null,
): Promise<Array<SummedFigure & { trustId: string }>> {
  const values: unknown[] = [id, limit];
  const rest = given(values, { '(o.name, o.id) > (?, ?::uuid)': after });
  return sql.query(
    `select p.id, json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, e.label as period,
       json_build_object('numerator', p.numerator, 'denominator', p.denominator) as score, p.revision, o.id as "trustId"
     from programme_progress f join organisation o on o.id in ${AWARDEES}
       cross join lateral ${SUMMED} p join reporting_period e on e.id = p.period_id
     where f.id = $1${rest} order by o.name, o.id limit $2`,
    values,
  );
}
