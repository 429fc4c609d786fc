import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { Config } from '../config/config.js';
import { type CarriedJob, MessageQueue } from './message-queue.js';
import { AttemptFailed, MessageWork } from './message-work.js';

/** How long a delivery waits that came while another worker was at the same message. */
const LOOK_AGAIN_MS = 1_000;
/** How often, and how many times in a row, a queue that is away is looked at before it is left without a goodbye. */
const LEAVE = { everyMs: 250, times: 6 };

/** Takes jobs from the queue and does the messages that they name. */
@Injectable()
export class MessageWorker {
  private readonly logger = new Logger('Worker');
  private worker: ReturnType<MessageQueue['startWorker']> | undefined;
  private atWork = 0;

  constructor(
    private readonly queue: MessageQueue,
    private readonly work: MessageWork,
    private readonly config: Config,
  ) {}

  start(): void {
    this.worker = this.queue.startWorker((job, token) => this.take(job, token), this.concurrency());
  }

  /** Waits for the jobs that are at work; not for a queue that is away, which hands the rest to others by itself. */
  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    if (!worker) return;
    const ended = new AbortController();
    await Promise.race([worker.close().finally(() => ended.abort()), this.untilAway(ended.signal)]);
  }

  private async untilAway(ended: AbortSignal): Promise<void> {
    for (let times = 0; times < LEAVE.times && !ended.aborted; ) {
      await delay(LEAVE.everyMs);
      times = this.queue.isAway && this.atWork === 0 ? times + 1 : 0;
    }
  }

  private async take(job: CarriedJob, token: string | undefined): Promise<void> {
    this.atWork += 1;
    try {
      await this.deliver(job, token);
    } finally {
      this.atWork -= 1;
    }
  }

  private async deliver(job: CarriedJob, token: string | undefined): Promise<void> {
    try {
      if ((await this.work.process(job.data.messageId)) !== 'busy') return;
    } catch (error) {
      if (error instanceof AttemptFailed && error.last) throw new UnrecoverableError(error.message);
      throw error;
    }
    await job.moveToDelayed(Date.now() + LOOK_AGAIN_MS, token);
    throw new DelayedError();
  }

  /** A job holds a connection while it runs and takes a second to report progress, and requests need some too. */
  private concurrency(): number {
    const { workerConcurrency, poolSize } = this.config;
    const most = Math.max(1, Math.floor(poolSize / 2));
    if (workerConcurrency > most)
      this.logger.warn(
        `WORKER_CONCURRENCY is ${workerConcurrency}, but DATABASE_POOL of ${poolSize} is enough for ${most}: that many run at once.`,
      );
    return Math.min(workerConcurrency, most);
  }
}
