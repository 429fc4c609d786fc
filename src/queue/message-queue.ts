import { Injectable, Logger } from '@nestjs/common';
import { createPostgresBackend, type Job, type JobsOptions, Queue, type RedisOptions, Worker } from 'bullmq';
import pg from 'pg';
import { Config } from '../config/config.js';
import { APP_ROLE, appPoolSettings, QUEUE_SCHEMA, SCHEMA } from '../database/connection.js';
import { DatabaseUrl } from '../database/database-url.js';
import type { JobDefinition } from './job.js';

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

/** The queue itself: BullMQ on the database's own server, or on Redis where the settings name one. */
@Injectable()
export class MessageQueue {
  private readonly logger = new Logger('Queue');
  private pool: pg.Pool | undefined;
  private bull: Bull | undefined;

  constructor(
    private readonly config: Config,
    private readonly database: DatabaseUrl,
  ) {}

  /** @throws Error where the queue's tables are missing or of another version */
  async open(): Promise<void> {
    this.bull = new Queue<Carried>(QUEUE_NAME, this.connection({ maxRetriesPerRequest: 1 }), this.backend);
    this.queue.on('error', (error) => this.trouble('queue', error));
    await this.queue.waitUntilReady();
  }

  /** Starts to work on jobs as they come. */
  startWorker(process: (job: CarriedJob, token?: string) => Promise<void>, concurrency: number): BullWorker {
    const options = {
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS,
      maxStalledCount: MAX_STALLED,
      // A broken connection is tried again soon, and does not hold up the end.
      runRetryDelay: RETRY_MS,
    };
    const worker: BullWorker = new Worker<Carried>(
      QUEUE_NAME,
      process,
      { ...options, ...this.connection() },
      this.backend,
    );
    worker.on('error', (error) => this.trouble('worker', error));
    worker.on('stalled', (id) => this.logger.warn(`The worker of ${id} was lost; another takes it over.`));
    return worker;
  }

  /** Hands messages over. One that was handed over with the same count before is left as it is. */
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
    await this.bull?.close();
    await this.pool?.end();
    this.bull = undefined;
    this.pool = undefined;
  }

  private get queue(): Bull {
    if (!this.bull) throw new Error('The queue is not open in this process.');
    return this.bull;
  }

  /** BullMQ's types know Redis only, unless every mention of a queue names its backend. */
  private get backend(): undefined {
    return this.config.redisUrl === undefined ? (createPostgresBackend as never) : undefined;
  }

  private connection(redis: RedisOptions = {}): { connection: RedisOptions } {
    const url = this.config.redisUrl;
    return { connection: url === undefined ? (this.ownPool() as never) : { ...redis, url } };
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

  private trouble(what: string, error: Error): void {
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
