import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from './free-port.js';
import { startTied } from './tied-process.js';

const NAMES = ['valkey-server', 'redis-server'];

/** Where a Redis or Valkey server is on this machine; undefined where there is none. */
export function findRedis() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}

/**
 * Starts one that keeps nothing on disk: whatever it loses is handed over again.
 * @param folder its working folder
 */
export async function startRedis(folder, port) {
  const path = findRedis();
  if (!path) throw new Error('There is no redis-server: apt-get install redis-server.');
  const listening = port ?? (await freePort());
  const server = await startTied(path, [
    ...['--port', String(listening), '--bind', '127.0.0.1', '--dir', folder],
    ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
  ]);
  await server.says('Ready to accept connections', 10_000);
  return {
    url: `redis://127.0.0.1:${listening}`,
    port: listening,
    pid: server.pid,
    stop: () => server.end(),
  };
}
