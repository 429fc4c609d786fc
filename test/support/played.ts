import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startTestApp, type TestApp, type TestAppOptions } from './app.js';
import { createTestDatabase, testServer } from './database.js';
import { settled } from './every-get.js';

/**
 * An application on a copy of what a play leaves behind: it is played once for a run, by whoever comes first.
 * @param name of the play, unique among all; its database is called so
 * @param options how the application is started, to play and on the copy
 */
export async function startPlayed(
  name: string,
  options: TestAppOptions,
  play: (app: TestApp) => Promise<void>,
): Promise<TestApp> {
  const { superuser, folder } = testServer();
  const [template, files] = [`played_${name}`, join(folder, 'played', name)];
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) await keep(client, template, files, await played(options, play));
  } finally {
    await client.end();
  }
  return startTestApp({ ...options, definitions: [], database: await createTestDatabase(template), files });
}

async function played(options: TestAppOptions, play: (app: TestApp) => Promise<void>): Promise<TestApp> {
  const app = await startTestApp(options);
  await play(app);
  if (options.work) await settled(app);
  await app.app.close();
  return app;
}

/** Keeps a copy of a database under a name of its own, and the files that it tells of. */
async function keep(client: pg.Client, template: string, files: string, app: TestApp): Promise<void> {
  const { database, config } = app;
  await cp(config.dataFolder, files, { recursive: true });
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    database.name,
  ]);
  await client.query(
    `create database ${template} owner exemplar_owner template ${database.name} strategy file_copy`,
  );
  await database.drop();
  await rm(config.dataFolder, { recursive: true, force: true });
}
