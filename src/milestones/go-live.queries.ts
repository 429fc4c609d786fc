import { firstRow, given, type Sql } from '../database/sql.js';
import type { MilestoneState } from './milestone.rules.js';

/** A go-live of a programme. */
export interface GoLiveRow {
  id: string;
  code: string;
  name: string;
  state: MilestoneState;
  trust: { odsCode: string; name: string };
  project: { id: string; code: string; name: string };
  forecastOn: string;
  actualOn: string | null;
}

export interface GoLiveFilter {
  /** By ODS code. */
  trust?: string | null;
  /** By code. */
  project?: string | null;
  /** Those that are still to come, or those that are live. */
  live?: boolean | null;
  /** Forecast on this day or before. */
  until?: string | null;
}

const VIEW = `select m.id, p.code || '/' || m.code as code, m.name, m.state,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    json_build_object('id', p.id, 'code', p.code, 'name', p.name) as project,
    m.forecast_on as "forecastOn", m.actual_on as "actualOn"
  from milestone m join project p on p.id = m.project_id join organisation o on o.id = m.trust_id`;

/** A programme's go-lives by their forecasts, those given up or waived left out; `limit` at most, those after a day and id. */
export function goLives(
  sql: Sql,
  programmeId: string,
  { trust, project, live, until }: GoLiveFilter,
  limit: number,
  after: unknown[] | null,
): Promise<GoLiveRow[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    'm.trust_id = (select id from organisation where ods_code = ?)': trust,
    'p.code = ?': project,
    "(m.state = 'met') = ?": live,
    'm.forecast_on <= ?': until,
    '(m.forecast_on, m.id) > (?::date, ?::uuid)': after,
  });
  return sql.query<GoLiveRow>(
    `${VIEW} where m.programme_id = $1 and m.kind = 'go-live' and m.state not in ('waived', 'cancelled')${wanted}
     order by m.forecast_on, m.id limit $2`,
    values,
  );
}

/** A go-live by its milestone's id; undefined where the milestone is of another kind, or is not the reader's to see. */
export function goLive(sql: Sql, milestoneId: string): Promise<GoLiveRow | undefined> {
  return firstRow<GoLiveRow>(sql, `${VIEW} where m.id = $1 and m.kind = 'go-live'`, [milestoneId]);
}
