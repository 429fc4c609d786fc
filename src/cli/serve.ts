import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { DataFolderInUse } from '../database/embedded-lock.js';
import { createLogger } from '../http/logger.js';
import { announcedServer, isRunning } from './connection-file.js';
import { withDemonstrationDay } from './demonstration-plan.js';
import { Lifetime } from './lifetime.js';
import { say } from './say.js';
import { giveBackStartMemory } from './start-memory.js';
import { welcome } from './welcome.js';

/** `exemplar serve` */
export async function serve({ workers }: { workers: boolean }): Promise<void> {
  const config = new Config(withDemonstrationDay(process.env));
  const logger = createLogger(config.logLevel);
  const lifetime = new Lifetime(logger, () =>
    say(config, '\nStopping: requests and jobs are finished first. Once more stops at once.'),
  );
  await lifetime.start(async () => {
    await refuseTakenPort(config);
    if (isFirst(config))
      say(
        config,
        'The first start takes some seconds: the database is made, and what it begins with is loaded.',
      );
    // The program is loaded while the database starts.
    const loading = import('./serving.js');
    const { openToServe } = await import('./database-access.js');
    const database = await openToServe(config);
    lifetime.onEnd(() => database.stop());
    const { listen } = await loading;
    const { url: databaseUrl, notaryUrl } = database;
    const { address, keys } = await listen({ config, databaseUrl, notaryUrl, workers, lifetime });
    void giveBackStartMemory();
    const seconds = performance.now() / 1_000;
    logger.info({ address, database: database.kind, workers, seconds }, 'Exemplar is ready');
    say(config, welcome({ config, address, database, keys, workers, seconds }));
  });
}

function isFirst({ databaseUrl, dataFolder }: Config): boolean {
  return databaseUrl === undefined && !existsSync(join(dataFolder, 'postgres'));
}

/**
 * Finds out before anything is started. @throws DataFolderInUse where the port is that of an Exemplar on the same
 * data; otherwise the system's own error
 */
async function refuseTakenPort({ port, host, dataFolder, databaseUrl }: Config): Promise<void> {
  if (port === 0) return;
  const probe = createServer().listen({ port, host, exclusive: true });
  try {
    await once(probe, 'listening');
  } catch (error) {
    const running = databaseUrl === undefined ? await announcedServer(dataFolder) : undefined;
    if (running && isRunning(running.pid)) throw new DataFolderInUse(dataFolder, running.pid);
    throw error;
  }
  probe.close();
  await once(probe, 'close');
}
