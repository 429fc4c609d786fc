// Keeps what the engine makes of the program at a path, once all that a start needs is loaded. A process of its own, because
// whoever builds may go on to run what was built.
import { renameSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { compiledOf, load } from '../bin/program.js';

const file = pathToFileURL(process.argv[2]);
const { script, program } = load(file);
await program.loadAll();
const compiled = compiledOf(file);
const fresh = new URL(`${compiled.href}-${process.pid}`);
writeFileSync(fresh, script.createCachedData());
renameSync(fresh, compiled);
process.exit();
