import { firstRow, type Sql } from '../database/sql.js';

export type MessageState = 'waiting' | 'working' | 'done' | 'failed';

/** How far a job is, in its own words. */
export interface Progress {
  done: number;
  total: number;
  words: string;
}

/** What became of a message, for whoever caused it. */
export interface Receipt {
  id: string;
  job: string;
  trustId: string | null;
  state: MessageState;
  createdAt: Date;
  /** When the latest attempt began. */
  startedAt: Date | null;
  /** When it was done, or had failed for good. */
  finishedAt: Date | null;
  progress: Progress | null;
  result: object | null;
  /** Why the latest attempt failed. */
  error: string | null;
}

/** The state of a message by its columns. One that waits for its next attempt counts as working. */
export const STATE = `case
  when finished_at is not null then 'done'
  when failed_at is not null then 'failed'
  when started_at is not null then 'working'
  else 'waiting' end`;

/** The columns of a receipt. */
export const RECEIPT = `id, job, trust_id as "trustId", ${STATE} as state, created_at as "createdAt",
  started_at as "startedAt", coalesce(finished_at, failed_at) as "finishedAt", progress, result,
  last_error as error`;

/** The receipt of a message, or undefined where there is none that the reader may see. */
export function receipt(sql: Sql, id: string): Promise<Receipt | undefined> {
  return firstRow<Receipt>(sql, `select ${RECEIPT} from outbox_message where id = $1`, [id]);
}
