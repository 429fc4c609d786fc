// How long the slowest hundredth waits at 80 per cent of the highest load, in medians.
import { ask, end, start } from './support/processes.js';
import { LIST, PROGRESS, serverOn } from './support/reading.js';
import { line, median, title, WARM_UPS } from './support/rounds.js';

const CONNECTIONS = 64;
const ROUNDS = 5;
const FULL_MS = 2_000;
const PACED_MS = 5_000;
const PART = 0.8;

export async function latency({ key, large, small }) {
  title(
    `At ${100 * PART} per cent of the highest load: the 99th percentile of the time to answer / its median`,
  );
  await measured('50 returns out of 40,000', await large(), key, LIST(50));
  await measured('progress, 7 trusts', await small(), key, PROGRESS(50));
}

async function measured(words, database, key, path) {
  const server = await serverOn('app', database, key);
  const generator = start('./load-generator.js');
  const order = { port: server.port, key, path, connections: CONNECTIONS, most: 100_000 };
  const rounds = [];
  for (let round = 1 - WARM_UPS; round <= ROUNDS; round += 1) {
    const { perSecond } = await ask(generator, { ...order, connections: CONNECTIONS / 2, ms: FULL_MS });
    const paced = await ask(generator, { ...order, ms: PACED_MS, pace: perSecond * PART });
    if (round > 0) rounds.push({ highest: perSecond, ...paced });
  }
  await Promise.all([end(server.child), end(generator)]);
  const ratios = rounds.map(({ p99, median: half }) => p99 / half);
  line(
    words,
    `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
  const middle = (value) => median(rounds.map(value));
  line(
    '  here: highest load; load; median; 99th percentile',
    `${Math.round(middle(({ highest }) => highest))}/s; ${Math.round(middle(({ perSecond }) => perSecond))}/s; ${middle(({ median: half }) => half).toFixed(1)} ms; ${middle(({ p99 }) => p99).toFixed(1)} ms`,
  );
}
