import { type ExecFileOptions, execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  link,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The user that PostgreSQL runs as, when that is not the user of this process. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Where a server's files are. */
export interface Place {
  /** What was asked for; messages name it. */
  folder: string;
  /** Holds the lock, the log and `data`. It is `folder`, unless the server's user cannot reach that. */
  home: string;
  /** PostgreSQL's own data directory. */
  data: string;
  /** Undefined when PostgreSQL runs as the user of this process. */
  account?: Account;
}

/** Says in `folder` where the data is when it cannot be in `folder` itself. */
const POINTER = 'moved-to.txt';

const run = promisify(execFile);

/** The environment of PostgreSQL's programs: English messages, and nothing of the caller's own PostgreSQL settings. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG$)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a program to its end as `account`. Rejects, with its `stderr`, when it fails. */
export async function runAs(account: Account | undefined, program: string, args: string[]): Promise<string> {
  const options: ExecFileOptions = { cwd: parse(process.cwd()).root, env: serverEnvironment() };
  if (account) Object.assign(options, { uid: account.uid, gid: account.gid });
  const { stdout } = await run(program, args, options);
  return stdout.toString();
}

/**
 * Finds or makes the place for a server whose data folder is `folder`. PostgreSQL refuses to run as root, so
 * root gets an account to run it as, and a place that this account can reach.
 *
 * @throws when the folder cannot be used, or data that are already there cannot be reached. It never turns to
 * an empty place while there are data in another.
 */
export async function placeFor(folder: string): Promise<Place> {
  const wanted = await makeFolder(resolve(folder));
  const moved = await readPointer(wanted);
  const home = moved ?? wanted;
  const owner = await ownerOf(join(home, 'data'));
  const self = process.getuid?.();
  if (self !== 0) {
    if (owner && self !== undefined && owner.uid !== self) throw new Error(othersData(home, owner.uid, self));
    return { folder: wanted, home, data: join(home, 'data') };
  }
  const account = owner && owner.uid !== 0 ? owner : await serviceAccount();
  if (await reaches(account, home)) return { folder: wanted, home, data: join(home, 'data'), account };
  if (owner || moved) {
    throw new Error(
      `The data in ${home} belong to user ${account.name}, who cannot reach that folder. ` +
        `Let that user pass through the folders above it (chmod a+x), or give another folder with DATA_DIR.`,
    );
  }
  const elsewhere = await placeElsewhere(wanted, account);
  return { folder: wanted, home: elsewhere, data: join(elsewhere, 'data'), account };
}

/** A folder of root's own, open to be read by others, or undefined when there cannot be one at this path. */
export async function sharedFolder(path: string): Promise<string | undefined> {
  try {
    if (await mkdir(path, { recursive: true })) await chmod(path, 0o755);
    const found = await stat(path);
    const self = process.getuid?.();
    const ours = self === undefined || (found.uid === self && (found.mode & 0o022) === 0);
    return ours && found.isDirectory() ? path : undefined;
  } catch {
    return undefined;
  }
}

/** A name under the temporary folder that no other user shares. */
export function temporaryFolder(): string {
  return join(tmpdir(), `exemplar-${process.getuid?.() ?? 'user'}`);
}

async function makeFolder(folder: string): Promise<string> {
  try {
    if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755);
    await access(folder, constants.W_OK | constants.X_OK);
    return await realpath(folder);
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be used (${(error as Error).message}). ` +
        'Let the user who runs Exemplar write to it, or give another folder with DATA_DIR.',
      { cause: error },
    );
  }
}

async function readPointer(folder: string): Promise<string | undefined> {
  const pointer = join(folder, POINTER);
  const text = await readFile(pointer, 'utf8').catch(absent);
  if (text === undefined) return undefined;
  const home = text.trim();
  if (await stat(home).catch(absent)) return home;
  throw new Error(
    `${pointer} says that the data are in ${home}, and that folder is gone. ` +
      `Restore it, or delete ${pointer} to begin with an empty database.`,
  );
}

/** Makes a home outside `folder` and records it there; of several who do so at once, all get the same one. */
async function placeElsewhere(folder: string, account: Account): Promise<string> {
  const parent =
    (await reachable(account, '/var/lib/exemplar')) ?? (await reachable(account, temporaryFolder()));
  if (!parent) {
    throw new Error(
      `User ${account.name}, as whom PostgreSQL would run, can reach neither ${folder} nor a folder made for it ` +
        'in /var/lib. Give a folder that it can reach with DATA_DIR, or a server of your own with DATABASE_URL.',
    );
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const home = await mkdtemp(join(parent, `postgres-${name}-`));
  await chown(home, account.uid, account.gid);
  const draft = join(folder, `${POINTER}.${randomUUID()}`);
  await writeFile(draft, `${home}\n`, { flush: true });
  try {
    await link(draft, join(folder, POINTER));
    return home;
  } catch (error) {
    await rm(home, { recursive: true });
    const first = await readPointer(folder);
    if (first) return first;
    throw error;
  } finally {
    await rm(draft);
  }
}

async function reachable(account: Account, path: string): Promise<string | undefined> {
  const folder = await sharedFolder(path);
  return folder && (await reaches(account, folder)) ? folder : undefined;
}

async function reaches(account: Account, folder: string): Promise<boolean> {
  return runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).then(
    () => true,
    () => false,
  );
}

async function serviceAccount(): Promise<Account> {
  const users = (await readFile('/etc/passwd', 'utf8').catch(absent)) ?? '';
  const lines = users.split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line[0] === name) ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody to run it as. ' +
      'Start Exemplar as another user, make a user postgres, or set DATABASE_URL to use a server of your own.',
  );
}

async function ownerOf(data: string): Promise<Account | undefined> {
  const found = await stat(data).catch(absent);
  return found && { name: String(found.uid), uid: found.uid, gid: found.gid };
}

function othersData(home: string, owner: number, self: number): string {
  return (
    `The data in ${home} belong to user ${owner}, and Exemplar runs as user ${self}. ` +
    'Start it as that user or as root, or give another folder with DATA_DIR.'
  );
}

/** For `.catch`: a file that is not there is undefined, any other fault stays one. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
