import type { Sql } from '../database/sql.js';

export interface LogEntryView {
  number: number;
  recordedAt: string;
  operation: string;
  table: string;
  subject: string;
  trust: string | null;
  actor: { id: string; name: string; role: string };
  action: string;
  reason: string | null;
  request: string | null;
  old: object | null;
  new: object | null;
}

export interface LogFilter {
  table: string | null;
  subject: string | null;
  action: string | null;
}

/** Log entries from the newest, `limit` at most, those before `before` where it is given. */
export function logEntries(
  sql: Sql,
  filter: LogFilter,
  limit: number,
  before: number | null,
): Promise<LogEntryView[]> {
  return sql.query<LogEntryView>(
    `select number, to_json(recorded_at) as "recordedAt", operation, table_name as table, subject_id as subject,
       trust_id as trust, json_build_object('id', actor_id, 'name', actor_name, 'role', actor_role) as actor, action,
       reason, request_id as request, old_image as old, new_image as new
     from log_entry
     where ($1::text is null or table_name = $1) and ($2::uuid is null or subject_id = $2)
       and ($3::text is null or action = $3) and ($4::bigint is null or number < $4)
     order by number desc limit $5`,
    [filter.table, filter.subject, filter.action, before, limit],
  );
}
