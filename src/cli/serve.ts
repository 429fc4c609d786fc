import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpServer } from '../api/http-server.js';
import { createLogger } from '../api/logger.js';
import { AppModule } from '../app.module.js';
import { Config } from '../config/config.js';
import { DataFolderInUse } from '../database/embedded-server.js';
import { announcedServer, isRunning } from './connection-file.js';
import { openToServe } from './database-access.js';
import { type DemonstrationKey, loadDemonstration } from './demonstration.js';
import { Lifetime } from './lifetime.js';
import { say } from './say.js';
import { welcome } from './welcome.js';

/** `exemplar serve` */
export async function serve({ workers }: { workers: boolean }): Promise<void> {
  const config = new Config(process.env);
  const logger = createLogger(config.logLevel);
  const lifetime = new Lifetime(logger, () =>
    say(config, '\nStopping: requests and jobs are finished first. Once more stops at once.'),
  );
  await lifetime.start(async () => {
    await refuseTakenPort(config);
    const database = await openToServe(config);
    lifetime.onEnd(() => database.stop());
    const module = AppModule.with({ config, databaseUrl: database.url, work: workers });
    const app = await createHttpServer(module, config);
    lifetime.onEnd(() => app.close());
    await app.init();
    const keys: DemonstrationKey[] = config.demonstration ? (await loadDemonstration(app, config)).keys : [];
    await app.listen(config.port, config.host);
    const seconds = performance.now() / 1_000;
    const address = addressOf(app, config);
    logger.info({ address, database: database.kind, workers, seconds }, 'Exemplar is ready');
    say(config, welcome({ config, address, database, keys, workers, seconds }));
  });
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

/** As a browser on this machine reaches it. */
function addressOf(app: NestFastifyApplication, { host }: Config): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
