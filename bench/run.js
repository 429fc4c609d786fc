// npm run bench: prints how Exemplar compares with the plain way of doing the same, as ratios of this one run.
// `node bench/run.js list` (or progress, latency, assess, growth, ledger, past, tree, verify, export, scale, million, sums) runs one part.
import { availableParallelism } from 'node:os';
import { build } from '../scripts/build.js';

const PARTS = [
  'list',
  'progress',
  'latency',
  'growth',
  'assess',
  'replay',
  'ledger',
  'past',
  'tree',
  'verify',
  'export',
  'scale',
];
/** What takes so long that it is only run where it is asked for. */
const BY_NAME = ['million', 'sums'];

const asked = process.argv.slice(2);
const all = [...PARTS, ...BY_NAME];
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}. The parts are: ${all.join(', ')}.\n`);
  process.exit(2);
}

await build();
const { closeDatabases, openDatabases } = await import('./support/databases.js');
const { endAll } = await import('./support/processes.js');

const stop = async () => {
  await endAll();
  await closeDatabases();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));

try {
  const databases = await openDatabases();
  process.stdout.write(
    `Node ${process.version}, ${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}. ` +
      'Each ratio is the median of its rounds, with the lowest and the highest.\n',
  );
  for (const name of all)
    if (asked.length === 0 ? PARTS.includes(name) : asked.includes(name)) {
      const part = await import(`./${name}.js`);
      await part[name](databases);
    }
  process.stdout.write(`\n${Math.round(performance.now() / 1000)} seconds in all\n`);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await stop();
}
