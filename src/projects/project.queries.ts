import { firstRow, given, type Sql } from '../database/sql.js';

export interface ProjectView {
  id: string;
  code: string;
  name: string;
  description: string;
  trust: { odsCode: string; name: string };
  sourced: object;
  goals: Array<{ code: string; statement: string; sourced: object }>;
  revision: number;
}

const VIEW = `select p.id, p.code, p.name, p.description, p.revision, p.provenance as sourced,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as trust,
    coalesce((select json_agg(json_build_object('code', g.code, 'statement', g.statement,
        'sourced', g.provenance) order by g.code)
      from goal g where g.project_id = p.id), '[]') as goals
  from project p join organisation o on o.id = p.trust_id`;

/** A programme's projects by code, of one trust where an ODS code is given; `limit` at most, those after `after`. */
export function projects(
  sql: Sql,
  programmeId: string,
  trust: string | null,
  limit: number,
  after: string | null,
): Promise<ProjectView[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { 'o.ods_code = ?': trust, 'p.code > ?': after });
  return sql.query<ProjectView>(
    `${VIEW} where p.programme_id = $1${wanted} order by p.code limit $2`,
    values,
  );
}

/** One project by its id. */
export function project(sql: Sql, id: string): Promise<ProjectView | undefined> {
  return firstRow<ProjectView>(sql, `${VIEW} where p.id = $1`, [id]);
}

/** A programme's project by its code. */
export function projectByCode(sql: Sql, programmeId: string, code: string): Promise<ProjectView | undefined> {
  return firstRow<ProjectView>(sql, `${VIEW} where p.programme_id = $1 and p.code = $2`, [programmeId, code]);
}
