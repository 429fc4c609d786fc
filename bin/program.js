// The program as the build left it: one script, and beside it what the engine made of that script, so that a start neither
// reads nor compiles it anew. Another version of the engine compiles it from the script; nothing else changes.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * @param {URL} file the script: ASCII, a function of `require` and its own place that returns what it exports
 * @returns what the program exports, and its script
 */
export function load(file) {
  const filename = fileURLToPath(file);
  const compiled = compiledOf(file);
  const script = new Script(readFileSync(filename, 'latin1'), {
    filename,
    ...(existsSync(compiled) && { cachedData: readFileSync(compiled) }),
  });
  return { script, program: script.runInThisContext()(createRequire(file), filename) };
}

/** @param {URL} file the script @returns {URL} what the engine made of it */
export function compiledOf(file) {
  return new URL(`${file.href}.compiled`);
}
