import { Redis, type RedisOptions } from 'ioredis';

const AGAIN_MS = 1_000;
const POLICY = /^maxmemory_policy:(\S+)/m;

/** How each connection to Redis is made: a lost one is tried again every second, for as long as it takes. */
export function redisOptions(prefix: string): RedisOptions {
  return { connectionName: prefix, retryStrategy: () => AGAIN_MS };
}

/**
 * A connection whose commands fail at once while Redis is away, for those who try again later or go on without. Whoever
 * makes it listens to its errors, and disconnects it.
 */
export function impatientRedis(url: string, prefix: string, more: RedisOptions = {}): Redis {
  const impatient = { maxRetriesPerRequest: 0, enableOfflineQueue: false };
  return new Redis(url, { ...redisOptions(prefix), ...impatient, ...more });
}

/**
 * Redis with another policy than noeviction throws away single keys when its memory is full, and half of a job is worse
 * than none: nobody finds it. A whole queue that is lost is handed over again.
 * @returns what is wrong, in words; undefined where nothing is, or Redis does not say
 */
export async function evictionFault(redis: Redis): Promise<string | undefined> {
  const policy = POLICY.exec(await redis.info('memory').catch(() => ''))?.[1];
  if (policy === undefined || policy === 'noeviction') return undefined;
  return `The Redis of REDIS_URL has the maxmemory-policy ${policy}, with which it may lose parts of jobs. Set it to noeviction.`;
}
