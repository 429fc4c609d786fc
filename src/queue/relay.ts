import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../core/actor.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRegistry } from './job-registry.js';
import { MessageQueue } from './message-queue.js';
import { Notifications } from './notifications.js';

const BATCH = 200;
const POLL_MS = 1_000;

/**
 * Hands committed messages to the queue: woken by the database, and by the clock in case that was missed. Any number
 * of relays work side by side. One that dies in mid-batch has handed over messages that are handed over again, under
 * the same job ids.
 */
@Injectable()
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private timer: NodeJS.Timeout | undefined;
  private ignoreNotifications: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private troubled = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: JobRegistry,
    private readonly queue: MessageQueue,
    private readonly notifications: Notifications,
  ) {}

  start(): void {
    this.ignoreNotifications = this.notifications.listen('exemplar_outbox', () => this.wake());
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    this.ignoreNotifications?.();
    await this.running;
  }

  /** Hands over what waits. @returns how many messages, at most one batch */
  async handOver(): Promise<number> {
    const actor = systemActor('relay', randomUUID());
    return this.unitOfWork.run({ actor, action: 'message.hand-over' }, async (tx) => {
      const waiting = await tx.query<{ id: string; job: string; handings: number }>(
        `select id, job, handings from outbox_message
         where handed_at is null and finished_at is null and failed_at is null
         order by id limit ${BATCH} for update skip locked`,
      );
      if (waiting.length === 0) return 0;
      await this.queue.add(
        waiting.map(({ id, job, handings }) => ({
          messageId: id,
          handings: handings + 1,
          // A job that this version does not know still goes to a worker, which says so on the receipt.
          definition: this.registry.find(job) ?? { name: job, attempts: 2, backoffMs: 0 },
        })),
      );
      await tx.query(
        'update outbox_message set handed_at = clock_timestamp(), handings = handings + 1 where id = any($1)',
        [waiting.map((message) => message.id)],
      );
      return waiting.length;
    });
  }

  private wake(): void {
    this.again = true;
    if (this.running || this.stopped) return;
    this.running = this.drain().finally(() => {
      this.running = undefined;
      if (this.again && !this.troubled) this.wake();
    });
  }

  private async drain(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        if ((await this.handOver()) === BATCH) this.again = true;
        if (this.troubled) this.logger.log('Messages are handed over again.');
        this.troubled = false;
      } catch (error) {
        if (!this.troubled)
          this.logger.warn(`Messages cannot be handed over for the moment: ${(error as Error).message}`);
        this.troubled = true;
        return;
      }
    }
  }
}
