import { AsyncLocalStorage } from 'node:async_hooks';
import { type DateOn, londonDay } from '../core/calendar.js';
import type { Config } from './config.js';

/** What day it is: in London, or the day that a demonstration stands at. Instants are always real. */
export class Clock {
  private readonly played = new AsyncLocalStorage<DateOn>();

  constructor(private readonly config: Pick<Config, 'today'>) {}

  today(): DateOn {
    return this.played.getStore() ?? this.config.today ?? londonDay(new Date());
  }

  /** Whether the day is a demonstration's and not today's. */
  get stopped(): boolean {
    return this.config.today !== undefined;
  }

  /** Does work as on another day: a demonstration plays what led up to the day at which it stands. */
  playing<T>(day: DateOn, work: () => Promise<T>): Promise<T> {
    return this.played.run(day, work);
  }
}
