import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Clock, type Past } from '../config/clock.js';
import type { Actor } from '../core/actor.js';
import { malformed, unavailable } from '../core/problems.js';
import { answeredFrom, aside } from './answered-from.js';
import { isAway, isRetryable, toProblem } from './constraints.js';
import { HeldReading, LongReadPool } from './held-reading.js';
import { Replica } from './replica.js';
import type { ReadSql, Sql } from './sql.js';

const PAST_AT = 'select to_json(instant) #>> array[]::text[] as at, number from past_at($1)';
const INSTANT = /^[\dT:.Z+-]+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const names = new Map<string, string>();

/** Statements are texts of the program, so each is prepared once per connection under a name of its own. */
function nameOf(text: string, past: number | undefined): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('hex').slice(0, 24);
    names.set(text, name);
  }
  return past === undefined ? name : `past_${name}`;
}

/** Who reads: all of the programme, or one trust's rows. */
export type Reader = Pick<Actor, 'trustId'>;

/** A pool for reading whose connections send statements without waiting for the answer to the one before. */
export class ReadPool extends pg.Pool {}

/**
 * The one way to read: a read-only transaction with the reader's trust set, under row-level security. All its
 * queries see the same moment; under `Clock.asAt` that moment is a past one, and the names of tables in their
 * statements are those of views that give the rows as the log says they were.
 */
@Injectable()
export class ReadScope implements OnApplicationShutdown {
  constructor(
    private readonly pool: ReadPool,
    private readonly long: LongReadPool,
    private readonly clock: Clock,
    private readonly replica: Replica,
  ) {}

  /**
   * Within a held reading of the same reach it is a part of that one. What a replica breaks off is read anew from the
   * primary, so the work has no effect but its result.
   * @throws Problem 503 where the database is away; whatever the work throws
   */
  async run<T>(reader: Reader, work: (sql: ReadSql) => Promise<T>): Promise<T> {
    const { past } = this.clock;
    const held = HeldReading.of(reader.trustId, past);
    if (held) return work(held.sql);
    const replica = await this.replica.client('short');
    try {
      if (replica) return await this.read(replica, reader, work);
    } catch (error) {
      if (isAway(error)) this.replica.avoid('away');
      else if (!isRetryable(error)) throw toProblem(error);
    }
    try {
      return await this.read(await this.pool.connect(), reader, work);
    } catch (error) {
      throw toProblem(error);
    }
  }

  private async read<T>(
    client: pg.PoolClient,
    reader: Reader,
    work: (sql: ReadSql) => Promise<T>,
  ): Promise<T> {
    const { past } = this.clock;
    const begun = client.query(opening(reader, this.clock));
    begun.catch(() => undefined);
    const answered = (number: number | undefined): Sql['query'] => {
      return async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>({ name: nameOf(text, number), text, values: values as unknown[] })).rows;
    };
    const sql: ReadSql = {
      trustId: reader.trustId,
      query: answered(past?.number),
      asAt: (number) => ({
        query: <Row extends object>(text: string, values?: readonly unknown[]) =>
          aside(client, number, past, () => answered(number)<Row>(text, values)),
      }),
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
      throw error;
    }
  }

  /**
   * As `run`, for what may take seconds where there are very many trusts: through the connections of readings that last,
   * so that what is answered at once never waits for it.
   * @throws Problem 503 as `hold`; whatever the work throws
   */
  async runLong<T>(reader: Reader, work: (sql: ReadSql) => Promise<T>): Promise<T> {
    const held = await this.hold(reader);
    try {
      return await held.within(() => work(held.sql));
    } catch (error) {
      throw toProblem(error);
    } finally {
      held.close();
    }
  }

  /**
   * Begins a reading that lasts. Whoever holds it closes it.
   * @throws Problem 503 where as many are under way as there may be at once and none ends in five seconds, or the
   * database is away
   */
  async hold(reader: Reader): Promise<HeldReading> {
    const { past } = this.clock;
    try {
      const client = (await this.replica.client('long')) ?? (await this.longClient());
      try {
        await client.query(opening(reader, this.clock));
        return new HeldReading(client, reader.trustId, past);
      } catch (error) {
        client.release(error as Error);
        throw error;
      }
    } catch (error) {
      throw toProblem(error);
    }
  }

  private async longClient(): Promise<pg.PoolClient> {
    const { long } = this;
    const full = long.totalCount - long.idleCount >= (long.options.max ?? 1);
    try {
      return await long.connect();
    } catch (error) {
      throw full ? tooMany() : error;
    }
  }

  /**
   * A moment, ready to be read as at: asked for again, it is the same one.
   * @param instant RFC 3339; null is now
   * @throws Problem 400 for an instant to come, 503 where the database is away
   */
  async pastAt(instant: string | null): Promise<Past> {
    try {
      const { rows } = await this.pool.query<{ at: string; number: number | null }>(PAST_AT, [instant]);
      const { at, number } = rows[0] as { at: string; number: number | null };
      if (number === null)
        throw malformed(
          'as-at-to-come',
          'This asks for a moment that is still to come. Ask for one that has passed.',
          [{ code: 'as-at-to-come', message: 'Still to come.', pointer: 'asAt' }],
        );
      return { number, at };
    } catch (error) {
      throw toProblem(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.long.end()]);
  }
}

const tooMany = () =>
  unavailable(
    'As many long readings are under way as there may be at once. Try again shortly; the queue makes files of lists: POST /v1/exports.',
  );

function opening({ trustId }: Reader, { past, moment }: Pick<Clock, 'past' | 'moment'>): string {
  if (trustId !== null && !UUID.test(trustId)) throw new Error('A trust id is a UUID');
  return `begin isolation level repeatable read read only;
    set local exemplar.reach = '${trustId === null ? 'all' : 'trust'}';
    set local exemplar.trust_id = '${trustId ?? ''}'${past ? then(past) : ''}${
      moment ? `; set local exemplar.moment = '${moment.toISOString()}'` : ''
    }`;
}

function then({ number, at }: Past): string {
  if (!INSTANT.test(at)) throw new Error('A moment of the past is an entry and an instant');
  return `; ${answeredFrom(number)}; set local exemplar.read_at = '${at}'`;
}
