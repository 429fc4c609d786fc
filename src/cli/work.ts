import { AppModule } from '../app.module.js';
import { Config } from '../config/config.js';
import { DataFolderInUse } from '../database/embedded-server.js';
import { createLogger } from '../http/logger.js';
import { createHttpServer } from '../http-server.js';
import { isRunning } from './connection-file.js';
import { type OpenDatabase, openToCommand, openToServe } from './database-access.js';
import { withDemonstrationDay } from './demonstration-plan.js';
import { Lifetime } from './lifetime.js';
import { say } from './say.js';
import { giveBackStartMemory } from './start-memory.js';

/** `exemplar work` */
export async function work(): Promise<void> {
  const config = new Config(withDemonstrationDay(process.env));
  const logger = createLogger(config.logLevel);
  const lifetime = new Lifetime(logger, () =>
    say(config, '\nStopping: jobs are finished first. Once more stops at once.'),
  );
  await lifetime.start(async () => {
    const database = await openOrJoin(config);
    lifetime.onEnd(() => database.stop());
    // It answers nobody from outside; exports read lists as the API answers them.
    const app = await createHttpServer(
      AppModule.with({ config, databaseUrl: database.url, notaryUrl: database.notaryUrl, work: true }),
      config,
    );
    lifetime.onEnd(() => app.close());
    await app.init();
    void giveBackStartMemory();
    // A joined database goes with the process that runs it.
    const { serverPid } = database;
    if (serverPid !== undefined) lifetime.endWith(() => isRunning(serverPid));
    logger.info({ database: database.kind, concurrency: config.workerConcurrency }, 'Exemplar works');
    say(config, `Working off the queue, ${config.workerConcurrency} jobs at once. Ctrl-C stops it.`);
  });
}

/** A worker beside a server on the same data folder works on that server's database. */
async function openOrJoin(config: Config): Promise<OpenDatabase> {
  try {
    return await openToServe(config);
  } catch (error) {
    if (error instanceof DataFolderInUse) return openToCommand(config);
    throw error;
  }
}
