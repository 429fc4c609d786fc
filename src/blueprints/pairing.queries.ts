import { firstRow, given, type Sql } from '../database/sql.js';
import type { Sourced } from '../organisations/sourced.js';
import type { PairingState, Succession } from './pairing.rules.js';

interface Body {
  odsCode: string;
  name: string;
}

/** A pairing as it is stored: what was decided of it, whatever became of its two bodies. */
export interface PairingRow {
  id: string;
  programme: string;
  follower: Body;
  exemplar: Body;
  decided: PairingState;
  decidedBecause: string | null;
  decidedBy: { id: string; name: string } | null;
  decidedAt: string | null;
  /** As a source says; in no ledger. */
  award: { awardPence: number; matchPence: number; source: string } | null;
  /** What a follower of this programme may be awarded at most; null where its definition does not say. */
  mostAwardPence: number | null;
  /** The programme's ratio of match to grant. */
  ratio: { matchPence: number; perGrantPence: number };
  sourced: Sourced;
  revision: number;
}

const VIEW = `select r.id, g.slug as programme, json_build_object('odsCode', o.ods_code, 'name', o.name) as follower,
    json_build_object('odsCode', f.ods_code, 'name', f.name) as exemplar, r.status as decided,
    r.decided_because as "decidedBecause", to_json(r.decided_at) as "decidedAt",
    (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = r.decided_by) as "decidedBy",
    case when r.award_pence is not null then json_build_object('awardPence', r.award_pence,
      'matchPence', r.award_match_pence, 'source', r.award_source) end as award,
    (g.terms -> 'followers' ->> 'mostAwardPence')::bigint as "mostAwardPence",
    json_build_object('matchPence', g.match_pence, 'perGrantPence', g.per_grant_pence) as ratio,
    r.provenance as sourced, r.revision
  from programme_role r join programme g on g.id = r.programme_id join organisation o on o.id = r.organisation_id
    join organisation f on f.id = r.follows_id`;

/** The pairings of a programme, by the follower's name, `limit` at most, those after the values of `after`. */
export function pairings(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: unknown[] | null,
): Promise<PairingRow[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, { '(o.name, r.id) > (?, ?::uuid)': after });
  return sql.query<PairingRow>(
    `${VIEW} where r.programme_id = $1 and r.role = 'fast-follower'${wanted} order by o.name, r.id limit $2`,
    values,
  );
}

/** One pairing. */
export function pairing(sql: Sql, id: string): Promise<PairingRow | undefined> {
  return firstRow<PairingRow>(sql, `${VIEW} where r.id = $1`, [id]);
}

/** All successions that are known, by ODS codes. */
export function successions(sql: Sql): Promise<Succession[]> {
  return sql.query<Succession>(
    `select p.ods_code as predecessor, s.ods_code as successor, x.effective_on as "effectiveOn"
     from organisation_succession x join organisation p on p.id = x.predecessor_id join organisation s on s.id = x.successor_id
     where x.predecessor_id <> x.successor_id order by x.effective_on, x.id`,
  );
}

/** The ODS codes of organisations, in the order of their ids. */
export async function odsCodes(sql: Sql, ids: readonly string[]): Promise<Array<string | undefined>> {
  const rows = await sql.query<{ id: string; odsCode: string }>(
    'select id, ods_code as "odsCode" from organisation where id = any ($1)',
    [ids],
  );
  return ids.map((id) => rows.find((row) => row.id === id)?.odsCode);
}

/** Every pairing of a programme, by ODS codes: as many as followers are named, which are few. */
export function pairedBodies(
  sql: Sql,
  programmeId: string,
): Promise<Array<{ follower: string; exemplar: string; decided: PairingState }>> {
  return sql.query(
    `select o.ods_code as follower, f.ods_code as exemplar, r.status as decided
     from programme_role r join organisation o on o.id = r.organisation_id join organisation f on f.id = r.follows_id
     where r.programme_id = $1 and r.role = 'fast-follower' order by r.id`,
    [programmeId],
  );
}
