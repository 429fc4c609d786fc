import { AsyncLocalStorage } from 'node:async_hooks';
import { type DateOn, londonDay, onDay } from '../core/calendar.js';
import type { Config } from './config.js';

/** Clocks that differ by less are the same: it is about what it takes to ask. */
const SAME_MS = 1_000;

/** A moment of the past that is read as at. */
export interface Past {
  /** The last entry of the log at that moment: what is read is what stood after it. 0 is before the first. */
  number: number;
  /** RFC 3339, to the microsecond where the log is as exact. */
  at: string;
}

/** What time it is, by the database's clock; what day: in London, or the day that a demonstration stands at; and whether work is done as at a past moment. */
export class Clock {
  private readonly played = new AsyncLocalStorage<DateOn>();
  private readonly read = new AsyncLocalStorage<Past>();

  /** How much later it is than this machine's clock says, in milliseconds. */
  private laterMs = 0;

  constructor(private readonly config: Pick<Config, 'today'>) {}

  /** Now, as the database's clock has it: one clock for all processes. */
  now(): Date {
    return new Date(Date.now() + this.laterMs);
  }

  /**
   * Follows the database's clock from here on.
   * @param now what it says
   * @param machine what this machine's said at that moment, in milliseconds
   * @returns how far this machine's is off, in milliseconds: above zero where it is late
   */
  follow(now: Date, machine: number): number {
    const laterMs = now.getTime() - machine;
    if (Math.abs(laterMs - this.laterMs) > SAME_MS) this.laterMs = laterMs;
    return laterMs;
  }

  today(): DateOn {
    const { standing } = this;
    if (this.past === undefined) return standing ?? londonDay(this.now());
    const then = londonDay(new Date(this.past.at));
    // A clock that stands at a day stood at it then.
    return standing !== undefined && standing < then ? standing : then;
  }

  /**
   * The moment that work is of, where that is not the database's own: on the day that is played or that a demonstration
   * stands at, so that what is written down has the age that its days say.
   */
  get moment(): Date | undefined {
    if (this.standing === undefined) return undefined;
    return onDay(this.today(), this.past === undefined ? this.now() : new Date(this.past.at));
  }

  private get standing(): DateOn | undefined {
    return this.played.getStore() ?? this.config.today;
  }

  /** The past moment that work is done as at; undefined in the present. */
  get past(): Past | undefined {
    return this.read.getStore();
  }

  /** Whether the day is a demonstration's and not today's. */
  get stopped(): boolean {
    return this.config.today !== undefined;
  }

  /** Does work as on another day: a demonstration plays what led up to the day at which it stands. */
  playing<T>(day: DateOn, work: () => Promise<T>): Promise<T> {
    return this.played.run(day, work);
  }

  /** Does work as at a past moment: every reading in it is answered from then, and today is that moment's day. */
  asAt<T>(past: Past, work: () => T): T {
    return this.read.run(past, work);
  }
}
