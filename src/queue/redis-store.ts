import { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

const AGAIN_MS = 1_000;
const POLICY = /^maxmemory_policy:(\S+)/m;

/** How each connection to the queue's Redis is made: a lost one is tried again every second, for as long as it takes. */
export function redisOptions(prefix: string): RedisOptions {
  return { connectionName: prefix, retryStrategy: () => AGAIN_MS };
}

/**
 * A connection whose commands fail at once while Redis is away, for those who try again later by themselves. It says by
 * itself where Redis may throw away what the queue keeps.
 */
export function impatientRedis(url: string, prefix: string): Redis {
  const redis = new Redis(url, {
    ...redisOptions(prefix),
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
  });
  redis.on('ready', () => void warnOfEviction(redis));
  return redis;
}

/**
 * Redis with another policy throws away single keys when its memory is full, and half of a job is worse than none: that
 * is found by nobody. A whole queue that is lost is handed over again.
 */
async function warnOfEviction(redis: Redis): Promise<void> {
  const policy = POLICY.exec(await redis.info('memory').catch(() => ''))?.[1];
  if (policy !== undefined && policy !== 'noeviction')
    new Logger('Queue').warn(
      `The Redis of REDIS_URL has the maxmemory-policy ${policy}, with which it may lose parts of jobs. Set it to noeviction.`,
    );
}
