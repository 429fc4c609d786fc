import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { unavailable } from '../core/problems.js';

/**
 * The last moments of a process that was asked to end: it still answers everything, says that it is not ready, and asks
 * for each connection to be closed, so that whoever spreads requests over several processes has time to send them
 * elsewhere.
 */
@Injectable()
export class Draining {
  private begun = false;

  constructor(private readonly config: Config) {}

  get isOn(): boolean {
    return this.begun;
  }

  /** Begins it, and waits for DRAIN_SECONDS. */
  async begin(): Promise<void> {
    this.begun = true;
    await new Promise((resolve) => setTimeout(resolve, this.config.drainSeconds * 1_000));
  }

  /** @throws Problem 503 once it has begun */
  refuseWhenOn(): void {
    if (this.begun) throw unavailable('This process is about to end. Ask another, or ask again shortly.');
  }
}
