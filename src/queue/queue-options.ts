import type { JobDefinition } from './job.js';
import type { Recurring } from './schedule.js';

export interface QueueModuleOptions {
  /** The one list of every job of the program; the queue adds its own. */
  jobs: readonly JobDefinition[];
  /** Whether this process hands over, works and keeps the schedule; otherwise it only writes messages. */
  work: boolean;
  /** What recurs. */
  schedule: readonly Recurring[];
  /** How long after its handing over or its start a message may be missing from the queue; 60 by default. */
  missingAfterSeconds?: number;
}

/** What this process does with the queue. */
export class QueueOptions {
  readonly work: boolean;
  readonly schedule: readonly Recurring[];
  readonly missingAfterSeconds: number;

  constructor({ work, schedule, missingAfterSeconds = 60 }: QueueModuleOptions) {
    this.work = work;
    this.schedule = schedule;
    this.missingAfterSeconds = missingAfterSeconds;
  }
}
