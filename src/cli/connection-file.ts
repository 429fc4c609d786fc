import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseAddress } from '../database/server.js';

/** How to reach the embedded server that a process runs, for commands beside it. */
export type RunningServer = Pick<DatabaseAddress, 'url' | 'ownerUrl' | 'notaryUrl'> & { pid: number };

const pathIn = (dataFolder: string): string => join(dataFolder, 'postgres.json');

/** Leaves the file, which only this user may read: it carries the passwords of this one start. */
export async function announceServer(
  dataFolder: string,
  { url, ownerUrl, notaryUrl }: DatabaseAddress,
): Promise<() => Promise<void>> {
  const path = pathIn(dataFolder);
  // A file that is there keeps its mode when it is written anew.
  await rm(path, { force: true });
  await writeFile(path, `${JSON.stringify({ pid: process.pid, url, ownerUrl, notaryUrl }, null, 2)}\n`, {
    mode: 0o600,
  });
  return () => rm(path, { force: true });
}

/** The server that the file tells of; its process may have ended. */
export async function announcedServer(dataFolder: string): Promise<RunningServer | undefined> {
  try {
    return JSON.parse(await readFile(pathIn(dataFolder), 'utf8')) as RunningServer;
  } catch {
    return undefined;
  }
}

/** Whether a process is there, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
