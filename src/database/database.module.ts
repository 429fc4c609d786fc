import { type DynamicModule, Global, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { appPoolSettings } from './connection.js';
import { dataSourceOptions } from './data-source.js';
import { DatabaseTime } from './database-time.js';
import { DatabaseUrl } from './database-url.js';
import { LongReadPool } from './held-reading.js';
import { ReadPool, ReadScope } from './read-scope.js';
import { Replica, type ReplicaPools } from './replica.js';
import { UnitOfWork } from './unit-of-work.js';

export interface DatabaseModuleOptions {
  url: string;
  /** Where a replica of it is; undefined: there is none. */
  readUrl?: string | undefined;
  /** Connections to write through; a quarter as many are for readings that last. */
  poolSize: number;
  /** Connections to read through. */
  readPoolSize: number;
  entities: unknown[];
}

/** The one way to write (UnitOfWork) and the one way to read (ReadScope). */
@Global()
@Module({})
export class DatabaseModule {
  static with({ url, readUrl, poolSize, readPoolSize, entities }: DatabaseModuleOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(url, poolSize, entities), retryAttempts: 0 }),
          dataSourceFactory: async (options) => {
            if (!options) throw new Error('A data source needs its options');
            const source = await new DataSource(options).initialize();
            await refuseStrongRole(source);
            return source;
          },
        }),
      ],
      providers: [
        { provide: DatabaseUrl, useValue: new DatabaseUrl(url) },
        { provide: ReadPool, useFactory: () => readPool(url, readPoolSize) },
        { provide: LongReadPool, useFactory: () => longReadPool(url, poolSize) },
        {
          provide: Replica,
          useFactory: (primary: ReadPool) =>
            new Replica(primary, readUrl ? replicaPools(readUrl, poolSize, readPoolSize) : null),
          inject: [ReadPool],
        },
        DatabaseTime,
        ReadScope,
        UnitOfWork,
      ],
      exports: [DatabaseUrl, ReadScope, Replica, UnitOfWork],
    };
  }
}

function readPool(url: string, poolSize: number): ReadPool {
  return listenedTo(new ReadPool({ ...appPoolSettings(url, poolSize), pipeline: true } as never));
}

/** A copy takes as long as whoever downloads it, so no statement is cut off; who takes nothing for a while is. */
function longReadPool(url: string, poolSize: number): LongReadPool {
  const settings = appPoolSettings(url, Math.max(2, Math.floor(poolSize / 4)));
  return listenedTo(new LongReadPool({ ...settings, statement_timeout: false }));
}

/** A replica that cannot be reached is left alone at once: the primary answers. */
function replicaPools(url: string, poolSize: number, readPoolSize: number): ReplicaPools {
  const [short, long] = [readPool(url, readPoolSize), longReadPool(url, poolSize)];
  for (const pool of [short, long]) pool.options.connectionTimeoutMillis = 1_000;
  return { short, long };
}

function listenedTo<P extends pg.Pool>(pool: P): P {
  const logger = new Logger(pool.constructor.name);
  pool.on('error', (error) => {
    // When the program stops, the pool is done before its sockets are.
    if (!pool.ending) logger.warn(`An idle connection was lost: ${error.message}`);
  });
  return pool;
}

/** Row-level security does not bind a superuser, so Exemplar does not work as one. */
async function refuseStrongRole(source: DataSource): Promise<void> {
  const [role] = await source.query(
    'select current_user as name, rolsuper or rolbypassrls as strong from pg_roles where rolname = current_user',
  );
  if (role.strong) {
    await source.destroy();
    throw new Error(
      `The database role ${role.name} passes by row-level security; Exemplar does not work as one that can.`,
    );
  }
}
