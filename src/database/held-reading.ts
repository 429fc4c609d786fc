import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Past } from '../config/clock.js';
import { aside } from './answered-from.js';
import type { CopiedRows } from './copied-rows.js';
import { firstRow, type ReadSql } from './sql.js';

/** A pool for readings that last: they are few, and take no connection from those that are answered at once. */
export class LongReadPool extends pg.Pool {}

/**
 * A reading that goes on from one piece of an answer to the next: all of it sees one moment, whatever is written
 * meanwhile. It has a connection until it is closed.
 */
export class HeldReading {
  private static readonly current = new AsyncLocalStorage<HeldReading>();
  private before: Promise<unknown> = Promise.resolve();
  private copying = false;
  private closed = false;
  private readonly around = AsyncLocalStorage.snapshot();

  /**
   * @param client with its transaction open
   * @param trustId whose rows it sees; null: all
   * @param past the moment that it is answered from; undefined: the one at which it began
   */
  constructor(
    private readonly client: pg.PoolClient,
    private readonly trustId: string | null,
    private readonly past: Past | undefined,
  ) {}

  /** The reading within which this is called, where it sees the same rows as one of its own would. */
  static of(trustId: string | null, past: Past | undefined): HeldReading | undefined {
    const held = HeldReading.current.getStore();
    const same = held?.trustId === trustId && held.past?.number === past?.number;
    return same && !held.closed ? held : undefined;
  }

  /** Does work whose readings are all of this moment, wherever it is called, as if it were where the reading began. */
  within<T>(work: () => Promise<T>): Promise<T> {
    return this.around(() => HeldReading.current.run(this, work));
  }

  /** One statement after the other: they share a connection. */
  readonly sql: ReadSql = {
    trustId: this.trustId,
    query: (text, values) => this.inTurn(() => this.send(text, values)),
    asAt: (number) => ({
      query: (text, values) =>
        this.inTurn(() => aside(this.client, number, this.past, () => this.send(text, values))),
    }),
  };

  private async send<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(text, [...values])).rows;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.before.then(work);
    this.before = answer.catch(() => undefined);
    return answer;
  }

  /** The newest entry of the log that it sees: asked for as at this instant, everything is as it is here. */
  async position(): Promise<{ number: number; at: string } | undefined> {
    if (this.past) return this.past;
    return firstRow(this.sql, 'select number, at from log_position() where number > 0', []);
  }

  /** How many rows a copy would have. */
  async count({ counting }: CopiedRows): Promise<number> {
    return (await firstRow<{ count: number }>(this.sql, counting.text, counting.values))?.count ?? 0;
  }

  /**
   * The bytes of a `copy … to stdout`, at the speed at which they are taken. No other statement runs until its end.
   * @param text the whole statement: it takes no parameters, so what comes from a request must be a literal
   */
  copy(text: string): Readable {
    this.copying = true;
    const stream = this.client.query(copyTo(text, { highWaterMark: 256 * 1024 }));
    stream.once('end', () => {
      this.copying = false;
    });
    // Whoever reads it hears of it as well; an error that nobody hears would end the process.
    stream.on('error', () => undefined);
    return stream;
  }

  /** Gives the connection back; one that is in mid-copy is ended, and its statement with it. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.copying) {
      this.client.release(true);
      return;
    }
    this.before
      .then(() => this.client.query('rollback'))
      .then(
        () => this.client.release(),
        (fault) => this.client.release(fault),
      );
  }
}
