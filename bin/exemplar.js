#!/usr/bin/env node
// In a checkout of the sources it builds what was changed; installed, there is dist/ alone.
import { existsSync } from 'node:fs';

const at = (path) => new URL(`../${path}`, import.meta.url);

try {
  if (existsSync(at('src')) && existsSync(at('scripts/build.js'))) {
    const { build } = await import(at('scripts/build.js').href);
    build();
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const { main } = await import(at('dist/program/main.js').href);
await main(process.argv);
