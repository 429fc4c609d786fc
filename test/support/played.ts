import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestApp, type TestApp, type TestAppOptions } from './app.js';
import { createTestDatabase, madeOnce, type TestDatabase, testServer } from './database.js';
import { settled } from './every-get.js';

/**
 * An application on a copy of what a play leaves behind: it is played once for a run, by whoever comes first.
 * @param name of the play, unique among all, as a database may be called
 * @param options how the application is started, to play and on the copy
 */
export async function startPlayed(
  name: string,
  options: TestAppOptions,
  play: (app: TestApp) => Promise<void>,
): Promise<TestApp> {
  const files = join(testServer().folder, 'played', name);
  const template = await madeOnce(`played_${name}`, async (): Promise<TestDatabase> => {
    const { app, config, database } = await played(options, play);
    await app.close();
    await cp(config.dataFolder, files, { recursive: true });
    await rm(config.dataFolder, { recursive: true, force: true });
    return database;
  });
  return startTestApp({ ...options, definitions: [], database: await createTestDatabase(template), files });
}

async function played(options: TestAppOptions, play: (app: TestApp) => Promise<void>): Promise<TestApp> {
  const app = await startTestApp(options);
  await play(app);
  if (options.work) await settled(app);
  return app;
}
