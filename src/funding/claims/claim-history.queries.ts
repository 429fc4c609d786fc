import type { Sql } from '../../database/sql.js';
import type { PersonRef } from '../people.queries.js';
import type { ClaimState } from './claim-states.js';

/** What was done with a claim at once, as the log has it. */
export interface ClaimEventView {
  /** The log's number of it. */
  number: number;
  at: string;
  /** As the log names it: `claim.submit`. */
  action: string;
  /** Null where the reader may not know: a person of another trust, whose agreement was taken over. */
  by: PersonRef | null;
  reason: string | null;
  state: ClaimState;
  version: number;
}

/** What became of a claim, one event for each unit of work, oldest first; none where there is no claim. */
export function claimHistory(sql: Sql, claimId: string): Promise<ClaimEventView[]> {
  return sql.query<ClaimEventView>(
    `select e.number, to_json(e.recorded_at) as at, e.action,
       (select json_build_object('id', p.id, 'name', p.name) from person p where p.id::text = e.actor_id) as by,
       e.reason, e.new_image ->> 'state' as state, (e.new_image ->> 'version')::int as version
     from log_entry e
     where e.number in (select max(number) from log_entry where table_name = 'claim' and subject_id = $1
       group by transaction_id)
     order by e.number`,
    [claimId],
  );
}
