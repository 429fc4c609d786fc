import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { impatientRedis } from '../queue/redis-store.js';

/** A request waits no longer to be counted. */
const COUNT_MS = 250;

/**
 * Where callers' requests are counted: in Redis, for all processes together, where the settings name one; otherwise
 * each process counts for itself. While Redis is away nobody is held back: to answer is what the limits are for.
 */
export function sharedLimits(
  { redisUrl, redisPrefix }: Pick<Config, 'redisUrl' | 'redisPrefix'>,
  server: FastifyInstance,
): RateLimitPluginOptions {
  if (redisUrl === undefined) return {};
  const redis = impatientRedis(redisUrl, redisPrefix, { commandTimeout: COUNT_MS });
  redis.on('error', () => undefined);
  server.addHook('onClose', async () => redis.disconnect());
  return { redis, nameSpace: `${redisPrefix}:limit:`, skipOnError: true };
}
