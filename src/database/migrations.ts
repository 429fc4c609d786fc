import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runMigrations as runQueueMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { PACKAGE_FOLDER } from '../config/places.js';
import { APP_ROLE, NOTARY_ROLE, ownerClientSettings, QUEUE_SCHEMA, SCHEMA } from './connection.js';

const FOLDER = new URL('migrations/', PACKAGE_FOLDER);
const FILE = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** The first words of a migration that runs beside the work, and what stands between its statements. */
const LIVE = /^-- live: /;
const NEXT = /^-- next$/m;
/** One migration at a time in a database, whoever starts it. */
const LOCK = 4_711_001;
const MINIMUM_SERVER = 180_000;
/** How long a migration waits for a lock: as long as that, everybody else waits behind it. */
const LOCK_WAIT_MS = 500;
/** How long everybody else has before it asks again, and how often it asks: for two minutes. */
const PAUSE_MS = 1_000;
const ASKS = 80;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * A migration file as TypeORM wants it: a class with a name that ends in a time. It runs in a transaction of its own,
 * and gives way where a lock is not to be had at once; a live one runs statement by statement, and waits.
 */
function migrationOf(text: string, number: string, slug: string): new () => MigrationInterface {
  const name = `${slug.replaceAll('-', '')}${1_700_000_000_000 + Number(number)}`;
  const live = LIVE.test(text);
  return class {
    name = name;
    transaction = !live;
    async up(runner: QueryRunner): Promise<void> {
      if (!live) return givingWay(runner, text);
      await runner.query('set lock_timeout = 0');
      for (const statement of text.split(NEXT)) await runner.query(statement);
    }
    async down(): Promise<void> {
      throw new Error('Migrations only go forward: restore a backup, or write the next migration.');
    }
  };
}

/**
 * Runs statements that need strong locks. Whoever waits for one keeps everybody who comes later waiting too, so it
 * waits for half a second at most, gives back what it has, and asks again later.
 */
async function givingWay(runner: QueryRunner, text: string): Promise<void> {
  await runner.query(`set local lock_timeout = ${LOCK_WAIT_MS}`);
  for (let asks = 1; ; asks += 1) {
    await runner.query('savepoint before');
    try {
      await runner.query(text);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || asks === ASKS) throw error;
      await runner.query('rollback to savepoint before');
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/**
 * The migrations of a folder, in order.
 * @param folder that of the program where none is given
 * @throws Error where a file is misnamed or a number is missing
 */
export function migrations(folder = FOLDER): Array<new () => MigrationInterface> {
  const files = readdirSync(fileURLToPath(folder)).sort();
  return files.map((file, index) => {
    const match = FILE.exec(file);
    if (!match) throw new Error(`migrations/${file} is not named like 0001-what-it-does.sql`);
    if (Number(match[1]) !== index + 1) throw new Error(`migrations/${file} is out of order`);
    const text = readFileSync(new URL(file, folder), 'utf8');
    return migrationOf(text, match[1] as string, match[2] as string);
  });
}

/**
 * Brings a database to this version of Exemplar: the application's role, the schema, the queue's own tables.
 * Safe to call from several processes at once; a database that is up to date is left as it is.
 * @param ownerUrl connects as the role that shall own the tables, and that may create roles the first time
 * @param folder of migrations; that of the program where none is given
 * @returns the names of the migrations that ran
 */
export async function migrate(ownerUrl: string, folder = FOLDER): Promise<string[]> {
  const client = new pg.Client(ownerClientSettings(ownerUrl));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await prepare(client);
    const ran = await migrateTables(ownerUrl, folder);
    await migrateQueue(client);
    return ran;
  } finally {
    await client.end();
  }
}

async function prepare(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const server = rows[0] as { version: number };
  if (server.version < MINIMUM_SERVER)
    throw new Error(`PostgreSQL 18 or newer is needed; this server has version number ${server.version}.`);
  await client.query(`create schema if not exists ${SCHEMA}`);
  for (const role of [APP_ROLE, NOTARY_ROLE]) {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then
        create role ${role} nologin nobypassrls;
      end if;
      if not pg_has_role(current_user, '${role}', 'set') then
        execute format('grant ${role} to %I with set true, inherit false', current_user);
      end if;
    end $$`);
    await client.query(`grant usage on schema ${SCHEMA} to ${role}`);
  }
}

async function migrateTables(ownerUrl: string, folder: URL): Promise<string[]> {
  const { options, application_name } = ownerClientSettings(ownerUrl);
  const source = new DataSource({
    type: 'postgres',
    driver: pg,
    url: ownerUrl,
    applicationName: application_name,
    extra: { options },
    migrations: migrations(folder),
    migrationsTableName: 'migration',
    installExtensions: false,
  });
  await source.initialize();
  try {
    const ran = await source.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}

async function migrateQueue(client: pg.Client): Promise<void> {
  await runQueueMigrations(client, QUEUE_SCHEMA);
  await client.query(`
    grant usage on schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant usage, select, update on all sequences in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant execute on all functions in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
  `);
}
