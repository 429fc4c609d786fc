#!/usr/bin/env node
// In a checkout of the sources it builds what was changed; installed, there is dist/ alone.
import { existsSync } from 'node:fs';
import { load } from './program.js';

const at = (path) => new URL(`../${path}`, import.meta.url);

try {
  if (existsSync(at('src')) && existsSync(at('scripts/build.js'))) {
    const { build } = await import(at('scripts/build.js').href);
    await build();
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const { program } = load(at('dist/program/main.cjs'));
await program.main(process.argv);
