import { firstRow, type Sql } from '../database/sql.js';
import type { CheckpointView, LogFault } from './checkpoint.queries.js';

/** A checkpoint as it is stored. */
export interface NewCheckpoint {
  size: number;
  root: Buffer;
  recordedAt: string;
  note: string;
  keyId: string;
  vkey: string;
}

/** When an entry was recorded, in RFC 3339 to the microsecond; undefined where there is none. */
export async function recordedAt(sql: Sql, number: number): Promise<string | undefined> {
  const row = await firstRow<{ at: string }>(
    sql,
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from log_entry where number = $1`,
    [number],
  );
  return row?.at;
}

/** How long ago the newest checkpoint was signed, in milliseconds; null where there is none. */
export async function sinceSigned(sql: Sql): Promise<number | null> {
  const row = await firstRow<{ ms: number }>(
    sql,
    `select (extract(epoch from clock_timestamp() - signed_at) * 1000)::float8 as ms
     from checkpoint order by size desc limit 1`,
    [],
  );
  return row?.ms ?? null;
}

/** Adds a checkpoint, and its key where it is the first under it. */
export async function addCheckpoint(sql: Sql, made: NewCheckpoint): Promise<void> {
  await sql.query('insert into checkpoint_key (id, vkey) values ($1, $2) on conflict (id) do nothing', [
    made.keyId,
    made.vkey,
  ]);
  await sql.query(
    'insert into checkpoint (size, root, recorded_at, note, key_id) values ($1, $2, $3, $4, $5)',
    [made.size, made.root, made.recordedAt, made.note, made.keyId],
  );
}

/** Adds why nothing is signed. */
export async function addFault(sql: Sql, { code, number, words }: Omit<LogFault, 'foundAt'>): Promise<void> {
  await sql.query('insert into log_fault (code, number, words) values ($1, $2, $3)', [code, number, words]);
}

/** Checkpoints that are not published as files yet, the smallest first. */
export function unpublished(sql: Sql, limit: number): Promise<Array<Pick<CheckpointView, 'size' | 'note'>>> {
  return sql.query(
    `select c.size, c.note from checkpoint c
     where not exists (select from checkpoint_publication p where p.size = c.size) order by c.size limit $1`,
    [limit],
  );
}

/** Marks a checkpoint as published. */
export async function addPublication(sql: Sql, size: number): Promise<void> {
  await sql.query('insert into checkpoint_publication (size) values ($1)', [size]);
}
