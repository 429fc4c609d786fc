import { firstRow, given, type Sql } from '../database/sql.js';

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
  /** Whether a checkpoint covers it, so that it can be proved. */
  provable: boolean;
  /** The size of the first checkpoint that does; null where none does yet. */
  checkpointSize: number | null;
  old: object | null;
  new: object | null;
}

/** An entry as it was hashed. */
export interface WholeLogEntry extends LogEntryView {
  /** The database's own number of the transaction. */
  transaction: string;
  /** The text whose UTF-8 bytes are hashed. */
  leaf: string;
}

/** What the log is narrowed to; what is null or left out narrows nothing. */
export interface LogFilter {
  table?: string | null;
  subject?: string | null;
  action?: string | null;
  /** By ODS code. */
  trust?: string | null;
  /** The id of who did it, or a part of their name. */
  actor?: string | null;
  /** The first day, as London counts days. */
  from?: string | null;
  /** The last day. */
  to?: string | null;
}

/** Something that the log tells of. */
export interface Subject {
  table: string;
  id: string;
}

const ENTRY = `number, to_json(recorded_at) as "recordedAt", operation, table_name as table, subject_id as subject,
    trust_id as trust, json_build_object('id', actor_id, 'name', actor_name, 'role', actor_role) as actor, action,
    reason, request_id as request, old_image as old, new_image as new,
    number <= coalesce((select max(size) from checkpoint), 0) as provable,
    (select size from checkpoint where size >= number order by size limit 1) as "checkpointSize"`;

/** Log entries from the newest, `limit` at most, those before `before` where it is given. */
export function logEntries(
  sql: Sql,
  filter: LogFilter,
  limit: number,
  before: number | null,
): Promise<LogEntryView[]> {
  const values: unknown[] = [limit];
  const { actor } = filter;
  const wanted = given(values, {
    'table_name = ?': filter.table,
    'subject_id = ?': filter.subject,
    'action = ?': filter.action,
    'trust_id = (select id from organisation where ods_code = ?)': filter.trust,
    "(actor_id = ? or actor_id in (select id::text from person where name ilike '%' || ?::text || '%'))":
      actor ? [actor, actor] : null,
    "recorded_at >= ?::date::timestamp at time zone 'Europe/London'": filter.from,
    "recorded_at < (?::date + 1)::timestamp at time zone 'Europe/London'": filter.to,
    'number < ?': before,
  });
  return sql.query<LogEntryView>(
    `select ${ENTRY} from log_entry where true${wanted} order by number desc limit $1`,
    values,
  );
}

/** One entry by its number, with the text that is hashed. */
export function logEntry(sql: Sql, number: number): Promise<WholeLogEntry | undefined> {
  return firstRow<WholeLogEntry>(
    sql,
    `select ${ENTRY}, transaction_id::text as transaction, leaf from log_entry where number = $1`,
    [number],
  );
}

/**
 * The entries of the transaction that an entry is of, in order, at most `limit` to either side. A transaction's
 * numbers have no gap: whoever commits holds the head of the log until they have.
 */
export function entriesTogether(sql: Sql, number: number, limit: number): Promise<LogEntryView[]> {
  return sql.query<LogEntryView>(
    `select ${ENTRY} from log_entry
     where number between $1::bigint - $2::integer and $1::bigint + $2::integer
       and transaction_id = (select transaction_id from log_entry where number = $1)
     order by number`,
    [number, limit],
  );
}

/** The number of the newest entry; 0 of an empty log. */
export async function lastNumber(sql: Sql): Promise<number> {
  const row = await firstRow<{ last: number }>(
    sql,
    'select coalesce(max(number), 0)::bigint as last from log_entry',
    [],
  );
  return row?.last ?? 0;
}

/** The entries of several things, the newest first, `limit` at most, those before a number where given. */
export function entriesOf(
  sql: Sql,
  subjects: readonly Subject[],
  limit: number,
  before: number | null,
): Promise<LogEntryView[]> {
  const values: unknown[] = [subjects.map(({ table }) => table), subjects.map(({ id }) => id), limit];
  const wanted = given(values, { 'number < ?': before });
  return sql.query<LogEntryView>(
    `select ${ENTRY} from log_entry e join unnest($1::text[], $2::uuid[]) s (its_table, its_id)
       on e.table_name = s.its_table and e.subject_id = s.its_id
     where true${wanted} order by number desc limit $3`,
    values,
  );
}
