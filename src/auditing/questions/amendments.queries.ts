import { given, type Sql } from '../../database/sql.js';
import { type PersonRef, personOf } from '../../funding/people.queries.js';

/** A version of an agreement that took the place of the one that was signed. Whole pence. */
export interface VariedAgreement {
  /** Of the version. */
  id: string;
  agreement: { id: string; reference: string };
  trust: { odsCode: string; name: string };
  number: number;
  preparedBy: PersonRef | null;
  preparedAt: string;
  approvedBy: PersonRef | null;
  effectiveOn: string | null;
  /** What it carried out; null where no change was asked for. */
  changeRequest: { id: string; reference: string; title: string } | null;
  /** Why, as whoever asked for the change says. */
  reason: string | null;
  grantBeforePence: number;
  grantAfterPence: number;
  illustrative: boolean;
}

const grantOf = (version: string): string =>
  `(select coalesce(sum(t."grantPence"), 0)::bigint
     from jsonb_to_recordset(${version}.terms -> 'lines') as t("grantPence" bigint))`;

/** A programme's agreements that were varied, a row for each version after the first, the latest first. */
export function variedAgreements(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<VariedAgreement[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'v.id < ?': before });
  return sql.query<VariedAgreement>(
    `select v.id, json_build_object('id', g.id, 'reference', g.reference) as agreement,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, v.number,
       ${personOf('v.prepared_by')} as "preparedBy", to_json(v.prepared_at) as "preparedAt",
       ${personOf('v.approved_by')} as "approvedBy", v.effective_on as "effectiveOn",
       case when c.id is not null then json_build_object('id', c.id, 'reference', c.reference, 'title', c.title) end
         as "changeRequest",
       c.justification as reason, ${grantOf('b')} as "grantBeforePence", ${grantOf('v')} as "grantAfterPence", g.illustrative
     from agreement g join agreement_version v on v.agreement_id = g.id and v.number > 1
       join agreement_version b on b.agreement_id = g.id and b.number = v.number - 1
       join organisation o on o.id = g.trust_id left join change_request c on c.id = v.change_request_id
     where g.programme_id = $1${wanted} order by v.id desc limit $2`,
    values,
  );
}

/** A measurement that another of the same measure and period took the place of. */
export interface SupersededMeasurement {
  id: string;
  measure: { targetSet: string; code: string; name: string };
  trust: { odsCode: string; name: string };
  /** The label. */
  period: string;
  before: { numerator: number; denominator: number };
  /** As somebody else had validated it; null where nobody had. */
  validatedBefore: { numerator: number; denominator: number } | null;
  /** What took its place. */
  measurement: { id: string; numerator: number; denominator: number };
  reportedBy: PersonRef | null;
  reportedAt: string;
  /** Why the return that it comes with was corrected; null where a query led to it. */
  reason: string | null;
  illustrative: boolean;
}

const partsOf = (numerator: string, denominator: string): string =>
  `json_build_object('numerator', ${numerator}, 'denominator', ${denominator})`;

/** A programme's measurements that were superseded, each with the one that came next, the latest first. */
export function supersededMeasurements(
  sql: Sql,
  programmeId: string,
  limit: number,
  before: string | null,
): Promise<SupersededMeasurement[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'm.id < ?': before });
  return sql.query<SupersededMeasurement>(
    `select m.id, json_build_object('targetSet', s.code || '/v' || s.version, 'code', d.code, 'name', d.name) as measure,
       json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period,
       ${partsOf('m.numerator', 'm.denominator')} as before,
       case when m.validated_numerator is not null then ${partsOf('m.validated_numerator', 'm.validated_denominator')} end
         as "validatedBefore",
       json_build_object('id', n.id, 'numerator', n.numerator, 'denominator', n.denominator) as measurement,
       ${personOf('n.reported_by')} as "reportedBy", to_json(n.reported_at) as "reportedAt", v.reason, m.illustrative
     from measurement m join measure d on d.id = m.measure_id join target_set s on s.id = d.target_set_id
       join organisation o on o.id = m.trust_id join reporting_period t on t.id = m.period_id
       join lateral (select x.* from measurement x where x.trust_id = m.trust_id and x.period_id = m.period_id
           and x.measure_id = m.measure_id and x.project_id is not distinct from m.project_id and x.id > m.id
         order by x.id limit 1) n on true
       join report_version v on v.id = n.report_version_id
     where m.programme_id = $1 and m.state = 'superseded'${wanted} order by m.id desc limit $2`,
    values,
  );
}
