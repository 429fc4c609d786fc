import { firstRow, given, type Sql } from '../database/sql.js';
import type { Tx } from '../database/tx.js';
import type { Sourced } from '../organisations/sourced.js';
import type { MeasurementState } from './measurement.rules.js';
import type { Direction, Parts } from './progress.rules.js';

/** A measure as returns speak of it. */
export interface TrustMeasure {
  id: string;
  /** `code/v1`. */
  targetSet: string;
  /** The measure's code; for a measure of a project, `project/measure`. */
  code: string;
  projectId: string | null;
  name: string;
  unit: 'share' | 'score' | 'count';
  direction: 'up' | 'down';
}

/** Whether the target set `s` is the newest version of its code. */
export const CURRENT = `not exists (select from target_set newer
    where newer.programme_id = s.programme_id and newer.code = s.code and newer.version > s.version)`;

/** The measures that a trust reports on: those of the current version of each target set. */
export function measuresOfTrust(sql: Sql, programmeId: string, trustId: string): Promise<TrustMeasure[]> {
  return sql.query<TrustMeasure>(
    `select m.id, s.code || '/v' || s.version as "targetSet", coalesce(p.code || '/', '') || m.code as code,
       p.id as "projectId", m.name, m.unit, m.direction
     from measure m join target_set s on s.id = m.target_set_id
       left join project p on m.level = 'project' and p.programme_id = m.programme_id and p.trust_id = $2
     where m.programme_id = $1 and ${CURRENT} and (m.level = 'trust' or p.id is not null)
     order by s.code, m.position, p.code`,
    [programmeId, trustId],
  );
}

/** A measure in the words that people are asked it in. */
export interface MeasureWords {
  id: string;
  question: string;
  /** What is counted: "Patients who can see their record online". */
  numeratorLabel: string;
  /** Out of what. */
  denominatorLabel: string;
}

/** The words of every measure of a programme. */
export function measureWords(sql: Sql, programmeId: string): Promise<MeasureWords[]> {
  return sql.query<MeasureWords>(
    `select id, question, numerator_label as "numeratorLabel", denominator_label as "denominatorLabel"
     from measure where programme_id = $1 order by id`,
    [programmeId],
  );
}

/** A measure with a trust's standing measurement in a period, where there is one. */
export interface MeasuredValue {
  targetSetId: string;
  targetSetCode: string;
  targetSetVersion: number;
  /** The programme's first day: a baseline is of then. */
  startsOn: string;
  targetOn: string;
  targetNumerator: number;
  targetDenominator: number;
  measureId: string;
  unit: 'share' | 'score' | 'count';
  direction: 'up' | 'down';
  weight: number;
  targetValue: number;
  baseline: { numerator: number; denominator: number } | null;
  trajectory: Array<{ on: string; numerator: number; denominator: number }>;
  measurementId: string | null;
  revision: number | null;
  state: MeasurementState | null;
  numerator: number | null;
  denominator: number | null;
  validatedNumerator: number | null;
  validatedDenominator: number | null;
  illustrative: boolean | null;
}

/** Every measure of a programme beside what a trust reported of it for a period; a project's measure once each. */
export function measuredValues(
  sql: Sql,
  programmeId: string,
  trustId: string,
  periodId: string,
): Promise<MeasuredValue[]> {
  return sql.query<MeasuredValue>(
    `select s.id as "targetSetId", s.code as "targetSetCode", s.version as "targetSetVersion", g.starts_on as "startsOn", s.target_on as "targetOn",
       s.target_numerator as "targetNumerator", s.target_denominator as "targetDenominator",
       m.id as "measureId", m.unit, m.direction, m.weight, m.target_numerator as "targetValue", m.baseline, m.trajectory,
       v.id as "measurementId", v.revision, v.state, v.numerator, v.denominator,
       v.validated_numerator as "validatedNumerator", v.validated_denominator as "validatedDenominator", v.illustrative
     from measure m join target_set s on s.id = m.target_set_id join programme g on g.id = m.programme_id
       left join measurement v on v.measure_id = m.id and v.trust_id = $2 and v.period_id = $3
         and v.state not in ('superseded', 'rejected')
     where m.programme_id = $1 order by s.code, s.version, m.position, v.id`,
    [programmeId, trustId, periodId],
  );
}

export interface MeasurementView {
  id: string;
  measure: { targetSet: string; code: string; name: string; unit: string };
  trust: { odsCode: string; name: string };
  period: string;
  selfReported: { numerator: number; denominator: number; note: string | null; by: string; at: string };
  validated: { numerator: number; denominator: number; note: string | null; by: string; at: string } | null;
  state: MeasurementState;
  illustrative: boolean;
  revision: number;
}

