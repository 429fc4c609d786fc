import { Injectable, Logger } from '@nestjs/common';
import { createPostgresBackend, type Job, type JobsOptions, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import pg from 'pg';
import { Config } from '../config/config.js';
import { APP_ROLE, appPoolSettings, QUEUE_SCHEMA, SCHEMA } from '../database/connection.js';
import { DatabaseUrl } from '../database/database-url.js';
import type { JobDefinition } from './job.js';
import { evictionFault, impatientRedis, redisOptions } from './redis-store.js';

/** What the queue carries: which message. Everything else is in the message's row. */
export interface Carried {
  messageId: string;
}
export type CarriedJob = Job<Carried>;

/** A message on its way to the queue: `handings` counts from 1, this time included. */
export interface Handing {
  messageId: string;
  handings: number;
  definition: Pick<JobDefinition, 'name' | 'attempts' | 'backoffMs'>;
}

/** BullMQ's part of the queue that Exemplar uses. */
type Bull = Pick<Queue<Carried>, 'addBulk' | 'getJobState' | 'clean' | 'close' | 'on' | 'waitUntilReady'>;
type BullWorker = Pick<Worker<Carried>, 'close' | 'on' | 'waitUntilReady'>;

export const QUEUE_NAME = 'exemplar';
/** A worker that died gives up its job after this long. */
const LOCK_MS = 5_000;
/** How long the worker waits after a fetch that failed. */
const RETRY_MS = 1_000;
/** How often a message counts as failed is Exemplar's to say, so BullMQ lets a job's worker die more often. */
const MAX_STALLED = 100;
const CLEAN_BATCH = 1_000;
const SAY_AGAIN_MS = 60_000;

/** The queue itself: BullMQ on the database's own server, or on Redis where the settings name one. */
@Injectable()
export class MessageQueue {
  private readonly logger = new Logger('Queue');
  private readonly said = new Map<string, number>();
  private pool: pg.Pool | undefined;
  private redis: Redis | undefined;
  private bull: Bull | undefined;

  constructor(
    private readonly config: Config,
    private readonly database: DatabaseUrl,
  ) {}

  /**
   * Redis may come later: until then nothing is handed over.
   * @throws Error where the queue's tables are missing or of another version
   */
  async open(): Promise<void> {
    const { redisUrl, redisPrefix } = this.config;
    if (redisUrl !== undefined) {
      const redis = impatientRedis(redisUrl, redisPrefix);
      redis.on('error', (error) => this.trouble('connection', error));
      redis.on('ready', async () => {
        const fault = await evictionFault(redis);
        if (fault) this.logger.warn(fault);
      });
      this.redis = redis;
    }
    const bull = this.begin();
    if (!this.redis) await bull.waitUntilReady();
  }

  /** A queue whose first words to Redis were cut off stays broken for good, so another takes its place. */
  private begin(): Bull {
    const connection = (this.redis ?? this.ownPool()) as never;
    const bull: Bull = new Queue<Carried>(
      QUEUE_NAME,
      { connection, prefix: this.config.redisPrefix },
      this.backend,
    );
    this.bull = bull;
    bull.on('error', (error) => this.trouble('queue', error));
    if (this.redis)
      bull.waitUntilReady().catch(() => {
        const again = () => this.bull === bull && this.begin();
        setTimeout(again, RETRY_MS).unref();
      });
    return bull;
  }

  /** Starts to work on jobs as they come. */
  startWorker(process: (job: CarriedJob, token?: string) => Promise<void>, concurrency: number): BullWorker {
    const { redisUrl: url, redisPrefix: prefix } = this.config;
    const options = {
      prefix,
      connection: (url === undefined ? this.ownPool() : { ...redisOptions(prefix), url }) as never,
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS,
      maxStalledCount: MAX_STALLED,
      // A broken connection is tried again soon, and does not hold up the end.
      runRetryDelay: RETRY_MS,
    };
    const worker: BullWorker = new Worker<Carried>(QUEUE_NAME, process, options, this.backend);
    worker.on('error', (error) => this.trouble('worker', error));
    worker.on('stalled', (id) => this.logger.warn(`The worker of ${id} was lost; another takes it over.`));
    return worker;
  }

  /** Whether the Redis that the queue is on does not answer now. */
  get isAway(): boolean {
    return this.redis !== undefined && this.redis.status !== 'ready';
  }

  /**
   * Hands messages over. One that was handed over with the same count before is left as it is.
   * @throws Error where the queue is away
   */
  async add(handings: readonly Handing[]): Promise<void> {
    await this.queue.addBulk(
      handings.map(({ messageId, handings: count, definition }) => ({
        name: definition.name,
        data: { messageId },
        opts: { ...jobOptions(definition), jobId: jobIdOf(messageId, count) },
      })),
    );
  }

  /** Whether the queue still has a message to work on, now or later. */
  async holds(messageId: string, handings: number): Promise<boolean> {
    const state = await this.queue.getJobState(jobIdOf(messageId, handings));
    return state !== 'unknown' && state !== 'completed' && state !== 'failed';
  }

  /** Removes what it has been done with for a day. @returns how many jobs */
  async clean(): Promise<number> {
    let removed = 0;
    for (const state of ['completed', 'failed'] as const)
      for (let batch = CLEAN_BATCH; batch === CLEAN_BATCH; removed += batch)
        batch = (await this.queue.clean(24 * 3_600_000, CLEAN_BATCH, state)).length;
    return removed;
  }

  /** Close the workers first. */
  async close(): Promise<void> {
    this.redis?.disconnect();
    await this.bull?.close();
    await this.pool?.end();
    this.bull = undefined;
    this.pool = undefined;
    this.redis = undefined;
  }

  private get queue(): Bull {
    if (!this.bull) throw new Error('The queue is not open in this process.');
    // The library would wait for its first connection, however long that takes.
    if (this.isAway) throw new Error('Redis does not answer.');
    return this.bull;
  }

  /** BullMQ's types know Redis only, unless every mention of a queue names its backend. */
  private get backend(): undefined {
    return this.config.redisUrl === undefined ? (createPostgresBackend as never) : undefined;
  }

  /** One connection listens for the worker; the others are for its jobs' steps, the relay and the sweep. */
  private ownPool(): pg.Pool {
    if (this.pool) return this.pool;
    this.pool = new pg.Pool({
      ...appPoolSettings(this.database.url, 4 + Math.min(this.config.workerConcurrency, 8)),
      application_name: 'exemplar queue',
      options: `-c search_path=${QUEUE_SCHEMA},${SCHEMA} -c role=${APP_ROLE} -c timezone=UTC`,
    });
    this.pool.on('error', (error) => this.trouble('connection', error));
    return this.pool;
  }

  /** What is said again and again is said once a minute. */
  private trouble(what: string, error: Error): void {
    const said = `${what}: ${error.message}`;
    if ((this.said.get(said) ?? 0) > Date.now() - SAY_AGAIN_MS) return;
    this.said.set(said, Date.now());
    this.logger.warn(`The queue's ${what} has trouble, and goes on trying: ${error.message}`);
  }
}

/** BullMQ ignores a job with an id that it still keeps, so each handing over has its own. */
export function jobIdOf(messageId: string, handings: number): string {
  return `${messageId}.${handings}`;
}

/** Jobs stay until they are cleaned: removal on completion makes good jobs fail by deadlock. */
function jobOptions({ attempts, backoffMs }: Handing['definition']): JobsOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: false,
    removeOnFail: false,
    stackTraceLimit: 0,
  };
}
