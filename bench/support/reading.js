// What the comparisons of reading share: servers on a database, and rounds of load on them.
import { deepStrictEqual } from 'node:assert';
import { Config } from '../../dist/config/config.js';
import { SLUG, TODAY } from './database.js';
import { ask, end, start } from './processes.js';
import { processorMs } from './processor.js';
import { alternate } from './rounds.js';

/** The bare server has as many connections as the application reads through. */
const POOL = Number(process.env.BENCH_POOL ?? new Config({}).readPoolSize);
const CONNECTIONS = 32;
const ROUND_MS = 2_000;
const MOST = 20_000;

export const LIST = (limit) => `/v1/programmes/${SLUG}/progress-reports?limit=${limit}`;
export const PROGRESS = (limit) => `/v1/programmes/${SLUG}/progress?limit=${limit}`;

/** Starts the whole application (`app`) or the bare server (`bare`) on a database, in a process of its own. */
export async function serverOn(kind, database, key) {
  const order = { url: database.url, poolSize: POOL, today: TODAY };
  const child = start(`./${kind}-server.js`);
  const { port } = await ask(child, order);
  return { child, port, key, database };
}

/** Throws where two servers do not give the same answer. @returns the answer's length in bytes */
export async function sameAnswer(path, servers) {
  const answers = await Promise.all(servers.map((server) => answerOf(server, path)));
  for (const answer of answers) deepStrictEqual(JSON.parse(answer), JSON.parse(answers[0]));
  return Buffer.byteLength(answers[0]);
}

export async function answerOf({ port, key, cookie }, path) {
  const headers = cookie ? { Cookie: cookie } : { Authorization: `Bearer ${key}` };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  return text;
}

/**
 * Loads servers in turn, from a third process.
 * @param targets names to a server and a path on it
 * @returns for each name a list of rounds: answers a second, the 99th percentile in ms, processor ms an answer
 */
export async function underLoad(targets, rounds = 5) {
  const child = start('./load-generator.js');
  const things = Object.entries(targets).map(([name, { server, path }]) => [
    name,
    async () => {
      const { port, key, cookie } = server;
      const before = await processorMs(server);
      const order = { port, key, cookie, path, connections: CONNECTIONS, ms: ROUND_MS, most: MOST };
      const round = await ask(child, order);
      return { ...round, processorMs: ((await processorMs(server)) - before) / round.answers };
    },
  ]);
  const results = await alternate(Object.fromEntries(things), rounds);
  await end(child);
  return results;
}
