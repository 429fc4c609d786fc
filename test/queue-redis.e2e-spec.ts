import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../scripts/free-port.js';
import { findRedis, type RunningRedis, startRedis } from '../scripts/redis-server.js';
import { MessageQueue } from '../src/queue/message-queue.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import {
  compileQueueApplication,
  gate,
  type QueueApplication,
  type QueueApplicationOptions,
  startQueueApplication,
  until,
} from './support/queue-application.js';

/** Redis itself comes and goes here, so it is one of this file's own. */
const describeWithRedis = findRedis() ? describe : describe.skip;
const SWEEP = [{ job: 'hand-over-again', everySeconds: 1, what: 'the sweep' }];

let database: TestDatabase;
let folder: string;
let port: number;
let redis: RunningRedis;
let started: QueueApplication[];

beforeEach(async () => {
  [database, folder, port] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), 'exemplar-redis-')),
    freePort(),
  ]);
  await chmod(folder, 0o755);
  redis = await startRedis(folder, port);
  started = [];
});
afterEach(async () => {
  for (const { app } of started) await app.close();
  // Whoever left while it was away says goodbye now.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await redis.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = (prefix = 'exemplar') => ({ REDIS_URL: `redis://127.0.0.1:${port}`, REDIS_PREFIX: prefix });

async function start(options: QueueApplicationOptions = {}): Promise<QueueApplication> {
  const application = await startQueueApplication(database.url, {
    env: settings(),
    missingAfterSeconds: 1,
    schedule: SWEEP,
    ...options,
  });
  started.push(application);
  return application;
}

/** Redis is gone at once, with all that it had. */
async function lose(): Promise<void> {
  process.kill(redis.pid, 'SIGKILL');
  await redis.stop();
}

const made = async () =>
  (await database.sql<{ ods_code: string }>('select ods_code from organisation order by 1')).map(
    ({ ods_code }) => ods_code,
  );

describeWithRedis('Redis', () => {
  test('that is lost in mid-work and comes back empty has lost nothing: each effect is there once', async () => {
    const queue = await start();
    const [working, end] = [gate(), gate()];
    const { script } = queue.scripted;
    queue.scripted.script = async (tx, payload, report) => {
      const result = await script(tx, payload, report);
      if (payload.ods !== 'WORKING') return result;
      working.open();
      await end.opened;
      return result;
    };
    const ids = [await queue.add({ ods: 'WORKING' })];
    await working.opened;
    await lose();
    for (const ods of ['WHILE1', 'WHILE2']) ids.push(await queue.add({ ods }));
    end.open();
    await queue.reaches(ids[0] as string, 'done');
    redis = await startRedis(folder, port);
    for (const id of ids) await queue.reaches(id, 'done', 30_000);
    expect(await made()).toEqual(['WHILE1', 'WHILE2', 'WORKING']);
  });

  test('that is away when a worker starts is waited for, and the worker can be stopped meanwhile', async () => {
    await lose();
    const [stopped, queue] = [await start(), await start()];
    const id = await queue.add({ ods: 'LATER' });
    const began = Date.now();
    await stopped.app.close();
    expect(Date.now() - began).toBeLessThan(5_000);
    started.splice(started.indexOf(stopped), 1);
    redis = await startRedis(folder, port);
    await queue.reaches(id, 'done', 20_000);
  });

  test('that goes away holds up nobody who stops', async () => {
    const queue = await start();
    await queue.reaches(await queue.add({ ods: 'BEFORE' }), 'done');
    await lose();
    const began = Date.now();
    await queue.app.close();
    expect(Date.now() - began).toBeLessThan(5_000);
    started = [];
    redis = await startRedis(folder, port);
  });

  test('is shared by two installations, each with a prefix of its own', async () => {
    const other = await createTestDatabase();
    const [one, two] = [await start(), await startQueueApplication(other.url, { env: settings('other') })];
    try {
      const [first, second] = [await one.add({ ods: 'ONE' }), await two.add({ ods: 'TWO' })];
      await Promise.all([one.reaches(first, 'done'), two.reaches(second, 'done')]);
      const client = new Redis(settings().REDIS_URL);
      const keys = await client.keys('*');
      client.disconnect();
      expect(new Set(keys.map((key) => key.split(':')[0]))).toEqual(new Set(['exemplar', 'other']));
    } finally {
      await two.app.close();
      await other.drop();
    }
  });

  test('that may throw keys away is warned of, with what to do', async () => {
    const client = new Redis(settings().REDIS_URL);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    const said: string[] = [];
    const app = await compileQueueApplication(database.url, { env: settings(), work: false });
    app.useLogger({ log() {}, error() {}, warn: (words: string) => said.push(words) });
    const queue = app.get(MessageQueue, { strict: false });
    await queue.open();
    await until(async () => said.length, Boolean);
    await queue.close();
    await app.close();
    expect(said.join()).toMatch(/maxmemory-policy allkeys-lru.*Set it to noeviction/);
  });
});
