import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Binaries, findBinaries } from './embedded-binaries.js';
import { absent, type Place, placeFor, runAs } from './embedded-folder.js';
import { isPostmaster, lockFolder } from './embedded-lock.js';
import { launch, PID_FILE, type Postmaster, signalPostmaster } from './embedded-postmaster.js';

export { DataFolderInUse } from './embedded-lock.js';

/** A running PostgreSQL of this process's own. It ends with the process, whatever ends that. */
export interface EmbeddedServer {
  /** Always 127.0.0.1: the server listens nowhere else. */
  host: string;
  /** A free port, another one at each start unless the settings name one. */
  port: number;
  /** The superuser, `postgres`. */
  user: string;
  /** Drawn at random when the data folder was made. */
  password: string;
  /** The address of one of its databases for the superuser. */
  url(database: string): string;
  /** Shuts the server down, without waiting for its clients, and resolves when it has ended. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /**
   * Where the data are kept between starts, with the server's log and lock. When the user that PostgreSQL runs
   * as cannot reach it, `moved-to.txt` in it says where they are instead.
   */
  folder: string;
  /** More settings of postgresql.conf; they win over those chosen here. */
  settings?: Record<string, string>;
  /** False trades the safety of committed rows in a power cut for speed: for tests only. Default true. */
  durable?: boolean;
}

const USER = 'postgres';
const HOST = '127.0.0.1';
const PASSWORD_FILE = 'exemplar.password';
const NEW_DATA = 'data.new-';
/** An initdb whose parent was killed may write a moment longer. */
const LEFTOVER = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };

const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  cluster_name: 'exemplar',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts PostgreSQL on a data folder, which it makes at the first start. It recovers by itself from whatever a
 * killed process left behind.
 *
 * @throws {DataFolderInUse} when another process runs a server on this folder
 * @throws when PostgreSQL is missing, does not start, or cannot use the data; the message says what to do
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { durable = true } = options;
  const place = await placeFor(options.folder);
  const binaries = await findBinaries(place.account);
  const lock = await lockFolder(place);
  try {
    if (!(await stat(place.data).catch(absent))) await makeData(place, binaries, durable);
    await checkVersion(place, binaries);
    await clearLastRun(place, binaries);
    const password = await readPassword(place);
    const settings = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE), ...options.settings };
    return serverOf(await launch(place, binaries, settings), password, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function serverOf(postmaster: Postmaster, password: string, release: () => Promise<void>): EmbeddedServer {
  let stopped: Promise<void> | undefined;
  return {
    host: HOST,
    port: postmaster.port,
    user: USER,
    password,
    url: (database) =>
      `postgres://${USER}:${encodeURIComponent(password)}@${HOST}:${postmaster.port}/${encodeURIComponent(database)}`,
    stop: () => {
      stopped ??= postmaster.stop().then(release);
      return stopped;
    },
  };
}

/** Makes the data under another name and renames them when they are whole. */
async function makeData(place: Place, binaries: Binaries, durable: boolean): Promise<void> {
  for (const name of await readdir(place.home)) {
    if (name.startsWith(NEW_DATA)) await rm(join(place.home, name), LEFTOVER);
  }
  const fresh = await mkdtemp(join(place.home, NEW_DATA));
  const passwordFile = `${fresh}.password`;
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flush: durable });
  if (place.account) {
    for (const path of [fresh, passwordFile]) await chown(path, place.account.uid, place.account.gid);
  }
  const locale = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-GB', '--locale=C'];
  const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const rest = ['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])];
  try {
    await runAs(place.account, binaries.initdb, ['-D', fresh, ...locale, ...access, ...rest]);
  } catch (error) {
    throw new Error(`PostgreSQL could not make its data in ${place.home}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await rename(passwordFile, join(fresh, PASSWORD_FILE));
  if (durable) await syncFolder(fresh);
  await rename(fresh, place.data);
  if (durable) await syncFolder(place.home);
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

async function checkVersion(place: Place, binaries: Binaries): Promise<void> {
  const text = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(absent);
  if (text === undefined) {
    throw new Error(
      `${place.data} is not a data directory of PostgreSQL (it has no PG_VERSION). ` +
        'Restore it, or move it away to begin with an empty database.',
    );
  }
  if (Number(text) !== binaries.major) {
    throw new Error(
      `The data in ${place.data} were written by PostgreSQL ${text.trim()}, and this is ${binaries.major}. ` +
        'Dump them with the version that wrote them and load the dump here, or give another folder with DATA_DIR.',
    );
  }
}

async function readPassword(place: Place): Promise<string> {
  const path = join(place.data, PASSWORD_FILE);
  const password = await readFile(path, 'utf8').catch(absent);
  if (password) return password.trim();
  throw new Error(
    `${path}, which holds the database password, is missing or empty. Restore it, or write the password in it.`,
  );
}

/**
 * Ends a server that a killed process left running on these data, and disowns the pid file, whose number may have
 * gone to some other program. The lock is held, so no process of Exemplar owns what is found here.
 */
async function clearLastRun(place: Place, binaries: Binaries): Promise<void> {
  const path = join(place.data, PID_FILE);
  const text = await readFile(path, 'utf8').catch(absent);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  if (await isPostmaster(pid, place.data)) await endOrphan(pid, place, binaries);
  if (process.platform === 'win32' || Number.isNaN(pid)) {
    await rm(path, { force: true });
    return;
  }
  // PostgreSQL does not mind its parent's number, and still checks by the rest that no backend is left over.
  // Opened as r+, so that a file which the ending server has just removed is not made again.
  const disowned = text.replace(/^\d+/, (former) => String(process.pid).padEnd(former.length));
  await writeFile(path, disowned, { flag: 'r+' }).catch(absent);
}

async function endOrphan(pid: number, place: Place, binaries: Binaries): Promise<void> {
  for (const signal of ['INT', 'QUIT'] as const) {
    await signalPostmaster(pid, signal, binaries);
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      if (!(await isPostmaster(pid, place.data))) return;
      await delay(10);
    }
  }
  throw new Error(
    `A PostgreSQL server (process ${pid}) still runs on ${place.data} and does not end. ` +
      'End that process, or give another folder with DATA_DIR.',
  );
}
