import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { Actor } from '../core/actor.js';
import { toProblem } from './constraints.js';
import type { Sql } from './sql.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const names = new Map<string, string>();

/** Statements are texts of the program, so each is prepared once per connection under a name of its own. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('hex').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

/** Who reads: all of the programme, or one trust's rows. */
export type Reader = Pick<Actor, 'trustId'>;

/** A pool for reading whose connections send statements without waiting for the answer to the one before. */
export class ReadPool extends pg.Pool {}

/**
 * The one way to read: a read-only transaction with the reader's trust set, under row-level security. All its
 * queries see the same moment.
 */
@Injectable()
export class ReadScope implements OnApplicationShutdown {
  constructor(private readonly pool: ReadPool) {}

  /** @throws Problem 503 where the database is away; whatever the work throws */
  async run<T>(reader: Reader, work: (sql: Sql) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw toProblem(error);
    }
    const begun = client.query(opening(reader));
    begun.catch(() => undefined);
    const sql: Sql = {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>({ name: nameOf(text), text, values: values as unknown[] })).rows,
    };
    try {
      const result = await work(sql);
      await begun;
      client.query('commit').then(
        () => client.release(),
        (error) => client.release(error),
      );
      return result;
    } catch (error) {
      client.query('rollback').then(
        () => client.release(),
        (fault) => client.release(fault),
      );
      throw toProblem(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

function opening({ trustId }: Reader): string {
  if (trustId !== null && !UUID.test(trustId)) throw new Error('A trust id is a UUID');
  return `begin isolation level repeatable read read only;
    set local exemplar.reach = '${trustId === null ? 'all' : 'trust'}';
    set local exemplar.trust_id = '${trustId ?? ''}'`;
}
