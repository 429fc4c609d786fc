import { given, type Sql } from '../../database/sql.js';
import type { ClaimState } from '../../funding/claims/claim-states.js';
import { REACHED } from '../../programmes/awardee.queries.js';

/** How many claims are in a state, and what they come to. Whole pence. */
export interface ClaimTotal {
  state: ClaimState;
  count: number;
  claimedPence: number;
  approvedPence: number;
}

/** A programme's claims by state; a state that none is in is left out. */
export function claimTotals(sql: Sql, programmeId: string): Promise<ClaimTotal[]> {
  return sql.query<ClaimTotal>(
    `select state, count(*)::int as count, sum(claimed_pence)::bigint as "claimedPence",
       coalesce(sum(approved_pence), 0)::bigint as "approvedPence"
     from claim where programme_id = $1 group by state order by state`,
    [programmeId],
  );
}

/** The last entry of the log that is in a state: what is rebuilt up to it is this state. */
export interface LastEntry {
  number: number;
  recordedAt: string;
}

/** The newest entry of the log that the reader may see; none before the first. */
export async function lastEntry(sql: Sql): Promise<LastEntry | null> {
  const [row] = await sql.query<LastEntry>(
    'select number, to_json(recorded_at) as "recordedAt" from log_entry order by number desc limit 1',
  );
  return row ?? null;
}

/**
 * Trusts that have, or had, a part in a programme's record, by name: its awardees, and whoever took over an agreement.
 * `limit` at most, those after a name and ODS code.
 */
export function recordedTrusts(
  sql: Sql,
  programmeId: string,
  limit: number,
  after: unknown[] | null,
): Promise<Array<{ odsCode: string; name: string }>> {
  const values: unknown[] = [programmeId, limit];
  const rest = given(values, { '(o.name, o.ods_code) > (?, ?)': after });
  return sql.query(
    `select o.ods_code as "odsCode", o.name from organisation o
     where (exists (select from programme_role r where r.organisation_id = o.id and r.programme_id = $1 and r.role = 'awardee')
       or exists (select from award a where a.trust_id = o.id and a.programme_id = $1)
       or exists (select from agreement g where g.trust_id = o.id and g.programme_id = $1))
       and ${REACHED}${rest} order by o.name, o.ods_code limit $2`,
    values,
  );
}
