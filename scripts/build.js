// Builds dist/ out of src/, and does nothing where dist/ is already of these sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const built = join(root, 'dist');
const STAMP = '.built-from';

function fingerprint() {
  const hash = createHash('sha256');
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [...files, join(root, '.swcrc')])
    hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

function compiler() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@swc/cli/package.json')), 'bin/swc.js');
  } catch (error) {
    throw new Error(
      'dist/ is missing or older than src/, and the compiler is not installed. Run `npm ci` (without --omit=dev).',
      { cause: error },
    );
  }
}

/** Builds where needed: beside dist/ first, so that dist/ is never half of one build. @returns whether it built */
export function build() {
  if (!existsSync(sources)) return false;
  const now = fingerprint();
  const stamp = join(built, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  const swc = compiler();
  const fresh = join(root, `.dist-${process.pid}`);
  const former = `${fresh}-former`;
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        swc,
        'src',
        '-d',
        fresh,
        '--strip-leading-paths',
        '--ignore',
        '**/*.spec.ts,**/web/assets/**,**/*.mjs,**/*.d.mts',
        '--quiet',
      ],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (status !== 0) throw new Error('The build failed: see the lines above.');
    // Views and what pages are served with go along as they are.
    cpSync(join(sources, 'web'), join(fresh, 'web'), {
      recursive: true,
      filter: (path) => statSync(path).isDirectory() || !path.endsWith('.ts'),
    });
    // The verifier is handed on as it is written.
    cpSync(join(sources, 'audit/verifier/verify-log.mjs'), join(fresh, 'audit/verifier/verify-log.mjs'));
    writeFileSync(join(fresh, STAMP), now);
    if (existsSync(built)) renameSync(built, former);
    renameSync(fresh, built);
  } finally {
    for (const folder of [fresh, former]) rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
