import type { Socket } from 'node:net';
import pg from 'pg';

/** The schema that holds Exemplar's tables. */
export const SCHEMA = 'exemplar';
/** The schema that the queue library keeps for itself. */
export const QUEUE_SCHEMA = 'bullmq';
/** The role that the application works as: it owns nothing and cannot pass by row-level security. */
export const APP_ROLE = 'exemplar_app';
/** The role that alone adds to the tree over the log and to its checkpoints. */
export const NOTARY_ROLE = 'exemplar_notary';

const INT8 = 20;
const DATE = 1082;

/** `bigint` as a safe integer, a day as its text: neither goes through a type that could change it. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: string) {
    if (format !== 'binary' && oid === INT8) {
      return (text: string): number => {
        const value = Number(text);
        if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond a safe integer`);
        return value;
      };
    }
    if (format !== 'binary' && oid === DATE) return (text: string): string => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/**
 * A connection that may break at any moment, also while nothing is asked of it: an `error` event that nobody listens to
 * would end the process. Its queries fail, which is enough to know. What is asked before a turn ends goes out in one
 * piece: handing it to the system takes longer than all else of asking.
 */
class AppClient extends pg.Client {
  private holdsBack = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    const ask = this.query.bind(this) as (...asked: unknown[]) => unknown;
    this.query = ((...asked: unknown[]) => {
      this.holdBack();
      return ask(...asked);
    }) as typeof this.query;
  }

  private holdBack(): void {
    if (this.holdsBack) return;
    this.holdsBack = true;
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    process.nextTick(() => {
      this.holdsBack = false;
      stream.uncork();
    });
  }
}

/** Settings of a pool that works as the application's role. */
export function appPoolSettings(url: string, max: number): pg.PoolConfig {
  return {
    Client: AppClient,
    connectionString: url,
    max,
    types,
    application_name: 'exemplar',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    options: `-c search_path=${SCHEMA},${QUEUE_SCHEMA} -c role=${APP_ROLE} -c timezone=UTC -c default_transaction_isolation=read\\ committed`,
  };
}

/** Settings of a pool that works as the notary's role, which reads the whole log. */
export function notaryPoolSettings(url: string): pg.PoolConfig {
  return {
    ...appPoolSettings(url, 1),
    application_name: 'exemplar notary',
    options: `-c search_path=${SCHEMA} -c role=${NOTARY_ROLE} -c timezone=UTC -c exemplar.reach=all -c default_transaction_isolation=read\\ committed`,
  };
}

/** Settings of a client that works as the tables' owner: migrations, and nothing else. */
export function ownerClientSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'exemplar migrate',
    connectionTimeoutMillis: 10_000,
    options: `-c search_path=${SCHEMA} -c timezone=UTC`,
  };
}
