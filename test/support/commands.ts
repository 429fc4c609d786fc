import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './queue-application.js';

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs on. */
export interface Running {
  pid: number;
  /** As it said where it is; empty until `ready`. */
  address(): string;
  /** All that it has said. */
  output(): string;
  /** Waits for words on stdout. @throws Error with its output where it ends or takes too long */
  says(words: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

export type Environment = Record<string, string>;

const BIN = fileURLToPath(new URL('../../bin/exemplar.js', import.meta.url));
const START_MS = 150_000;
const children = new Set<ChildProcess>();
const folders = new Set<string>();

/** A temporary folder that PostgreSQL can enter too, when this runs as root. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-start-'));
  await chmod(folder, 0o755);
  folders.add(folder);
  return folder;
}

/** Starts `node bin/exemplar.js` with nothing in its environment but what is given. */
export function start(args: string[], env: Environment = {}, cwd = tmpdir(), bin = BIN): Running {
  const basics = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: '0' };
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...basics, ...env } });
  children.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = once(child, 'close').then(([code]) => {
    children.delete(child);
    return { code, stdout, stderr };
  });
  return {
    pid: child.pid as number,
    address: () => /Exemplar is at (http\S+)/.exec(stdout)?.[1] ?? '',
    output: () => stdout + stderr,
    says: async (words) => {
      const state = () => ({ said: stdout.includes(words), gone: child.exitCode !== null, stdout, stderr });
      const { said, gone } = await until(
        async () => state(),
        ({ said, gone }) => said || gone,
        START_MS,
      );
      if (gone && !said) throw new Error(`It ended with ${child.exitCode}:\n${stdout}${stderr}`);
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Runs a command to its end. */
export function run(args: string[], env: Environment = {}, cwd?: string): Promise<Ended> {
  return start(args, env, cwd).ended;
}

/** Serves until it is ready. */
export async function serve(env: Environment, cwd?: string, bin?: string): Promise<Running> {
  const running = start(['serve'], env, cwd, bin);
  await running.says('Ready in');
  return running;
}

/** Serves into a pipe whose reader goes after the first line. */
export async function startUnheard(env: Environment & { PORT: string }): Promise<{
  answers(path: string): Promise<number>;
  signal(name: NodeJS.Signals): void;
  code: Promise<number>;
}> {
  const script = '{ "$0" "$1" serve & echo "pid $!" >&2; wait $!; echo "code $?" >&2; } | head -n 1';
  const basics = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const child = spawn('sh', ['-c', script, process.execPath, BIN], {
    cwd: tmpdir(),
    env: { ...basics, ...env },
  });
  children.add(child);
  void once(child, 'close').then(() => children.delete(child));
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const number = async (name: string): Promise<number> => {
    const told = await until(
      async () => new RegExp(`^${name} (\\d+)`, 'm').exec(said)?.[1],
      (found) => found !== undefined,
      START_MS,
    );
    return Number(told);
  };
  const pid = await number('pid');
  return {
    answers: (path) =>
      fetch(`http://127.0.0.1:${env.PORT}${path}`).then(
        ({ status }) => status,
        () => 0,
      ),
    signal: (name) => void process.kill(pid, name),
    get code() {
      return number('code');
    },
  };
}

/** The main process of the embedded server of a data folder. */
export async function postmasterOf(dataFolder: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, 'postgres/data/postmaster.pid'), 'utf8'), 10);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Ends whatever a failed test left running, and removes the folders. */
export async function cleanUp(): Promise<void> {
  const ends = [...children].map((child) => once(child, 'close'));
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(ends);
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
