import type pg from 'pg';
import type { Past } from '../config/clock.js';
import { QUEUE_SCHEMA, SCHEMA } from './connection.js';

/**
 * Has the names of tables in a transaction's statements stand for the rows after an entry of the log; undefined: for
 * those that stand.
 */
export function answeredFrom(number: number | undefined): string {
  if (number !== undefined && !Number.isSafeInteger(number))
    throw new Error('An entry of the log is a number');
  const path = `${number === undefined ? '' : 'as_at, '}${SCHEMA}, ${QUEUE_SCHEMA}`;
  return `set local exemplar.as_at = '${number ?? ''}'; set local search_path = ${path}`;
}

/**
 * Sends a statement that is answered from another entry than the transaction that it is in. All three go out at once,
 * so that no other statement of that transaction comes between them.
 * @param past what the transaction itself is of; undefined: the present
 */
export async function aside<T>(
  client: pg.ClientBase,
  number: number,
  past: Past | undefined,
  send: () => Promise<T>,
): Promise<T> {
  const [, answer] = await Promise.all([
    client.query(answeredFrom(number)),
    send(),
    client.query(answeredFrom(past?.number)),
  ]);
  return answer;
}
