import type { Config } from '../config/config.js';
import { DataFolderInUse } from '../database/embedded-server.js';
import { migrate } from '../database/migrations.js';
import { type DatabaseAddress, openDatabase } from '../database/server.js';
import { announcedServer, announceServer, type RunningServer } from './connection-file.js';

/** A database to work with, and whose server it is. */
export interface OpenDatabase extends DatabaseAddress {
  /** The settings name it; this process runs it; or another Exemplar runs it and this one joined. */
  kind: 'named' | 'own' | 'joined';
  /** Of the process that runs a joined one. */
  serverPid?: number;
  /** Names of the migrations that ran. */
  migrated: string[];
}

/**
 * For a process that serves: opened, migrated, and announced to commands in other terminals.
 * @throws DataFolderInUse
 */
export async function openToServe(config: Config): Promise<OpenDatabase> {
  const database = await openDatabase(config);
  if (config.databaseUrl !== undefined) {
    const migrated = config.migrate ? await migrate(database.ownerUrl) : [];
    return { ...database, kind: 'named', migrated };
  }
  return stoppedOnFault(database, async () => {
    const migrated = await migrate(database.ownerUrl);
    const withdraw = await announceServer(config.dataFolder, database);
    const stop = () => withdraw().finally(() => database.stop());
    return { ...database, kind: 'own', migrated, stop };
  });
}

/**
 * For a command: the database that the settings name, as it is; or the embedded one, which this process starts, or
 * joins where another Exemplar runs it.
 * @throws DataFolderInUse where another Exemplar has the folder and is not ready
 */
export async function openToCommand(config: Config): Promise<OpenDatabase> {
  try {
    const database = await openDatabase(config);
    if (config.databaseUrl !== undefined) return { ...database, kind: 'named', migrated: [] };
    return await stoppedOnFault(database, async () => ({
      ...database,
      kind: 'own',
      migrated: await migrate(database.ownerUrl),
    }));
  } catch (error) {
    const running = error instanceof DataFolderInUse && (await announcedServer(config.dataFolder));
    if (running && running.pid === error.pid) return joined(running);
    throw error;
  }
}

function joined({ pid, ...urls }: RunningServer): OpenDatabase {
  return { kind: 'joined', serverPid: pid, ...urls, migrated: [], stop: async () => undefined };
}

async function stoppedOnFault<T>(database: DatabaseAddress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await database.stop();
    throw error;
  }
}
