import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type CronExpression, CronExpressionParser } from 'cron-parser';
import { Clock } from '../config/clock.js';
import { systemActor } from '../core/actor.js';
import { ReadScope } from '../database/read-scope.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { HandOverAgain } from './hand-over-again.js';
import { JobRegistry } from './job-registry.js';
import { QueueOptions } from './queue-options.js';
import { HAND_OVER_AGAIN, KEEP_PAST, type Recurring } from './schedule.js';

type OnCron = Extract<Recurring, { cron: string }>;
type Sweep = Extract<Recurring, { everySeconds: number }>;

const TICK_MS = 1_000;
/** How far back a time counts that nobody was there for: 26 hours. */
const LOOK_BACK_MS = 26 * 3_600_000;

/**
 * Keeps the schedule. Each time of a pattern is one message, whoever of any number of processes writes it first,
 * and the last time that nobody was there for is made up for at the start. It does not live in the queue, so an
 * emptied queue does not lose it.
 */
@Injectable()
export class Timetable implements OnModuleInit {
  private readonly logger = new Logger(Timetable.name);
  private readonly dueAt = new Map<OnCron, number>();
  private readonly sweeps: Record<string, () => Promise<unknown>>;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private posting = false;

  constructor(
    private readonly options: QueueOptions,
    private readonly registry: JobRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    handOverAgain: HandOverAgain,
    scope: ReadScope,
  ) {
    this.sweeps = {
      [HAND_OVER_AGAIN]: () => handOverAgain.run(),
      [KEEP_PAST]: () => scope.pastAt(null),
    };
  }

  /** @throws Error naming everything in the schedule that is no job, or never happens */
  onModuleInit(): void {
    const faults = this.options.schedule.flatMap((entry) => {
      if ('everySeconds' in entry) return entry.job in this.sweeps ? [] : [`${entry.job} is no sweep`];
      if (!this.registry.find(entry.job)) return [`${entry.job} is no job of this program`];
      try {
        nextTime(entry, this.clock.now().getTime());
        return [];
      } catch (error) {
        return [`${entry.job} has a wrong time, ${entry.cron}: ${(error as Error).message}`];
      }
    });
    if (faults.length > 0)
      throw new Error(`The schedule is wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }

  start(): void {
    const now = this.clock.now().getTime();
    for (const entry of this.options.schedule)
      if ('everySeconds' in entry) this.startSweep(entry);
      else this.dueAt.set(entry, lastTime(entry, now) ?? nextTime(entry, now));
    if (this.dueAt.size === 0) return;
    this.timers.push(setInterval(() => this.tick(), TICK_MS));
    this.tick();
  }

  async stop(): Promise<void> {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    await Promise.allSettled(this.running);
  }

  private startSweep({ job, everySeconds }: Sweep): void {
    let busy = false;
    const sweep = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      await this.track(job, this.sweeps[job]?.());
      busy = false;
    };
    this.timers.push(setInterval(() => void sweep(), everySeconds * 1_000));
  }

  private tick(): void {
    if (this.posting) return;
    this.posting = true;
    void this.track('The schedule', this.postDue()).then(() => {
      this.posting = false;
    });
  }

  private async postDue(): Promise<void> {
    const now = this.clock.now().getTime();
    for (const [entry, dueAt] of this.dueAt) {
      if (dueAt > now) continue;
      await this.post(entry, lastTime(entry, now) ?? dueAt);
      this.dueAt.set(entry, nextTime(entry, now));
    }
  }

  private async post({ job }: OnCron, time: number): Promise<void> {
    const at = new Date(time).toISOString();
    await this.unitOfWork.run(
      { actor: systemActor('schedule', `${job}@${at}`), action: 'schedule.post' },
      (tx) =>
        tx.query(
          `insert into outbox_message (id, job, payload, actor_id, request_id) values ($1, $2, '{}', $3, $4)
         on conflict (id) do nothing`,
          [messageIdOf(job, time), job, tx.actor.id, tx.actor.requestId],
        ),
    );
  }

  private async track(what: string, work: Promise<unknown> | undefined): Promise<void> {
    if (!work) return;
    const tracked = work.catch((error: Error) => this.logger.warn(`${what} is late: ${error.message}`));
    this.running.add(tracked);
    await tracked;
    this.running.delete(tracked);
  }
}

/**
 * The first time of a pattern after an instant, both in milliseconds.
 * @throws Error where the pattern is wrong, or never happens
 */
function nextTime(entry: OnCron, after: number): number {
  return timesOf(entry, after).next().getTime();
}

/** The last time of a pattern until an instant, where it is not too long ago. */
function lastTime(entry: OnCron, until: number): number | undefined {
  // A pattern's times are whole seconds, and one that is now counts.
  const last = timesOf(entry, until + 1)
    .prev()
    .getTime();
  return last < until - LOOK_BACK_MS ? undefined : last;
}

function timesOf({ cron, timeZone }: OnCron, from: number): CronExpression {
  return CronExpressionParser.parse(cron, { currentDate: new Date(from), tz: timeZone });
}

/** The id of the message for a job's time: a UUIDv7 of that time, the same in every process. */
function messageIdOf(job: string, time: number): string {
  const hash = createHash('sha256').update(`${job}@${time}`).digest('hex');
  const stamp = time.toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}
