import { given, type Sql } from '../database/sql.js';
import { type MessageState, RECEIPT, type Receipt, STATE } from './receipts.queries.js';

/** A message that is not done, for the administrator. */
export interface UnfinishedMessage extends Receipt {
  actorId: string;
  requestId: string;
  attempts: number;
  /** When it was last handed to the queue. */
  handedAt: Date | null;
}

export interface UnfinishedFilter {
  /** One state; by default every one but done. */
  state?: Exclude<MessageState, 'done'> | undefined;
  job?: string | undefined;
  /** Only messages older than the one with this id: the last of the page before. */
  after?: string | undefined;
  limit: number;
}

/** Messages that are not done, newest first. */
export function unfinishedMessages(sql: Sql, filter: UnfinishedFilter): Promise<UnfinishedMessage[]> {
  const values: unknown[] = [filter.limit];
  const wanted = given(values, {
    [`${STATE} = ?`]: filter.state ?? null,
    'job = ?': filter.job ?? null,
    'id < ?': filter.after ?? null,
  });
  return sql.query<UnfinishedMessage>(
    `select ${RECEIPT}, actor_id as "actorId", request_id as "requestId", attempts, handed_at as "handedAt"
     from outbox_message where finished_at is null${wanted} order by id desc limit $1`,
    values,
  );
}
