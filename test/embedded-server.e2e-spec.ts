import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformFile } from '@swc/core';
import pg from 'pg';
import {
  DataFolderInUse,
  type EmbeddedServer,
  type EmbeddedServerOptions,
  startEmbeddedServer,
} from '../src/database/embedded-server.js';

const isRoot = process.getuid?.() === 0;
const withProc = existsSync('/proc/self/cmdline') ? test : test.skip;
const servers: EmbeddedServer[] = [];
const children: ChildProcess[] = [];
let sandbox: string;
let build: string;

async function start(folder: string, options: Partial<EmbeddedServerOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ folder, durable: false, ...options });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const post = (url: string) => query(url, 'CREATE TABLE post (pence bigint); INSERT INTO post VALUES (3500)');
const posted = (url: string) => query(url, 'SELECT pence FROM post');

async function until(what: () => Promise<boolean> | boolean, limitMs: number): Promise<number> {
  const began = Date.now();
  while (!(await what())) {
    if (Date.now() - began > limitMs) throw new Error(`not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return Date.now() - began;
}

/** The folder in which the server's files really are. */
async function homeOf(folder: string): Promise<string> {
  const pointer = join(folder, 'moved-to.txt');
  return existsSync(pointer) ? (await readFile(pointer, 'utf8')).trim() : realpath(folder);
}

const pidFileOf = async (folder: string) => join(await homeOf(folder), 'data', 'postmaster.pid');

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Another Node process that starts a server on `folder` and does nothing more; it is killed after the test. */
function owner(folder: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const script = join(build, 'owner.mjs');
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
    detached: true,
  });
  children.push(child);
  return child;
}

async function urlFrom(child: ChildProcess): Promise<string> {
  const line = once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  const early = once(child, 'exit').then(() => Promise.reject(new Error('the owner ended without a server')));
  early.catch(() => undefined);
  return String((await Promise.race([line, early]))[0]).trim();
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

beforeAll(async () => {
  sandbox = await mkdtemp(join(tmpdir(), 'embedded-server-'));
  await chmod(sandbox, 0o755);
  const cache = resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  build = await mkdtemp(join(cache, 'embedded-server-'));
  for (const file of await readdir('src/database')) {
    if (!/^embedded-.*(?<!\.spec)\.ts$/.test(file)) continue;
    const { code } = await transformFile(join('src/database', file));
    await writeFile(join(build, file.replace(/ts$/, 'js')), code);
  }
  await writeFile(join(build, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(build, 'owner.mjs'),
    `import { startEmbeddedServer } from './embedded-server.js';
     const server = await startEmbeddedServer({ folder: process.argv[2] });
     process.on('SIGINT', () => {});
     console.log(server.url('postgres'));
     if (!process.env.RETURN) setInterval(() => {}, 1000);`,
  );
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

afterAll(async () => {
  for (const name of await readdir(sandbox)) {
    const home = await homeOf(join(sandbox, name, 'data')).catch(() => undefined);
    if (home) await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  await rm(sandbox, { recursive: true, maxRetries: 10, retryDelay: 100 });
  await rm(build, { recursive: true });
});

describe('the embedded server', () => {
  test('keeps its rows, and its password, from one start to the next', async () => {
    const folder = join(sandbox, 'again', 'data');
    const first = await start(folder);
    await post(first.url('postgres'));
    await first.stop();
    expect(existsSync(join(await homeOf(folder), 'exemplar.lock'))).toBe(false);

    const second = await start(folder);
    expect(second.password).toBe(first.password);
    expect(await posted(second.url('postgres'))).toEqual([{ pence: '3500' }]);
  });

  test('is set up as the application expects, and for the eyes of nobody else', async () => {
    const folder = join(sandbox, 'settings', 'data');
    const server = await start(folder, { durable: true, settings: { work_mem: '7MB' } });
    const [row] = await query(
      server.url('postgres'),
      `SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) AS encoding, version(),
         current_setting('data_checksums') AS checksums, current_setting('fsync') AS fsync,
         current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
         current_setting('timezone') AS zone, current_setting('work_mem') AS work_mem
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toMatchObject({
      datlocprovider: 'i',
      datlocale: 'en-GB',
      encoding: 'UTF8',
      version: expect.stringMatching(/^PostgreSQL 18\./),
      checksums: 'on',
      fsync: 'on',
      addresses: '127.0.0.1',
      sockets: '',
      zone: 'UTC',
      work_mem: '7MB',
    });
    const wrong = `postgres://postgres:wrong@${server.host}:${server.port}/postgres`;
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    const data = join(await homeOf(folder), 'data');
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect((await stat(join(data, 'exemplar.password'))).mode & 0o777).toBe(0o600);
  });

  test('stops while clients are connected', async () => {
    const server = await start(join(sandbox, 'clients', 'data'));
    const client = new pg.Client({ connectionString: server.url('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    await Promise.all([server.stop(), server.stop()]);
    await expect(query(server.url('postgres'), 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  test('refuses a setting that PostgreSQL does not know, with the words of its log', async () => {
    const folder = join(sandbox, 'refused', 'data');
    await expect(start(folder, { settings: { no_such: '1' } })).rejects.toThrow(
      /ended while it started[\s\S]*server\.log[\s\S]*unrecognized configuration parameter "no_such"/,
    );
    await start(folder);
  });

  test('tries again when its port is taken', async () => {
    const other = createServer().unref().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const starting = start(join(sandbox, 'port', 'data'), { settings: { port: String(port) } });
    const log = join(sandbox, 'port', 'data', 'server.log');
    await until(
      async () => existsSync(log) && (await readFile(log, 'utf8')).includes('Address already in use'),
      10_000,
    );
    other.close();
    expect((await starting).port).toBe(port);
  });

  test('empties a log that has grown past 10 MB', async () => {
    const folder = join(sandbox, 'log', 'data');
    await (await start(folder)).stop();
    const log = join(await homeOf(folder), 'server.log');
    await truncate(log, 10 * 1024 * 1024 + 1);
    await start(folder);
    expect((await stat(log)).size).toBeLessThan(10_000);
  });

  test('never takes data of another version', async () => {
    const folder = join(sandbox, 'version', 'data');
    await (await start(folder)).stop();
    await writeFile(join(await homeOf(folder), 'data', 'PG_VERSION'), '17\n');
    await expect(start(folder)).rejects.toThrow(/were written by PostgreSQL 17, and this is 18/);
  });
});

describe('two at once', () => {
  test('of many that start on one folder exactly one gets it, also when a dead one left its lock', async () => {
    const folder = join(sandbox, 'two', 'data');
    for (const round of ['no lock', 'a dead lock']) {
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => start(folder)));
      const lost = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
      expect([round, lost.length]).toEqual([round, 7]);
      for (const reason of lost) expect(reason).toBeInstanceOf(DataFolderInUse);
      await Promise.all(servers.splice(0).map((server) => server.stop()));
      const dead = { pid: process.pid, mark: 'of an earlier process', nonce: 'earlier' };
      await writeFile(join(await homeOf(folder), 'exemplar.lock'), JSON.stringify(dead));
    }
  });

  test('another process that has the folder is named', async () => {
    const folder = join(sandbox, 'named', 'data');
    const other = owner(folder);
    await urlFrom(other);
    await expect(start(folder)).rejects.toThrow(
      `The data folder ${folder} is in use by another Exemplar (process ${other.pid}).`,
    );
  });

  test('a lock that a power cut emptied is nobody’s', async () => {
    const folder = join(sandbox, 'emptied', 'data');
    await (await start(folder)).stop();
    const home = await homeOf(folder);
    await writeFile(join(home, 'exemplar.lock'), '');
    await writeFile(join(home, 'data', 'postmaster.pid'), '');
    await start(folder);
  });
});

describe('when Node is killed', () => {
  test('the server ends within two seconds and cleanly, and the next start has the committed row', async () => {
    const folder = join(sandbox, 'killed', 'data');
    const child = owner(folder);
    await post(await urlFrom(child));
    const pidFile = await pidFileOf(folder);
    const server = Number.parseInt(await readFile(pidFile, 'utf8'), 10);
    expect(isAlive(server)).toBe(true);

    await kill(child);
    await until(() => !existsSync(pidFile), 2_000);
    const log = await readFile(join(await homeOf(folder), 'server.log'), 'utf8');
    expect(log).toMatch(/received fast shutdown request[\s\S]*database system is shut down/);

    const next = await start(folder);
    expect(await posted(next.url('postgres'))).toEqual([{ pence: '3500' }]);
  });

  test('Ctrl-C reaches Node only, which can still write while it drains', async () => {
    const child = owner(join(sandbox, 'interrupted', 'data'));
    const url = await urlFrom(child);
    process.kill(-(child.pid as number), 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await post(url);
  });

  test('a start in the same moment waits for the server that is ending', async () => {
    const folder = join(sandbox, 'moment', 'data');
    const child = owner(folder);
    await post(await urlFrom(child));
    await kill(child);
    expect(await posted((await start(folder)).url('postgres'))).toEqual([{ pence: '3500' }]);
  });

  withProc('a server that lost its watchdog too is ended by the next start', async () => {
    const folder = join(sandbox, 'orphan', 'data');
    const child = owner(folder);
    await post(await urlFrom(child));
    const orphan = (await readFile(await pidFileOf(folder), 'utf8')).split('\n')[0];
    for (const pid of await readdir('/proc')) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (command.endsWith(`\0exemplar-watchdog\0${orphan}\0`)) process.kill(Number(pid), 'SIGKILL');
    }
    await kill(child);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(isAlive(Number(orphan))).toBe(true);
    const next = await start(folder);
    expect(await posted(next.url('postgres'))).toEqual([{ pence: '3500' }]);
  });

  test('together with its server, the next start recovers the committed row', async () => {
    const folder = join(sandbox, 'both', 'data');
    const child = owner(folder);
    await post(await urlFrom(child));
    process.kill(Number.parseInt(await readFile(await pidFileOf(folder), 'utf8'), 10), 'SIGKILL');
    await kill(child);
    const next = await start(folder);
    expect(await posted(next.url('postgres'))).toEqual([{ pence: '3500' }]);
    const log = await readFile(join(await homeOf(folder), 'server.log'), 'utf8');
    expect(log).toContain('automatic recovery in progress');
  });

  test.each([5, 150, 300])('%i ms into its first start, nothing half-made is left', async (ms) => {
    const folder = join(sandbox, `half-${ms}`, 'data');
    const child = owner(folder);
    await until(() => existsSync(join(folder, 'exemplar.lock')), 10_000);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await kill(child);
    const next = await start(folder);
    await post(next.url('postgres'));
    expect((await readdir(folder)).filter((name) => name.includes('.new-'))).toEqual([]);
  });

  test('a process that returns without stopping its server is not held open by it', async () => {
    const folder = join(sandbox, 'returns', 'data');
    const child = owner(folder, { RETURN: '1' });
    const ended = once(child, 'exit');
    await urlFrom(child);
    expect(await ended).toEqual([0, null]);
    await until(async () => !existsSync(await pidFileOf(folder)), 2_000);
  });
});

describe('a pid file left from before', () => {
  test('that names some other program of the server’s user is disowned, and that program left alone', async () => {
    const folder = join(sandbox, 'stale', 'data');
    await (await start(folder)).stop();
    const pidFile = await pidFileOf(folder);
    const data = join(await homeOf(folder), 'data');
    const { uid, gid } = await stat(data);
    const bystander = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    children.push(bystander);
    await once(bystander, 'spawn');
    for (const pid of [bystander.pid, process.pid]) {
      await writeFile(pidFile, `${pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n  1  1\nready   \n`);
      await (await start(folder)).stop();
    }
    expect(isAlive(bystander.pid as number)).toBe(true);
  });
});

(isRoot ? describe : describe.skip)('as root', () => {
  test('works in a folder that only root can enter, and finds the data again', async () => {
    const parent = join(sandbox, 'private');
    await mkdir(parent, { mode: 0o700 });
    const folder = join(parent, 'data');
    const first = await start(folder);
    await post(first.url('postgres'));
    await first.stop();
    const home = await homeOf(folder);
    expect(home.startsWith(parent)).toBe(false);
    expect((await stat(join(home, 'data'))).uid).not.toBe(0);
    expect(await posted((await start(folder)).url('postgres'))).toEqual([{ pence: '3500' }]);
  });

  test('of two that begin there at once, one gets it', async () => {
    const parent = join(sandbox, 'private-two');
    await mkdir(parent, { mode: 0o700 });
    const attempts = await Promise.allSettled([1, 2, 3].map(() => start(join(parent, 'data'))));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('never begins anew when the data it had are gone or out of reach', async () => {
    const parent = join(sandbox, 'gone');
    await mkdir(parent, { mode: 0o700 });
    const folder = join(parent, 'data');
    await (await start(folder)).stop();
    await rm(await homeOf(folder), { recursive: true });
    await expect(start(folder)).rejects.toThrow(/that folder is gone/);

    const other = join(sandbox, 'reached');
    await (await start(join(other, 'data'))).stop();
    await chmod(other, 0o700);
    await expect(start(join(other, 'data'))).rejects.toThrow(/cannot reach that folder/);
  });
});
