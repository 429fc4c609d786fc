import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './commands.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a lock file says of a package. */
interface Locked {
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

/**
 * The program as it is installed where it serves: what was built, and the packages that `npm ci --omit=dev --omit=optional`
 * leaves.
 * @returns its command
 */
export async function installedCommand(): Promise<string> {
  const folder = await temporaryFolder();
  for (const part of ['bin', 'dist/program', 'dist/web', 'dist/audit/verifier', 'migrations', 'programmes'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, { dev, optional, devOptional }] of Object.entries<Locked>(lock.packages)) {
    if (path === '' || dev || optional || devOptional) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(join(root, path), join(folder, path));
  }
  return join(folder, 'bin/exemplar.js');
}
