// Several processes as they would stand on several machines, on this one: `npm run topology`.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';
import { findRedis, startRedis } from './redis-server.js';
import { startTied } from './tied-process.js';

const BIN = fileURLToPath(new URL('../bin/exemplar.js', import.meta.url));
const DATABASE = 'exemplar';
/** What the first process says when the illustrative returns, money and figures are there. */
const PLAYED = ['agreements, claims and payments are there', 'published figures are there'];
const PLAYED_WITHIN_MS = 300_000;

/** PostgreSQL in a folder, with a database and its three logins. */
async function startDatabase(folder) {
  const { startEmbeddedServer } = await import('../dist/database/embedded-server.js');
  const { createDatabase, prepareRoles } = await import('../dist/database/server.js');
  const server = await startEmbeddedServer({ folder });
  const superuser = server.url('postgres');
  const passwords = await prepareRoles(superuser);
  await createDatabase(superuser, DATABASE);
  const as = (user, password) => {
    const url = new URL(server.url(DATABASE));
    url.username = user;
    url.password = password;
    return url.href;
  };
  return {
    server,
    superuserUrl: server.url(DATABASE),
    settings: {
      DATABASE_URL: as('exemplar_login', passwords.login),
      DATABASE_OWNER_URL: as('exemplar_owner', passwords.owner),
      DATABASE_NOTARY_URL: as('exemplar_notary_login', passwords.notary),
    },
  };
}

/** `exemplar` with a process of its own, and nothing in its environment but what is given. */
function exemplar(args, settings) {
  const { PATH = '', HOME = '' } = process.env;
  return startTied(process.execPath, [BIN, ...args], { env: { PATH, HOME, ...settings }, cwd: tmpdir() });
}

async function startApi(settings, args = ['--no-workers']) {
  const api = await exemplar(['serve', ...args], { ...settings, PORT: '0' });
  await api.says('Ready in');
  return { ...api, address: /Exemplar is at (http\S+)/.exec(api.output())[1] };
}

async function startWorker(settings) {
  const worker = await exemplar(['work'], settings);
  await worker.says('Working off the queue');
  return worker;
}

/**
 * Starts a database, a Redis where there is one, the demonstration, and then processes that only answer and processes
 * that only work. What is started is ended in the other order, also where the start fails.
 */
export async function startTopology({
  apis = 2,
  workers = 3,
  redis,
  played = true,
  settings = {},
  say = () => {},
} = {}) {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'exemplar-topology-'));
  // As root the database runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const ends = [async () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 })];
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  try {
    const database = await startDatabase(join(folder, 'postgres'));
    ends.push(() => database.server.stop());
    const onRedis = redis ?? findRedis() !== undefined;
    const queue = onRedis ? await startRedis(folder) : undefined;
    if (queue) ends.push(() => queue.stop());
    const all = {
      ...{ DATA_DIR: join(folder, 'data'), DATABASE_POOL: '8', WORKER_CONCURRENCY: '4' },
      ...{ ...database.settings, ...(queue ? { REDIS_URL: queue.url } : {}), ...settings },
    };
    say('The database is migrated, and what it begins with is loaded: up to half a minute.');
    const first = await startApi({ ...all, LOG_LEVEL: 'debug' }, played ? [] : ['--no-workers']);
    if (played) for (const what of PLAYED) await first.says(what, PLAYED_WITHIN_MS);
    await first.end();
    const later = { ...all, MIGRATE: 'false' };
    const working = await Promise.all(Array.from({ length: workers }, () => startWorker(later)));
    ends.push(() => Promise.all(working.map((worker) => worker.end())));
    const answering = await Promise.all(Array.from({ length: apis }, () => startApi(later)));
    ends.push(() => Promise.all(answering.map((api) => api.end())));
    return { apis: answering, workers: working, redis: queue, database, dataFolder: all.DATA_DIR, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function main() {
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, resolve);
  });
  const say = (words) => console.log(words);
  const { apis, workers, redis, dataFolder, stop } = await startTopology({ say });
  say('');
  apis.forEach(({ address, pid }, i) => {
    say(`  API ${i + 1}      ${address} (process ${pid})`);
  });
  say(`  Workers    ${workers.map(({ pid }) => `process ${pid}`).join(', ')}`);
  say(`  The queue  ${redis ? redis.url : 'in the database: no Redis was found'}`);
  say(`  Keys       ${dataFolder}/keys`);
  say('\nCtrl-C ends all of them: those that answer first, then those that work, then what they stand on.');
  await asked;
  await stop();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
