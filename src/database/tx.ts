import {
  type EntityManager,
  type EntityTarget,
  type FindOptionsOrder,
  type FindOptionsWhere,
  In,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { Actor } from '../core/actor.js';
import { notFound, preconditionRequired, stale } from '../core/problems.js';
import type { Sql } from './sql.js';

/** Something that is changed under `If-Match`: its revision goes up by one with every change. */
export interface Revised extends ObjectLiteral {
  id: string;
  revision: number;
}

/** One unit of work under way: its transaction, and who acts. */
export class Tx implements Sql {
  constructor(
    readonly manager: EntityManager,
    readonly actor: Actor,
    /** When it is as the programme counts: on a day that is played, or by the database's clock. */
    readonly at: Date,
    /** When it began, by the database's clock: what keys and sessions go by. */
    readonly now: Date,
  ) {}

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { records } = await this.runner.query(text, values as unknown[], true);
    return records as Row[];
  }

  /** The transaction's own connection: a manager outside one has none. */
  private get runner(): QueryRunner {
    return this.manager.queryRunner as QueryRunner;
  }

  /** Writes a new row and gives it back whole. */
  async insert<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    values: QueryDeepPartialEntity<E>,
  ): Promise<E> {
    const result = await this.manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(values)
      .returning('*')
      .execute();
    return this.manager.create(entity, { ...values, ...result.generatedMaps[0] } as never) as unknown as E;
  }

  /** Writes new rows with one statement. */
  async insertAll<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    rows: ReadonlyArray<QueryDeepPartialEntity<E>>,
  ): Promise<void> {
    if (rows.length === 0) return;
    const values = rows as QueryDeepPartialEntity<E>[];
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  /**
   * The row with this id, locked until the unit of work ends.
   * @param what the field's word for it, for the 404
   * @throws Problem 404 where there is none that the actor may see
   */
  async lock<E extends Revised>(entity: EntityTarget<E>, id: string, what: string): Promise<E> {
    const row = await this.manager.findOne(entity, {
      where: { id } as FindOptionsWhere<E>,
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw notFound(what);
    return row;
  }

  /**
   * As `lock`, for a change under `If-Match`.
   * @param revision what the caller read; null where the header was not sent
   * @throws Problem 404, 428 without a revision, 412 where somebody else changed the row since
   */
  async lockRevision<E extends Revised>(
    entity: EntityTarget<E>,
    id: string,
    revision: number | null,
    what: string,
  ): Promise<E> {
    const row = await this.lock(entity, id, what);
    if (revision === null) throw preconditionRequired();
    if (row.revision !== revision) throw stale(what);
    return row;
  }

  /**
   * The rows with these ids, locked in the order of ids, as everybody locks many: two units of work cannot wait for
   * each other. @throws Problem 404 where one is not there or not the actor's to see
   */
  async lockAll<E extends Revised>(
    entity: EntityTarget<E>,
    ids: readonly string[],
    what: string,
  ): Promise<Map<string, E>> {
    const rows = await this.manager.find(entity, {
      where: { id: In([...ids]) } as FindOptionsWhere<E>,
      order: { id: 'asc' } as FindOptionsOrder<E>,
      lock: { mode: 'pessimistic_write' },
    });
    const byId = new Map(rows.map((row) => [row.id as string, row]));
    if (ids.some((id) => !byId.has(id))) throw notFound(what);
    return byId;
  }

  /** Changes a locked row, one revision on, and gives it back as it is now. */
  async change<E extends Revised>(
    entity: EntityTarget<E>,
    row: E,
    patch: QueryDeepPartialEntity<E>,
  ): Promise<E> {
    const values = { ...patch, revision: row.revision + 1 } as QueryDeepPartialEntity<E>;
    await this.manager.update(entity, { id: row.id } as FindOptionsWhere<E>, values);
    return Object.assign(row, values);
  }
}
