import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MessageQueue } from './message-queue.js';
import { MessageWorker } from './message-worker.js';
import { Notifications } from './notifications.js';
import { QueueOptions } from './queue-options.js';
import { Relay } from './relay.js';
import { Timetable } from './timetable.js';

/** Starts the parts of the queue that this process runs, and stops them in order: nothing is cut off in mid-work. */
@Injectable()
export class QueueProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly options: QueueOptions,
    private readonly queue: MessageQueue,
    private readonly notifications: Notifications,
    private readonly relay: Relay,
    private readonly worker: MessageWorker,
    private readonly timetable: Timetable,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.notifications.start();
    if (!this.options.work) return;
    await this.queue.open();
    this.worker.start();
    this.relay.start();
    this.timetable.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.timetable.stop();
    await this.relay.stop();
    await this.worker.stop();
    await this.queue.close();
    await this.notifications.stop();
  }
}
