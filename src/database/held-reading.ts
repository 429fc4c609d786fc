import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Sql } from './sql.js';

/** A pool for readings that last: they are few, and take no connection from those that are answered at once. */
export class LongReadPool extends pg.Pool {}

/**
 * A reading that goes on from one piece of an answer to the next: all of it sees one moment, whatever is written
 * meanwhile. It has a connection until it is closed.
 */
export class HeldReading {
  private static readonly current = new AsyncLocalStorage<HeldReading>();
  private readonly client: pg.PoolClient;
  private before: Promise<unknown> = Promise.resolve();
  private copying = false;
  private closed = false;

  /** @param client with its transaction open @param trustId whose rows it sees; null: all */
  constructor(
    client: pg.PoolClient,
    readonly trustId: string | null,
  ) {
    this.client = client;
  }

  /** The reading within which this is called, where it sees the same rows as one for this trust would. */
  static of(trustId: string | null): HeldReading | undefined {
    const held = HeldReading.current.getStore();
    return held && held.trustId === trustId && !held.closed ? held : undefined;
  }

  /** Does work whose readings are all of this moment. */
  within<T>(work: () => Promise<T>): Promise<T> {
    return HeldReading.current.run(this, work);
  }

  /** One statement after the other: they share a connection. */
  readonly sql: Sql = {
    query: <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> => {
      const answer = this.before.then(async () => (await this.client.query<Row>(text, [...values])).rows);
      this.before = answer.catch(() => undefined);
      return answer;
    },
  };

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
