import { type DateOn, londonDay } from '../core/calendar.js';
import type { Config } from './config.js';

/** What day it is: in London, or the day that a demonstration stands at. Instants are always real. */
export class Clock {
  constructor(private readonly config: Pick<Config, 'today'>) {}

  today(): DateOn {
    return this.config.today ?? londonDay(new Date());
  }

  /** Whether the day is a demonstration's and not today's. */
  get stopped(): boolean {
    return this.config.today !== undefined;
  }
}
