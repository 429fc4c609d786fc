import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Notifications } from './notifications.js';

/** Tells when a receipt may have changed, so that whoever shows it reads it again. */
@Injectable()
export class ReceiptStream implements BeforeApplicationShutdown {
  private readonly open = new Set<Wakeups>();

  constructor(private readonly notifications: Notifications) {}

  /**
   * Wakes at once, then whenever the receipt may have changed; wakes that nobody waited for become one. Ends with
   * the signal, and when the program stops.
   * @param id the receipt's id
   */
  follow(id: string, signal: AbortSignal): AsyncIterableIterator<void> {
    const wakeups = new Wakeups(() => {
      stop();
      this.open.delete(wakeups);
    });
    const stop = this.notifications.listen('exemplar_receipt', (payload) => {
      if (payload === null || payload === id) wakeups.wake();
    });
    this.open.add(wakeups);
    if (signal.aborted) wakeups.end();
    else signal.addEventListener('abort', () => wakeups.end(), { once: true });
    return wakeups;
  }

  beforeApplicationShutdown(): void {
    for (const wakeups of this.open) wakeups.end();
  }
}

const WAKE: IteratorResult<void> = { done: false, value: undefined };
const END: IteratorResult<void> = { done: true, value: undefined };

class Wakeups implements AsyncIterableIterator<void> {
  private woken = true;
  private ended = false;
  private waiting: Array<(result: IteratorResult<void>) => void> = [];

  constructor(private readonly atEnd: () => void) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  wake(): void {
    const next = this.waiting.shift();
    if (next) next(WAKE);
    else this.woken = true;
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.atEnd();
    for (const next of this.waiting.splice(0)) next(END);
  }

  async next(): Promise<IteratorResult<void>> {
    if (this.ended) return END;
    if (this.woken) {
      this.woken = false;
      return WAKE;
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async return(): Promise<IteratorResult<void>> {
    this.end();
    return END;
  }
}
