import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { CLEAR_FINISHED, ClearFinished } from './clear-finished.job.js';
import { HandOverAgain } from './hand-over-again.js';
import { JobService } from './job.service.js';
import { JobRegistry } from './job-registry.js';
import { MessageQueue } from './message-queue.js';
import { MessageWork } from './message-work.js';
import { MessageWorker } from './message-worker.js';
import { Notifications } from './notifications.js';
import { Outbox } from './outbox.js';
import { type QueueModuleOptions, QueueOptions } from './queue-options.js';
import { QueueProcess } from './queue-process.js';
import { ReceiptStream } from './receipt-stream.js';
import { ReceiptsReader } from './receipts.reader.js';
import { Relay } from './relay.js';
import { Timetable } from './timetable.js';

/** Consequences: written with their cause, carried out once, after it. Needs ConfigModule and DatabaseModule. */
@Global()
@Module({})
export class QueueModule {
  static with(options: QueueModuleOptions): DynamicModule {
    return {
      module: QueueModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: QueueOptions, useValue: new QueueOptions(options) },
        {
          provide: JobRegistry,
          useFactory: (discovery: DiscoveryService) =>
            new JobRegistry(discovery, [...options.jobs, CLEAR_FINISHED]),
          inject: [DiscoveryService],
        },
        ...[
          Outbox,
          JobService,
          ReceiptStream,
          ReceiptsReader,
          Notifications,
          MessageQueue,
          MessageWork,
          MessageWorker,
        ],
        ...[Relay, HandOverAgain, Timetable, ClearFinished, QueueProcess],
      ],
      exports: [Outbox, JobService, ReceiptsReader],
    };
  }
}
