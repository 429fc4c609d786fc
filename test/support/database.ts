import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of a test file's own, cloned from the migrated template. */
export interface TestDatabase {
  name: string;
  /** As the application connects. */
  url: string;
  /** As migrations connect. */
  ownerUrl: string;
  /** As the notary connects. */
  notaryUrl: string;
  /** As somebody connects who may do anything. */
  superuserUrl: string;
  /** Runs SQL as the superuser, past row-level security. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A server with a migrated template: the superuser's address, and the logins' passwords. */
export interface TestServer {
  superuser: string;
  owner: string;
  login: string;
  notary: string;
}

/** The server of a run, with the folder in which what is made once for the run may lie. */
export interface RunServer extends TestServer {
  folder: string;
}

/** The database that test databases are clones of. */
export const TEMPLATE = 'exemplar_template';

/** The server of the run. @throws Error where there is none */
export function testServer(): RunServer {
  const server = JSON.parse(process.env.EXEMPLAR_TEST_SERVER ?? 'null');
  if (!server) throw new Error('The test server is not running: run tests through `npm test`.');
  return server;
}

/**
 * The name of a database that is made once for a run, by whoever comes first, to be cloned.
 * @param make makes a database of its own, to which nobody is connected any more but the test; it is dropped
 */
export async function madeOnce(name: string, make: () => Promise<TestDatabase>): Promise<string> {
  const client = new pg.Client({ connectionString: testServer().superuser });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      const made = await make();
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        made.name,
      ]);
      await client.query(
        `create database ${name} owner exemplar_owner template ${made.name} strategy file_copy`,
      );
      await made.drop();
    }
    return name;
  } finally {
    await client.end();
  }
}

/** Clones the template, or another database, whose connections are ended for it: a few milliseconds. */
export async function createTestDatabase(
  template = TEMPLATE,
  server: TestServer = testServer(),
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server.superuser });
  await admin.connect();
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [template]);
  await admin.query(`create database ${name} owner exemplar_owner template ${template} strategy file_copy`);
  await admin.end();
  const address = (user?: string, password?: string): string => {
    const url = new URL(server.superuser);
    url.pathname = `/${name}`;
    if (user) url.username = user;
    if (password) url.password = password;
    return url.href;
  };
  const pool = new pg.Pool({
    connectionString: address(),
    max: 2,
    options: '-c search_path=exemplar,bullmq -c timezone=UTC',
  });
  pool.on('error', () => undefined);
  return {
    name,
    url: address('exemplar_login', server.login),
    ownerUrl: address('exemplar_owner', server.owner),
    notaryUrl: address('exemplar_notary_login', server.notary),
    superuserUrl: address(),
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    async drop() {
      await pool.end();
      const client = new pg.Client({ connectionString: server.superuser });
      await client.connect();
      await client.query(`drop database ${name} with (force)`);
      await client.end();
    },
  };
}
