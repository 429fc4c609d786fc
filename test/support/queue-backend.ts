import { Redis } from 'ioredis';
import { QUEUE_NAME } from '../../src/queue/message-queue.js';
import type { TestDatabase } from './database.js';

/** Which backend the queue of this run is on: TEST_QUEUE=redis, and otherwise the database. */
export const ON_REDIS = process.env.TEST_QUEUE === 'redis';

/** The settings that put a database's queue where this run has it: on Redis each database has keys of its own. */
export function queueSettings(databaseUrl: string): Record<string, string> {
  if (!ON_REDIS) return {};
  const REDIS_URL = process.env.EXEMPLAR_TEST_REDIS;
  if (!REDIS_URL) throw new Error('The test Redis is not running: run tests through `npm test`.');
  return { REDIS_URL, REDIS_PREFIX: new URL(databaseUrl).pathname.slice(1) };
}

/** What a queue keeps for itself, whichever backend it is on, and what may happen to it. */
export interface QueueBackend {
  /** How many jobs it has, of all states or of one. */
  jobs(state?: 'completed'): Promise<number>;
  /** Loses everything. */
  empty(): Promise<void>;
  /** Lets what it is done with be two days older. */
  age(): Promise<void>;
  /** Cuts the connections of whoever uses it. */
  cut(): Promise<unknown>;
  close(): Promise<void>;
}

const OLDER_MS = 2 * 86_400_000;

/** The backend of a database's queue. */
export function queueBackendOf(database: TestDatabase): QueueBackend {
  const { REDIS_URL, REDIS_PREFIX } = queueSettings(database.url);
  return REDIS_URL && REDIS_PREFIX ? onRedis(REDIS_URL, REDIS_PREFIX) : onPostgres(database);
}

function onPostgres(database: TestDatabase): QueueBackend {
  return {
    async jobs(state) {
      const sql = 'select count(*)::int as n from bullmq.job where $1::text is null or state::text = $1';
      const [row] = await database.sql<{ n: number }>(sql, [state ?? null]);
      return row?.n ?? 0;
    },
    empty: async () => void (await database.sql('delete from bullmq.job')),
    age: async () => {
      await database.sql('update bullmq.job set finished_at_ms = finished_at_ms - $1::bigint', [OLDER_MS]);
    },
    cut: async () => undefined,
    close: async () => undefined,
  };
}

function onRedis(url: string, prefix: string): QueueBackend {
  const redis = new Redis(url);
  const key = (name: string): string => `${prefix}:${QUEUE_NAME}:${name}`;
  const isJob = (name: string): boolean => /^[0-9a-f-]{36}\.\d+$/.test(name.slice(key('').length));
  return {
    async jobs(state) {
      if (state) return redis.zcard(key(state));
      return (await redis.keys(key('*'))).filter(isJob).length;
    },
    async empty() {
      const all = await redis.keys(key('*'));
      if (all.length > 0) await redis.del(all);
    },
    async age() {
      for (const state of ['completed', 'failed'])
        for (const id of await redis.zrange(key(state), 0, -1)) {
          await redis.zincrby(key(state), -OLDER_MS, id);
          await redis.hincrby(key(id), 'finishedOn', -OLDER_MS);
        }
    },
    async cut() {
      for (const line of String(await redis.client('LIST')).split('\n')) {
        const id = /^id=(\d+) /.exec(line)?.[1];
        if (id && line.includes(`name=${prefix}`)) await redis.client('KILL', 'ID', id);
      }
    },
    close: async () => redis.disconnect(),
  };
}
