import { firstRow, type Sql } from '../database/sql.js';

/** A table whose changes the log records. */
export interface RecordedTable {
  name: string;
  /** Whether columns of it are personal, and stand in the log by reference. */
  personal: boolean;
}

/** Every table whose changes the log records, by name. */
export function recordedTables(sql: Sql): Promise<RecordedTable[]> {
  return sql.query<RecordedTable>(
    `select c.relname as name, exists (select from exemplar.personal_column p where p.table_name = c.relname) as personal
     from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where t.tgname = 'record_change' and c.relnamespace = 'exemplar'::regnamespace order by 1`,
  );
}

/** The number of the newest entry, also within a reading of the past; 0 of an empty log. */
export async function newestNumber(sql: Sql): Promise<number> {
  const row = await firstRow<{ number: number }>(
    sql,
    'select coalesce(max(number), 0)::bigint as number from exemplar.log_entry',
    [],
  );
  return row?.number ?? 0;
}

/** When an entry was recorded, and the last entry of its transaction; undefined where there is none. */
export function transactionOf(
  sql: Sql,
  number: number,
): Promise<{ recordedAt: string; last: number } | undefined> {
  return firstRow<{ recordedAt: string; last: number }>(
    sql,
    `select to_json(e.recorded_at) #>> '{}' as "recordedAt",
       (select max(l.number) from log_entry l where l.recorded_at = e.recorded_at)::bigint as last
     from log_entry e where e.number = $1`,
    [number],
  );
}

/**
 * Entries after `$1` up to `$2`, as lines of an export: the exact text that is hashed, and beside it the columns by
 * which readers filter. The whole log is read, also within a reading of the past.
 */
export const EXPORTED_ENTRIES = `select json_build_object('leaf', leaf, 'columns', json_build_object('number', number,
    'recordedAt', recorded_at, 'transaction', transaction_id::text, 'operation', operation, 'table', table_name,
    'subject', subject_id, 'trust', trust_id, 'actor', actor_id, 'action', action, 'request', request_id))
  from exemplar.log_entry where number > $1 and number <= $2 order by number`;

/** The rows of a table as they stand, as lines of an export, written as the log writes them. */
export function exportedRows({ name, personal }: RecordedTable): string {
  const image = personal ? `exemplar.as_recorded('${name}', to_jsonb(t))` : 'to_jsonb(t)';
  return `select json_build_object('table', '${name}', 'row', ${image}) from exemplar."${name}" t`;
}

/** The rows of a table as they stood after entry `$1`. What is personal stands by reference in what the past is kept in. */
export function exportedPastRows({ name }: RecordedTable): string {
  return `select json_build_object('table', '${name}', 'row', to_jsonb(t) - 'from_number' - 'to_number')
    from past."${name}" t where t.from_number <= $1 and t.to_number > $1`;
}
