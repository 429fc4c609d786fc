import { chmod, chown, cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.js';
import { migrate } from '../../src/database/migrations.js';
import { createDatabase, prepareRoles } from '../../src/database/server.js';
import type { TestDatabase } from './database.js';

const DATABASE = 'exemplar';

/** A durable server, migrated, and a replica of it that streams. */
export interface Replicated {
  /** The primary's. */
  database: TestDatabase;
  readUrl: string;
  /** Runs SQL on the replica, as somebody who may do anything. */
  onReplica(sql: string): Promise<Record<string, unknown>[]>;
  /** Ends the replica at once. */
  loseReplica(): Promise<void>;
  /** Starts it again, where it was. */
  bringReplicaBack(): Promise<void>;
  stop(): Promise<void>;
}

/** What pg_basebackup does, which is not among the binaries: a copy of the data while the server runs, and how to go on. */
async function copyOf(primary: EmbeddedServer, from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: primary.url('postgres') });
  await client.connect();
  await client.query(`select pg_backup_start('replica', true)`);
  await cp(from, to, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !/\/(postmaster\.(pid|opts)|pg_wal\/.+|pg_replslot\/.+)$/.test(path),
  });
  const { rows } = await client.query('select labelfile from pg_backup_stop(true)');
  await client.end();
  await writeFile(join(to, 'backup_label'), rows[0].labelfile);
  await writeFile(join(to, 'standby.signal'), '');
}

/** The same owner and mode as the original, as PostgreSQL asks for. */
async function own(from: string, to: string): Promise<void> {
  const { uid, gid } = await stat(from);
  for (const path of [to, ...(await readdir(to, { recursive: true })).map((name) => join(to, name))]) {
    await chown(path, uid, gid);
    await chmod(path, (await stat(path)).isDirectory() ? 0o700 : 0o600);
  }
}

async function asked<Row extends object>(
  server: EmbeddedServer,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: server.url(DATABASE),
    options: '-c search_path=exemplar',
  });
  await client.connect();
  try {
    return (await client.query<Row & pg.QueryResultRow>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export async function startReplicated(): Promise<Replicated> {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-replicated-'));
  await chmod(folder, 0o755);
  const home = { primary: join(folder, 'primary'), replica: join(folder, 'replica') };
  const primary = await startEmbeddedServer({ folder: home.primary });
  const superuser = primary.url('postgres');
  const passwords = await prepareRoles(superuser);
  await createDatabase(superuser, DATABASE);
  const as = (server: EmbeddedServer, user: string, password: string): string => {
    const url = new URL(server.url(DATABASE));
    url.username = user;
    url.password = password;
    return url.href;
  };
  const ownerUrl = as(primary, 'exemplar_owner', passwords.owner);
  await migrate(ownerUrl);
  // The folder that the second server has to itself, before its data are there.
  await (await startEmbeddedServer({ folder: home.replica, durable: false })).stop();
  const data = { primary: join(home.primary, 'data'), replica: join(home.replica, 'data') };
  await rm(data.replica, { recursive: true });
  await copyOf(primary, data.primary, data.replica);
  await own(data.primary, data.replica);
  const settings = {
    primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres password=${primary.password}`,
    wal_receiver_status_interval: '1s',
  };
  let replica = await startEmbeddedServer({ folder: home.replica, settings });
  const { port } = replica;
  return {
    database: {
      name: DATABASE,
      url: as(primary, 'exemplar_login', passwords.login),
      ownerUrl,
      notaryUrl: as(primary, 'exemplar_notary_login', passwords.notary),
      superuserUrl: primary.url(DATABASE),
      sql: (text, values) => asked(primary, text, values),
      drop: async () => undefined,
    },
    readUrl: as(replica, 'exemplar_login', passwords.login),
    onReplica: (sql) => asked(replica, sql),
    loseReplica: () => replica.stop(),
    async bringReplicaBack() {
      replica = await startEmbeddedServer({
        folder: home.replica,
        settings: { ...settings, port: String(port) },
      });
    },
    async stop() {
      await replica.stop();
      await primary.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
