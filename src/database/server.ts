import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config/config.js';
import { APP_ROLE, NOTARY_ROLE } from './connection.js';
import { startEmbeddedServer } from './embedded-server.js';

/** Where the database is, for the application and for the owner of its tables. */
export interface DatabaseAddress {
  url: string;
  ownerUrl: string;
  /** As the notary connects; undefined in production where the settings name no login for it. */
  notaryUrl: string | undefined;
  /** Ends the embedded server; a server of somebody else's is left alone. */
  stop(): Promise<void>;
}

const DATABASE = 'exemplar';
const OWNER = 'exemplar_owner';
const LOGIN = 'exemplar_login';
const NOTARY_LOGIN = 'exemplar_notary_login';

/**
 * The database that the settings name, or the embedded one, started.
 * @throws DataFolderInUse where another Exemplar runs on the same data folder
 */
export async function openDatabase(
  config: Pick<
    Config,
    'databaseUrl' | 'databaseOwnerUrl' | 'databaseNotaryUrl' | 'dataFolder' | 'production'
  >,
): Promise<DatabaseAddress> {
  if (config.databaseUrl !== undefined) {
    const ownerUrl = config.databaseOwnerUrl ?? config.databaseUrl;
    return {
      url: config.databaseUrl,
      ownerUrl,
      notaryUrl: config.databaseNotaryUrl ?? (config.production ? undefined : ownerUrl),
      stop: async () => undefined,
    };
  }
  const server = await startEmbeddedServer({ folder: join(config.dataFolder, 'postgres') });
  try {
    const passwords = await prepareRoles(server.url('postgres'));
    await createDatabase(server.url('postgres'), DATABASE);
    const as = (user: string, password: string): string => {
      const url = new URL(server.url(DATABASE));
      url.username = user;
      url.password = password;
      return url.href;
    };
    return {
      url: as(LOGIN, passwords.login),
      ownerUrl: as(OWNER, passwords.owner),
      notaryUrl: as(NOTARY_LOGIN, passwords.notary),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The passwords of an embedded server's logins. */
export interface Passwords {
  owner: string;
  login: string;
  notary: string;
}

/**
 * Makes the roles of an embedded server: an owner for migrations, a login that can do no more than the application's
 * role, and one that can do no more than the notary's. Their passwords last for one start.
 */
export async function prepareRoles(superuserUrl: string): Promise<Passwords> {
  const password = (): string => randomBytes(24).toString('hex');
  const passwords = { owner: password(), login: password(), notary: password() };
  await withClient(superuserUrl, async (client) => {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
        create role ${APP_ROLE} nologin;
        create role ${OWNER} login;
        create role ${LOGIN} login noinherit;
        grant ${APP_ROLE} to ${LOGIN} with set true, inherit false;
        grant ${APP_ROLE} to ${OWNER} with set true, inherit false;
      end if;
      if not exists (select from pg_roles where rolname = '${NOTARY_ROLE}') then
        create role ${NOTARY_ROLE} nologin;
        create role ${NOTARY_LOGIN} login noinherit;
        grant ${NOTARY_ROLE} to ${NOTARY_LOGIN} with set true, inherit false;
        grant ${NOTARY_ROLE} to ${OWNER} with set true, inherit false;
      end if;
    end $$`);
    await client.query(`alter role ${OWNER} password '${passwords.owner}'`);
    await client.query(`alter role ${LOGIN} password '${passwords.login}'`);
    await client.query(`alter role ${NOTARY_LOGIN} password '${passwords.notary}'`);
  });
  return passwords;
}

/** Makes a database that the owner's role owns, where there is none of this name. */
export async function createDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database "${name}" owner ${OWNER}`);
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
