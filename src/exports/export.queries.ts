import { firstRow, given, type Sql } from '../database/sql.js';
import type { Format } from './format.rules.js';

/** For how many days a file is kept. */
export const KEPT_DAYS = 7;

export interface ExportView {
  id: string;
  /** The list's address in the API, with its filters. */
  list: string;
  format: Format;
  state: 'waiting' | 'working' | 'ready' | 'failed' | 'expired';
  askedAt: string;
  asAt: string | null;
  rows: number | null;
  bytes: number | null;
  sha256: string | null;
  expiresAt: string | null;
  /** The receipt of the job that makes it. */
  receipt: string;
}

const STATE = `case
  when e.removed_at is not null or e.expires_at <= clock_timestamp() then 'expired'
  when e.finished_at is not null then 'ready'
  when m.failed_at is not null then 'failed'
  when m.started_at is not null then 'working'
  else 'waiting' end`;

const VIEW = `select e.id, e.list, e.format, ${STATE} as state, to_json(e.asked_at) as "askedAt", e.as_at as "asAt",
    e.row_count as rows, e.size_bytes as bytes, e.sha256, to_json(e.expires_at) as "expiresAt",
    e.message_id as receipt
  from export e left join outbox_message m on m.id = e.message_id`;

/** An export of a person. */
export function exportOf(sql: Sql, personId: string, id: string): Promise<ExportView | undefined> {
  return firstRow<ExportView>(sql, `${VIEW} where e.person_id = $1 and e.id = $2`, [personId, id]);
}

/** The exports of a person, newest first, `limit` at most, those before an id where given. */
export function exportsOf(
  sql: Sql,
  personId: string,
  limit: number,
  before: string | null,
): Promise<ExportView[]> {
  const values: unknown[] = [personId, limit];
  const wanted = given(values, { 'e.id < ?': before });
  return sql.query<ExportView>(`${VIEW} where e.person_id = $1${wanted} order by e.id desc limit $2`, values);
}

/** What is asked for. */
export interface NewExport {
  id: string;
  personId: string;
  keyId: string | null;
  role: string;
  trustId: string | null;
  list: string;
  format: Format;
  messageId: string;
}

export async function insertExport(sql: Sql, asked: NewExport): Promise<void> {
  const { id, personId, keyId, role, trustId, list, format, messageId } = asked;
  await sql.query(
    `insert into export (id, person_id, key_id, role, trust_id, list, format, message_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, personId, keyId, role, trustId, list, format, messageId],
  );
}

/** What the job that makes a file knows of it. */
export interface ExportToMake extends Omit<NewExport, 'messageId'> {
  finished: boolean;
}

export function exportToMake(sql: Sql, id: string): Promise<ExportToMake | undefined> {
  return firstRow<ExportToMake>(
    sql,
    `select id, person_id as "personId", key_id as "keyId", role, trust_id as "trustId", list, format,
       finished_at is not null as finished
     from export where id = $1`,
    [id],
  );
}

/** What was made. */
export interface MadeFile {
  asAt: string | null;
  rows: number;
  bytes: number;
  sha256: string;
}

export async function finishExport(sql: Sql, id: string, made: MadeFile): Promise<void> {
  await sql.query(
    `update export set as_at = $2, row_count = $3, size_bytes = $4, sha256 = $5, finished_at = clock_timestamp(),
       expires_at = clock_timestamp() + interval '${KEPT_DAYS} days'
     where id = $1`,
    [id, made.asAt, made.rows, made.bytes, made.sha256],
  );
}

/** The exports whose file is to go: expired, or never finished and older than any that is. They are marked. */
export function takeExpired(sql: Sql): Promise<Array<{ id: string }>> {
  return sql.query(
    `update export set removed_at = clock_timestamp()
     where removed_at is null
       and coalesce(expires_at, asked_at + interval '${KEPT_DAYS + 1} days') <= clock_timestamp()
     returning id`,
  );
}
