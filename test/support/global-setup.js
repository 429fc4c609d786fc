import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { build } from '../../scripts/build.js';
import { findRedis, startRedis } from '../../scripts/redis-server.js';

const TEMPLATE = 'exemplar_template';

/** One server for the run, in memory where there is a memory disk; migrated once, into a template to be cloned. */
export default async function setup() {
  await build();
  const { startEmbeddedServer } = await import('../../dist/database/embedded-server.js');
  const { createDatabase, prepareRoles } = await import('../../dist/database/server.js');
  const { migrate } = await import('../../dist/database/migrations.js');

  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(memory, 'exemplar-test-'));
  // As root the server runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedServer({ folder, durable: false });
  const superuser = server.url('postgres');
  const passwords = await prepareRoles(superuser);
  await createDatabase(superuser, TEMPLATE);
  const owner = new URL(server.url(TEMPLATE));
  owner.username = 'exemplar_owner';
  owner.password = passwords.owner;
  await migrate(owner.href);
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  await client.query(`alter database ${TEMPLATE} is_template true allow_connections false`);
  await client.end();
  const redis = findRedis() ? await startRedis(folder) : undefined;
  if (redis) process.env.EXEMPLAR_TEST_REDIS = redis.url;
  else if (process.env.CI || process.env.TEST_QUEUE === 'redis')
    throw new Error(
      'There is no redis-server, and this run must not go without: apt-get install redis-server.',
    );
  else
    process.stderr.write(
      'Skipped: the queue on Redis, because no redis-server was found. Install it, or Valkey.\n',
    );
  globalThis.testServer = { server, redis, folder };
  process.env.EXEMPLAR_TEST_SERVER = JSON.stringify({ superuser, ...passwords, folder });
}
