import type { Sql } from '../database/sql.js';
import type { Parts } from './progress.rules.js';

/** A programme of which something is published. */
export interface PublishedProgramme {
  slug: string;
  name: string;
  description: string;
  funder: { odsCode: string; name: string };
  startsOn: string;
  endsOn: string;
  illustrative: boolean;
  /** How many measurements are published, of how many trusts. */
  figures: number;
  trusts: number;
  /** The latest period that something is published of, by its label. */
  latestPeriod: string;
}

/** The programmes of which something is published, by name. */
export function publishedProgrammes(sql: Sql): Promise<PublishedProgramme[]> {
  return sql.query<PublishedProgramme>(
    `select g.slug, g.name, g.description, json_build_object('odsCode', f.ods_code, 'name', f.name) as funder,
       g.starts_on as "startsOn", g.ends_on as "endsOn", g.illustrative, n.figures, n.trusts,
       (select t.label from measurement v join reporting_period t on t.id = v.period_id
         where v.programme_id = g.id and v.state = 'published' order by t.ends_on desc limit 1) as "latestPeriod"
     from programme g join organisation f on f.id = g.funder_id cross join lateral (
       select count(*)::int as figures, count(distinct v.trust_id)::int as trusts from measurement v
       where v.programme_id = g.id and v.state = 'published') n
     where n.figures > 0 order by g.name`,
  );
}

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

/** What is published of a programme, by period, target set, measure and trust. It selects nothing else, whoever reads. */
export function publishedMeasurements(sql: Sql, programmeId: string): Promise<PublishedMeasurement[]> {
  return sql.query<PublishedMeasurement>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period,
       t.ends_on as "endsOn", s.code || '/v' || s.version as "targetSet", coalesce(p.code || '/', '') || m.code as measure,
       m.name, v.validated_numerator as numerator, v.validated_denominator as denominator, v.illustrative
     from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
       join organisation o on o.id = v.trust_id join reporting_period t on t.id = v.period_id
       left join project p on p.id = v.project_id
     where v.programme_id = $1 and v.state = 'published' and v.validated_numerator is not null
     order by t.ends_on, s.code, s.version, m.position, p.code, o.name`,
    [programmeId],
  );
}

/** What other trusts say of a measure for a period, added up; each null where nothing of it may be seen. */
export interface PeerFigure {
  targetSet: string;
  measure: string;
  selfReported: (Parts & { trusts: number }) | null;
  validated: (Parts & { trusts: number }) | null;
}

const PEERS = `from measurement v join measure m on m.id = v.measure_id join target_set s on s.id = m.target_set_id
    join reporting_period t on t.id = v.period_id
  where v.programme_id = $1 and t.label = $2 and v.trust_id <> (select id from organisation where ods_code = $3)`;
const MEASURE = `s.code || '/v' || s.version as "targetSet", m.code as measure`;

/** What all other trusts reported and had validated: for those who may see every trust. */
export function standingPeers(
  sql: Sql,
  programmeId: string,
  period: string,
  odsCode: string,
): Promise<PeerFigure[]> {
  return sql.query<PeerFigure>(
    `select ${MEASURE},
       json_build_object('numerator', sum(v.numerator), 'denominator', sum(v.denominator),
         'trusts', count(distinct v.trust_id)) as "selfReported",
       case when count(v.validated_numerator) > 0 then json_build_object('numerator', sum(v.validated_numerator),
         'denominator', sum(v.validated_denominator),
         'trusts', count(distinct v.trust_id) filter (where v.validated_numerator is not null)) end as validated
     ${PEERS} and v.state not in ('draft', 'rejected', 'superseded') group by s.code, s.version, m.code`,
    [programmeId, period, odsCode],
  );
}

/** What is published of all other trusts, and nothing else of them. */
export function publishedPeers(
  sql: Sql,
  programmeId: string,
  period: string,
  odsCode: string,
): Promise<PeerFigure[]> {
  return sql.query<PeerFigure>(
    `select ${MEASURE}, null as "selfReported",
       json_build_object('numerator', sum(v.validated_numerator), 'denominator', sum(v.validated_denominator),
         'trusts', count(distinct v.trust_id)) as validated
     ${PEERS} and v.state = 'published' and v.validated_numerator is not null group by s.code, s.version, m.code`,
    [programmeId, period, odsCode],
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
