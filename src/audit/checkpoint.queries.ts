import { firstRow, given, type Sql } from '../database/sql.js';

/** A signed checkpoint of the log. */
export interface CheckpointView {
  /** How many entries it covers: those numbered 1 to this. */
  size: number;
  /** The root of the tree over them, 32 bytes in base64. */
  root: string;
  /** When the newest of them was recorded. */
  recordedAt: string;
  signedAt: string;
  key: { id: string; vkey: string };
  /** The checkpoint itself, as it was signed (C2SP tlog-checkpoint). */
  note: string;
  /** When it was published as a file; null where it was not, or not yet. */
  publishedAt: string | null;
}

/** A key that checkpoints were signed with. */
export interface CheckpointKeyView {
  id: string;
  /** The public key with its name (C2SP signed-note). */
  vkey: string;
  firstUsedAt: string;
  /** The checkpoints that it signed, by their sizes. */
  firstSize: number | null;
  lastSize: number | null;
}

/** Why the notary refused to sign. */
export interface LogFault {
  code: string;
  /** The entry that is not as it was, where it is one. */
  number: number | null;
  words: string;
  foundAt: string;
}

const CHECKPOINT = `select c.size, encode(c.root, 'base64') as root, to_json(c.recorded_at) as "recordedAt",
    to_json(c.signed_at) as "signedAt", json_build_object('id', k.id, 'vkey', k.vkey) as key, c.note,
    to_json(p.published_at) as "publishedAt"
  from checkpoint c join checkpoint_key k on k.id = c.key_id left join checkpoint_publication p on p.size = c.size`;

/** Checkpoints from the newest, `limit` at most, those smaller than `before` where it is given. */
export function checkpoints(sql: Sql, limit: number, before: number | null): Promise<CheckpointView[]> {
  const values: unknown[] = [limit];
  const wanted = given(values, { 'c.size < ?': before });
  return sql.query<CheckpointView>(`${CHECKPOINT} where true${wanted} order by c.size desc limit $1`, values);
}

/** The newest checkpoint. */
export async function newestCheckpoint(sql: Sql): Promise<CheckpointView | undefined> {
  return (await checkpoints(sql, 1, null))[0];
}

/** The checkpoint of exactly so many entries. */
export function checkpointOf(sql: Sql, size: number): Promise<CheckpointView | undefined> {
  return firstRow<CheckpointView>(sql, `${CHECKPOINT} where c.size = $1`, [size]);
}

/** Every key that checkpoints were signed with, the newest first. */
export function checkpointKeys(sql: Sql): Promise<CheckpointKeyView[]> {
  return sql.query<CheckpointKeyView>(
    `select k.id, k.vkey, to_json(k.first_used_at) as "firstUsedAt", c.first as "firstSize", c.last as "lastSize"
     from checkpoint_key k
       left join (select key_id, min(size) as first, max(size) as last from checkpoint group by 1) c on c.key_id = k.id
     order by k.first_used_at desc`,
  );
}

/** Why nothing is signed at the moment: what was found since the newest checkpoint, the latest of it. */
export function openFault(sql: Sql): Promise<LogFault | undefined> {
  return firstRow<LogFault>(
    sql,
    `select code, number, words, to_json(found_at) as "foundAt" from log_fault
     where found_at > coalesce((select signed_at from checkpoint order by size desc limit 1), '-infinity')
     order by id desc limit 1`,
    [],
  );
}

/** How far the files are behind. */
export interface Publication {
  /** The largest checkpoint that is published; null where none is. */
  size: number | null;
  /** How many checkpoints are not. */
  waiting: number;
  /** When the oldest of those was signed. */
  waitingSince: string | null;
}

/** How far publishing as files has come. */
export async function publicationStanding(sql: Sql): Promise<Publication> {
  const row = await firstRow<Publication>(
    sql,
    `select (select max(size) from checkpoint_publication) as size, count(*) as waiting,
       to_json(min(c.signed_at)) as "waitingSince"
     from checkpoint c where not exists (select from checkpoint_publication p where p.size = c.size)`,
    [],
  );
  return row as Publication;
}
