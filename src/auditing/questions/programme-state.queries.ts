import type { Sql } from '../../database/sql.js';
import type { ClaimState } from '../../funding/claims/claim-states.js';

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
