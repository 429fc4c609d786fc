import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, open, readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './embedded-binaries.js';
import { absent, type Place, serverEnvironment } from './embedded-folder.js';

/** The server's main process, once it accepts connections. */
export interface Postmaster {
  port: number;
  /** Ends it, without waiting for its clients; resolves when it has ended. */
  stop(): Promise<void>;
}

/** PostgreSQL's own record of its main process, in the data directory. */
export const PID_FILE = 'postmaster.pid';

const LOG_FILE = 'server.log';
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
/** How long the server may say nothing in its log while it starts; a long recovery reports every 10 s. */
const SILENCE_MS = 30_000;
const ATTEMPTS = 20;
/** Reads until the pipe closes, which it does when the process at its other end is gone, by whatever means. */
const WATCHDOG = 'trap "" HUP INT TERM; read -r _; kill -INT "$1"';
/** Faults that pass: a port taken by another in between, and backends of a killed server that are still ending. */
const PASSING = /could not bind|pre-existing shared memory block/;

class StartFailed extends Error {
  constructor(
    reason: string,
    readonly log: string,
    path: string,
  ) {
    super(`PostgreSQL ${reason}. The last lines of its log, ${path}:\n${log}`);
    this.name = 'StartFailed';
  }
}

/**
 * Starts the server and its watchdog, which ends the server soon after this process, and waits until it accepts
 * connections. Both are in sessions of their own: Ctrl-C in the terminal reaches this process only.
 */
export async function launch(
  place: Place,
  binaries: Binaries,
  settings: Record<string, string>,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(place, binaries, { port: String(await freePort()), ...settings });
    } catch (error) {
      if (!(error instanceof StartFailed && PASSING.test(error.log)) || attempt === ATTEMPTS) throw error;
      await delay(100);
    }
  }
}

async function launchOnce(
  place: Place,
  binaries: Binaries,
  settings: Record<string, string>,
): Promise<Postmaster> {
  const log = await openLog(place);
  const common: SpawnOptions = {
    cwd: place.home,
    env: serverEnvironment(),
    detached: true,
    uid: place.account?.uid,
    gid: place.account?.gid,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // -D comes first because a later start recognises the process by it.
  const child = spawn(binaries.postgres, ['-D', place.data, ...flags], {
    ...common,
    stdio: ['ignore', log.handle.fd, log.handle.fd],
    windowsHide: true,
  });
  const watchdog = watch(child, common);
  try {
    await Promise.all([child, watchdog].map((each) => each && once(each, 'spawn')));
    const port = await untilReady(child, place, log);
    child.unref();
    return { port, stop: () => end(child, binaries) };
  } catch (error) {
    if (child.pid !== undefined) await end(child, binaries, 'QUIT');
    throw error;
  } finally {
    await log.handle.close();
  }
}

function watch(server: ChildProcess, common: SpawnOptions): ChildProcess | undefined {
  if (process.platform === 'win32' || server.pid === undefined) return undefined;
  const args = ['-c', WATCHDOG, 'exemplar-watchdog', String(server.pid)];
  const watchdog = spawn('/bin/sh', args, { ...common, stdio: ['pipe', 'ignore', 'ignore'] });
  server.once('exit', () => watchdog.kill('SIGKILL'));
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  return watchdog;
}

interface Log {
  path: string;
  handle: Awaited<ReturnType<typeof open>>;
  /** Where this start's lines begin, in bytes. */
  from: number;
}

async function openLog(place: Place): Promise<Log> {
  const path = join(place.home, LOG_FILE);
  const handle = await open(path, 'a', 0o600);
  if (place.account) await chown(path, place.account.uid, place.account.gid);
  let { size } = await handle.stat();
  if (size > LOG_LIMIT_BYTES) {
    await handle.truncate(0);
    size = 0;
  }
  return { path, handle, from: size };
}

async function untilReady(child: ChildProcess, place: Place, log: Log): Promise<number> {
  let size = log.from;
  let deadline = Date.now() + SILENCE_MS;
  for (;;) {
    if (hasEnded(child)) throw await startFailed('ended while it started', log);
    const lines = (await readFile(join(place.data, PID_FILE), 'utf8').catch(absent))?.split('\n') ?? [];
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return Number(lines[3]);
    const now = (await log.handle.stat()).size;
    if (now !== size) deadline = Date.now() + SILENCE_MS;
    size = now;
    if (Date.now() > deadline) throw await startFailed('did not become ready within 30 s', log);
    await delay(5);
  }
}

async function startFailed(reason: string, log: Log): Promise<StartFailed> {
  const text = (await readFile(log.path)).subarray(log.from).toString();
  return new StartFailed(reason, text.trimEnd().split('\n').slice(-20).join('\n'), log.path);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess, binaries: Binaries, signal: 'INT' | 'QUIT' = 'INT'): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const ended = once(child, 'exit');
  await signalPostmaster(child.pid as number, signal, binaries);
  await ended;
}

/** INT is PostgreSQL's fast shutdown; QUIT ends it at once, to recover at its next start. */
export async function signalPostmaster(
  pid: number,
  signal: 'INT' | 'QUIT',
  binaries: Binaries,
): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)(binaries.pgCtl, ['kill', signal, String(pid)]).catch(() => undefined);
    return;
  }
  try {
    process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('127.0.0.1 has no free port.');
  return address.port;
}
