import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { ReadPool } from './read-scope.js';

const EVERY_MS = 30_000;
/** A machine whose clock is off by more is worth a word. */
const WORTH_SAYING_MS = 60_000;

/**
 * Keeps this process's time with the database's, whatever its machine's clock says: keys, sessions, the schedule and
 * the day are the same in every process.
 */
@Injectable()
export class DatabaseTime implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(DatabaseTime.name);
  private timer: NodeJS.Timeout | undefined;
  private said = false;

  constructor(
    private readonly pool: ReadPool,
    private readonly clock: Clock,
  ) {}

  /** @throws Error where the database is away */
  async onModuleInit(): Promise<void> {
    await this.compare();
    this.timer = setInterval(() => void this.compare().catch(() => undefined), EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async compare(): Promise<void> {
    const asked = performance.now();
    const { rows } = await this.pool.query<{ now: Date }>('select clock_timestamp() as now');
    const tookMs = performance.now() - asked;
    const offMs = this.clock.follow((rows[0] as { now: Date }).now, Date.now() - tookMs / 2);
    const off = Math.abs(offMs) > WORTH_SAYING_MS;
    if (off && !this.said)
      this.logger.warn(
        `This machine's clock is ${Math.round(Math.abs(offMs) / 1_000)} s ${offMs > 0 ? 'behind' : 'ahead of'} the database's; times are the database's.`,
      );
    this.said = off;
  }
}
