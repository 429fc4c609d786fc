import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { notaryPoolSettings } from './connection.js';
import type { Sql } from './sql.js';

/** One notary at a time in a database, whichever process it is in. */
const LOCK = 4_711_017;
const TURN = `select pg_try_advisory_xact_lock(${LOCK}) as free`;

/** The notary's own connection, in the processes that have one. */
export class NotaryPool extends pg.Pool {
  constructor(url: string) {
    super(notaryPoolSettings(url));
    this.on('error', () => undefined);
  }
}

/**
 * The one way to add to the tree over the log and to its checkpoints: a transaction as the notary's role, which alone
 * may, and one at a time.
 */
@Injectable()
export class NotaryScope implements OnApplicationShutdown {
  /** @param pool null in a process without a notary */
  constructor(private readonly pool: NotaryPool | null) {}

  /** Whether this process has a notary. */
  get isOpen(): boolean {
    return this.pool !== null;
  }

  /**
   * Runs the work and commits it, or leaves nothing behind.
   * @returns undefined where another notary has its turn, and the work did not run
   * @throws Error where the database is away or refuses; whatever the work throws
   */
  async run<T>(work: (sql: Sql) => Promise<T>): Promise<T | undefined> {
    if (!this.pool) throw new Error('This process has no notary: it connects as none.');
    const client = await this.pool.connect();
    const sql: Sql = {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(text, values as unknown[])).rows,
    };
    try {
      await client.query('begin isolation level read committed');
      const [turn] = await sql.query<{ free: boolean }>(TURN);
      const result = turn?.free ? await work(sql) : undefined;
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      await client.query('rollback').then(
        () => client.release(),
        (fault) => client.release(fault),
      );
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }
}
