import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { absent, type Place } from './embedded-folder.js';

/** Another process of Exemplar, or this one, already runs the server of this data folder. */
export class DataFolderInUse extends Error {
  constructor(
    readonly folder: string,
    /** The process that has it. */
    readonly pid: number,
  ) {
    super(
      `The data folder ${folder} is in use by another Exemplar (process ${pid}). ` +
        'Stop that one first, or give this one another folder with DATA_DIR.',
    );
    this.name = 'DataFolderInUse';
  }
}

export interface FolderLock {
  release(): Promise<void>;
}

interface Claim {
  pid: number;
  /** Tells the process from a later one of the same number; see `processMark`. */
  mark: string;
  nonce: string;
}

const run = promisify(execFile);
const hasProc = existsSync('/proc/self/stat');

/**
 * Takes the folder for this process. A lock whose process has ended, by any means, counts for nothing.
 *
 * @throws {DataFolderInUse}
 */
export async function lockFolder(place: Place): Promise<FolderLock> {
  const path = join(place.home, 'exemplar.lock');
  const mark = (await processMark(process.pid)) ?? '';
  const claim: Claim = { pid: process.pid, mark, nonce: randomUUID() };
  await claimPath(path, claim, place.folder);
  return {
    release: async () => {
      if ((await readClaim(path))?.nonce === claim.nonce) await rm(path, { force: true });
    },
  };
}

async function claimPath(path: string, claim: Claim, folder: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(claim));
  try {
    for (;;) {
      if (await linked(draft, path)) return;
      const held = await readClaim(path);
      if (!held) continue;
      if ((await processMark(held.pid)) === held.mark) throw new DataFolderInUse(folder, held.pid);
      // Only the holder of this second lock may replace that very claim: a bare delete could hit a newer one.
      const guard = `${path}.${held.nonce}`;
      await claimPath(guard, claim, folder);
      const replaced = (await readClaim(path))?.nonce === held.nonce;
      if (replaced) await rename(draft, path);
      await rm(guard, { force: true });
      if (replaced) return;
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

async function readClaim(path: string): Promise<Claim | undefined> {
  const text = await readFile(path, 'utf8').catch(absent);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Claim;
  } catch {
    // It was whole before it had this name, so a power cut emptied it: nobody holds it.
    return { pid: 0, mark: 'none', nonce: 'damaged' };
  }
}

/** What is the same as long as the process lives and differs for any later one; undefined when it has ended. */
export async function processMark(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return isRunning(pid) ? 'running' : undefined;
  if (!hasProc) {
    const line = await ps(pid, ['-o', 'stat=', '-o', 'lstart=']);
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  }
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The program's name comes before, in brackets, and may hold anything.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ');
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}/${fields[19]}`;
}

/** Whether this process is the main process of a PostgreSQL server on this data directory. */
export async function isPostmaster(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'win32') {
    const { stdout } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
    return stdout.includes('postgres.exe');
  }
  const command = hasProc
    ? (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
    : await ps(pid, ['-ww', '-o', 'command=']);
  return `${command.trim()} `.includes(`postgres -D ${data} `);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function ps(pid: number, format: string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return run('ps', [...format, '-p', String(pid)], { env }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