const VIEW = `select v.id, v.state, v.illustrative, v.revision, t.label as period,
    json_build_object('targetSet', s.code || '/v' || s.version, 'code', coalesce(p.code || '/', '') || m.code,
      'name', m.name, 'unit', m.unit) as measure,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('numerator', v.numerator, 'denominator', v.denominator, 'note', v.note, 'by', r.name,
      'at', v.reported_at) as "selfReported",
    case when v.validated_numerator is not null then json_build_object('numerator', v.validated_numerator,
      'denominator', v.validated_denominator, 'note', v.validation_note, 'by', w.name, 'at', v.validated_at) end as validated
  from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
    join organisation o on o.id = v.trust_id join reporting_period t on t.id = v.period_id
    join person r on r.id = v.reported_by left join person w on w.id = v.validated_by
    left join project p on p.id = v.project_id`;

/** One measurement by its id. */
export function measurement(sql: Sql, id: string): Promise<MeasurementView | undefined> {
  return firstRow<MeasurementView>(sql, `${VIEW} where v.id = $1`, [id]);
}

/** Measurements by their ids. */
export function measurementsById(sql: Sql, ids: readonly string[]): Promise<MeasurementView[]> {
  return sql.query<MeasurementView>(`${VIEW} where v.id = any ($1::uuid[]) order by v.id`, [ids]);
}

/** Writes validated values beside the reported ones, of rows that the transaction has locked and checked. */
export async function keepValidated(
  tx: Tx,
  values: ReadonlyArray<{ id: string; numerator: number; denominator: number; note: string | null }>,
): Promise<void> {
  const column = <K extends keyof (typeof values)[number]>(name: K) => values.map((value) => value[name]);
  await tx.query(
    `update measurement m set state = 'validated', validated_numerator = v.numerator,
       validated_denominator = v.denominator, validation_note = v.note, validated_by = $5, validated_at = moment(),
       revision = m.revision + 1
     from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[]) v (id, numerator, denominator, note)
     where m.id = v.id`,
    [column('id'), column('numerator'), column('denominator'), column('note'), tx.actor.id],
  );
}

/** Marks validated values as public, of rows that the transaction has locked and checked. */
export async function keepPublished(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update measurement set state = 'published', revision = revision + 1 where id = any ($1::uuid[])`,
    [ids],
  );
}

export interface MeasurementFilter {
  period: string | null;
  trust: string | null;
  state: string | null;
  targetSet: string | null;
  /** Those that nobody has validated, and that stand. */
  unvalidated?: true;
}

/** Written as in the index that serves it. */
const UNVALIDATED = `v.state in ('draft', 'self-reported', 'challenged', 'rejected')`;

/** A programme's measurements by id, `limit` at most, those after `after` where it is given. */
export function measurements(
  sql: Sql,
  programmeId: string,
  filter: MeasurementFilter,
  limit: number,
  after: string | null,
): Promise<MeasurementView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    't.label = ?': filter.period,
    'o.ods_code = ?': filter.trust,
    'v.state = ?': filter.state,
    "s.code || '/v' || s.version = ?": filter.targetSet,
    'v.id > ?': after,
  });
  const unvalidated = filter.unvalidated ? ` and ${UNVALIDATED}` : '';
  return sql.query<MeasurementView>(
    `${VIEW} where v.programme_id = $1${wanted}${unvalidated} order by v.id limit $2`,
    values,
  );
}

/** A measure as its target set defines it. */
export interface MeasureView {
  id: string;
  code: string;
  name: string;
  question: string;
  numeratorLabel: string;
  denominatorLabel: string;
  unit: 'share' | 'score' | 'count';
  direction: Direction;
  weight: number;
  level: 'trust' | 'project';
  target: Parts;
  baseline: (Parts & { sourced: Sourced }) | null;
  /** By the day on which each value is planned; `period` is its label. */
  trajectory: Array<Parts & { on: string; period: string }>;
  trajectorySourced: Sourced | null;
  sourced: Sourced;
}

export interface TargetSetView {
  id: string;
  ref: string;
  name: string;
  description: string;
  current: boolean;
  targetOn: string;
  target: { numerator: number; denominator: number };
  sourced: Sourced;
  measures: MeasureView[];
}

/** A programme's target sets, all versions, with their measures. */
export function targetSets(sql: Sql, programmeId: string): Promise<TargetSetView[]> {
  return sql.query<TargetSetView>(
    `select s.id, s.code || '/v' || s.version as ref, s.name, s.description, ${CURRENT} as current,
       s.target_on as "targetOn",
       json_build_object('numerator', s.target_numerator, 'denominator', s.target_denominator) as target,
       s.provenance as sourced,
       (select json_agg(json_build_object('id', m.id, 'code', m.code, 'name', m.name, 'question', m.question,
          'numeratorLabel', m.numerator_label, 'denominatorLabel', m.denominator_label, 'unit', m.unit,
          'direction', m.direction, 'weight', m.weight, 'level', m.level,
          'target', json_build_object('numerator', m.target_numerator, 'denominator', m.target_denominator),
          'baseline', m.baseline, 'trajectory', m.trajectory, 'trajectorySourced', m.trajectory_provenance,
          'sourced', m.provenance) order by m.position) from measure m where m.target_set_id = s.id) as measures
     from target_set s where s.programme_id = $1 order by s.code, s.version`,
    [programmeId],
  );
}
