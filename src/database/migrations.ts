import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runMigrations as runQueueMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { APP_ROLE, NOTARY_ROLE, ownerClientSettings, QUEUE_SCHEMA, SCHEMA } from './connection.js';

const FOLDER = new URL('../../migrations/', import.meta.url);
const FILE = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** One migration at a time in a database, whoever starts it. */
const LOCK = 4_711_001;
const MINIMUM_SERVER = 180_000;

/** A migration file as TypeORM wants it: a class with a name that ends in a time. */
function migrationOf(file: string, number: string, slug: string): new () => MigrationInterface {
  const name = `${slug.replaceAll('-', '')}${1_700_000_000_000 + Number(number)}`;
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return class {
    name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(text);
    }
    async down(): Promise<void> {
      throw new Error('Migrations only go forward: restore a backup, or write the next migration.');
    }
  };
}

/** The migrations of the folder, in order. @throws Error where a file is misnamed or a number is missing */
export function migrations(): Array<new () => MigrationInterface> {
  const files = readdirSync(fileURLToPath(FOLDER)).sort();
  return files.map((file, index) => {
    const match = FILE.exec(file);
    if (!match) throw new Error(`migrations/${file} is not named like 0001-what-it-does.sql`);
    if (Number(match[1]) !== index + 1) throw new Error(`migrations/${file} is out of order`);
    return migrationOf(file, match[1] as string, match[2] as string);
  });
}

/**
 * Brings a database to this version of Exemplar: the application's role, the schema, the queue's own tables.
 * Safe to call from several processes at once; a database that is up to date is left as it is.
 * @param ownerUrl connects as the role that shall own the tables, and that may create roles the first time
 * @returns the names of the migrations that ran
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client(ownerClientSettings(ownerUrl));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await prepare(client);
    const ran = await migrateTables(ownerUrl);
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

async function migrateTables(ownerUrl: string): Promise<string[]> {
  const { options, application_name } = ownerClientSettings(ownerUrl);
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: application_name,
    extra: { options },
    migrations: migrations(),
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
