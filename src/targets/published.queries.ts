import { given, type Sql } from '../database/sql.js';
import type { Parts } from './progress.rules.js';

/** What is selected of a measurement here, whoever reads: what is published, and nothing else. */
export const IS_PUBLISHED = `v.state = 'published' and v.validated_numerator is not null`;
const PUBLISHED = `v.programme_id = $1 and ${IS_PUBLISHED}`;

/** A published value: what somebody else than the trust validated. It names no person. */
export interface PublishedMeasurement {
  trust: { odsCode: string; name: string };
  /** The label, and the last day. */
  period: string;
  endsOn: string;
  /** Code and version. */
  targetSet: string;
  /** The measure's code; of a measure of a project, `project/measure`. */
  measure: string;
  name: string;
  numerator: number;
  denominator: number;
  illustrative: boolean;
}

/** Which published values are asked for; null narrows nothing. */
export interface PublishedFilter {
  periodId: string | null;
  trustIds: readonly string[] | null;
  measureId?: string;
}

/** Where a published value stands in the list: the day its period ends, the target set and its version, and so on. */
export type PublishedPlace = [
  endsOn: string,
  targetSet: string,
  version: number,
  position: number,
  project: string,
  trust: string,
  id: string,
];

/** A published value, and where it stands. */
export interface PlacedMeasurement {
  value: PublishedMeasurement;
  place: PublishedPlace;
}

/** What is published, by period, target set, measure and trust; `limit` at most, those after a place in the list. */
export async function publishedMeasurements(
  sql: Sql,
  programmeId: string,
  { periodId, trustIds, measureId }: PublishedFilter,
  limit: number,
  after: PublishedPlace | null,
): Promise<PlacedMeasurement[]> {
  const values: unknown[] = [programmeId];
  const wanted = given(values, {
    'v.period_id = ?': periodId,
    'v.measure_id = ?': measureId,
    'v.trust_id = any (?::uuid[])': trustIds && [trustIds],
    "(t.ends_on, s.code, s.version, m.position, coalesce(p.code, ''), o.name, v.id) > (?, ?, ?, ?, ?, ?, ?)":
      after,
  });
  return sql.query(
    `select json_build_object('trust', json_build_object('odsCode', o.ods_code, 'name', o.name), 'period', t.label,
         'endsOn', t.ends_on, 'targetSet', s.code || '/v' || s.version, 'measure', coalesce(p.code || '/', '') || m.code,
         'name', m.name, 'numerator', v.validated_numerator, 'denominator', v.validated_denominator,
         'illustrative', v.illustrative) as value,
       json_build_array(t.ends_on, s.code, s.version, m.position, coalesce(p.code, ''), o.name, v.id) as place
     from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
       join organisation o on o.id = v.trust_id join reporting_period t on t.id = v.period_id
       left join project p on p.id = v.project_id
     where ${PUBLISHED}${wanted}
     order by t.ends_on, s.code, s.version, m.position, coalesce(p.code, ''), o.name, v.id limit $${values.push(limit)}`,
    values,
  );
}

/** The periods, each with each measure that something of it is published of, in the order of the list. */
export function publishedStretches(
  sql: Sql,
  programmeId: string,
): Promise<Array<{ periodId: string; measureId: string }>> {
  return sql.query(
    `select t.id as "periodId", m.id as "measureId"
     from reporting_period t join measure m on m.programme_id = t.programme_id join target_set s on s.id = m.target_set_id
     where t.programme_id = $1 and exists (select from measurement v
       where ${PUBLISHED} and v.period_id = t.id and v.measure_id = m.id)
     order by t.ends_on, s.code, s.version, m.position, m.id`,
    [programmeId],
  );
}

/** What is published of a measure for a period, added up over trusts part by part. */
export interface PublishedSum extends Parts {
  measureId: string;
  trusts: number;
}

/** What is published of each measure for a period; a measure of which nothing is, is left out. */
export function publishedSums(sql: Sql, programmeId: string, periodId: string): Promise<PublishedSum[]> {
  return sql.query<PublishedSum>(
    `select v.measure_id as "measureId", sum(v.validated_numerator)::bigint as numerator,
       sum(v.validated_denominator)::bigint as denominator, count(distinct v.trust_id)::int as trusts
     from measurement v where ${PUBLISHED} and v.period_id = $2 group by v.measure_id order by v.measure_id`,
    [programmeId, periodId],
  );
}

/** A measure that a trust has a published value of, for a period: no value of it. */
export interface PublishedMeasure {
  trust: { odsCode: string };
  /** The label. */
  period: string;
  targetSet: string;
  measure: string;
}

/** Which measures are published of some trusts for some periods. */
export function publishedMeasures(
  sql: Sql,
  programmeId: string,
  trustIds: readonly string[],
  periodIds: readonly string[],
): Promise<PublishedMeasure[]> {
  return sql.query<PublishedMeasure>(
    `select json_build_object('odsCode', o.ods_code) as trust, w.label as period, w.ref as "targetSet", w.code as measure
     from (select distinct v.trust_id, t.label, s.code || '/v' || s.version as ref, m.code
       from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
         join reporting_period t on t.id = v.period_id
       where ${PUBLISHED} and v.trust_id = any ($2::uuid[]) and v.period_id = any ($3::uuid[])) w join organisation o on o.id = w.trust_id
     order by o.name, w.label, w.ref, w.code`,
    [programmeId, trustIds, periodIds],
  );
}

/** Of how many measures something is published for a period, by trust; a trust of which nothing is, is left out. */
export function publishedByTrust(
  sql: Sql,
  programmeId: string,
  periodId: string,
): Promise<Array<{ trustId: string; published: number }>> {
  return sql.query(
    `select v.trust_id as "trustId", count(distinct v.measure_id)::int as published
     from measurement v where ${PUBLISHED} and v.period_id = $2 group by v.trust_id order by v.trust_id`,
    [programmeId, periodId],
  );
}

/** Trusts of which something is published, by name; `limit` at most. */
export function publishedTrusts(
  sql: Sql,
  programmeId: string,
  limit: number,
): Promise<Array<{ odsCode: string; name: string }>> {
  return sql.query(
    `select o.ods_code as "odsCode", o.name from organisation o where exists (select from measurement v
       where v.trust_id = o.id and ${PUBLISHED}) order by o.name, o.id limit $2`,
    [programmeId, limit],
  );
}

/** The periods that another trust has something published of, by label, in order of time. */
export function publishedPeerPeriods(
  sql: Sql,
  programmeId: string,
  odsCode: string,
): Promise<Array<{ label: string }>> {
  return sql.query(
    `select t.label from reporting_period t where t.programme_id = $1 and exists (select from measurement v
       where v.programme_id = $1 and v.period_id = t.id and v.state = 'published'
         and v.trust_id <> (select id from organisation where ods_code = $2)) order by t.ends_on`,
    [programmeId, odsCode],
  );
}
