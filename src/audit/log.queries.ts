import { given, type Sql } from '../database/sql.js';

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
  const values: unknown[] = [limit];
  const wanted = given(values, {
    'table_name = ?': filter.table,
    'subject_id = ?': filter.subject,
    'action = ?': filter.action,
    'number < ?': before,
  });
  return sql.query<LogEntryView>(
    `select number, to_json(recorded_at) as "recordedAt", operation, table_name as table, subject_id as subject,
       trust_id as trust, json_build_object('id', actor_id, 'name', actor_name, 'role', actor_role) as actor, action,
       reason, request_id as request, old_image as old, new_image as new
     from log_entry
     where true${wanted} order by number desc limit $1`,
    values,
  );
}
