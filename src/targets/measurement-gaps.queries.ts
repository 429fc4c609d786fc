import type { Sql } from '../database/sql.js';
import type { MeasurementState } from './measurement.rules.js';
import { CURRENT } from './target.queries.js';

/** How many of a programme's measurements are in each state; a state that none is in is left out. */
export function measurementStates(
  sql: Sql,
  programmeId: string,
): Promise<Array<{ state: MeasurementState; count: number }>> {
  return sql.query(
    'select state, count(*)::int as count from measurement where programme_id = $1 group by state order by state',
    [programmeId],
  );
}

/** Measures that a trust had to report for a period, and did not. */
export interface LateMeasures {
  trust: { odsCode: string; name: string };
  /** The label. */
  period: string;
  dueOn: string;
  missing: number;
  /** How many it had to report. */
  measures: number;
  /** The names of those that are missing. */
  names: string[];
}

/**
 * What some awardees had to report by a day and did not: measures of the current target sets, of each period whose
 * return was due before it, that no measurement stands for. The longest due first.
 */
export function lateMeasures(
  sql: Sql,
  programmeId: string,
  today: string,
  trustIds: readonly string[],
): Promise<LateMeasures[]> {
  return sql.query<LateMeasures>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as trust, t.label as period, t.due_on as "dueOn",
       count(*) filter (where v.id is null)::int as missing, count(*)::int as measures,
       json_agg(coalesce(p.code || ', ', '') || m.name order by s.code, m.position, p.code) filter (where v.id is null) as names
     from reporting_period t
       join (select distinct w.organisation_id, w.valid_from, w.valid_to from programme_role w
         where w.programme_id = $1 and w.role = 'awardee' and w.status = 'confirmed'
           and w.organisation_id = any ($3::uuid[])) w
         on (w.valid_from is null or w.valid_from <= t.ends_on) and (w.valid_to is null or w.valid_to >= t.starts_on)
       join organisation o on o.id = w.organisation_id
       join measure m on m.programme_id = t.programme_id
       join target_set s on s.id = m.target_set_id and ${CURRENT}
       left join project p on m.level = 'project' and p.programme_id = m.programme_id and p.trust_id = o.id
       left join measurement v on v.measure_id = m.id and v.trust_id = o.id and v.period_id = t.id
         and v.project_id is not distinct from p.id and v.state <> 'superseded'
     where t.programme_id = $1 and t.due_on < $2 and (m.level = 'trust' or p.id is not null)
     group by o.id, o.ods_code, o.name, t.id, t.label, t.due_on having count(*) filter (where v.id is null) > 0
     order by t.due_on, o.name, o.id`,
    [programmeId, today, trustIds],
  );
}
