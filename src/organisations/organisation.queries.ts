import { firstRow, given, type Sql } from '../database/sql.js';
import type { Sourced } from './sourced.js';

export interface OrganisationView {
  id: string;
  odsCode: string;
  name: string;
  region: string | null;
  sourced: Sourced;
  names: Array<{ name: string; from: string | null; to: string | null; sourced: Sourced }>;
  successions: Array<{
    kind: string;
    predecessor: string;
    successor: string;
    effectiveOn: string;
    scope: string | null;
    sourced: Sourced;
  }>;
  revision: number;
}

const VIEW = `select o.id, o.ods_code as "odsCode", o.name, o.region, o.provenance as sourced, o.revision,
    coalesce((select json_agg(json_build_object('name', n.name, 'from', n.valid_from, 'to', n.valid_to,
        'sourced', n.provenance) order by n.valid_from nulls first, n.id)
      from organisation_name n where n.organisation_id = o.id), '[]') as names,
    coalesce((select json_agg(json_build_object('kind', s.kind, 'predecessor', p.ods_code, 'successor', f.ods_code,
        'effectiveOn', s.effective_on, 'scope', s.scope, 'sourced', s.provenance) order by s.effective_on, s.id)
      from organisation_succession s join organisation p on p.id = s.predecessor_id
        join organisation f on f.id = s.successor_id
      where o.id in (s.predecessor_id, s.successor_id)), '[]') as successions
  from organisation o`;

/** One organisation by its ODS code, with its dated names and successions. */
export function organisation(sql: Sql, odsCode: string): Promise<OrganisationView | undefined> {
  return firstRow<OrganisationView>(sql, `${VIEW} where o.ods_code = $1`, [odsCode]);
}

/** Organisations by ODS code, `limit` at most, those after `after` where it is given. */
export function organisations(sql: Sql, limit: number, after: string | null): Promise<OrganisationView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, { 'o.ods_code > ?': after });
  return sql.query<OrganisationView>(`${VIEW} where true${wanted} order by o.ods_code limit $1`, values);
}

/** An organisation's id by its ODS code. */
export async function organisationId(sql: Sql, odsCode: string): Promise<string | undefined> {
  return (await firstRow<{ id: string }>(sql, 'select id from organisation where ods_code = $1', [odsCode]))
    ?.id;
}
