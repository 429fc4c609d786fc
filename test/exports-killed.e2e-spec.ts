import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startTestApp, type TestApp } from './support/app.js';
import { manyPostings } from './support/many-postings.js';
import { queueSettings } from './support/queue-backend.js';

const COUNT = 200_000;
const LIST = '/v1/programmes/mental-health-exemplars/postings';
const EXEMPLAR = fileURLToPath(new URL('../bin/exemplar.js', import.meta.url));

let app: TestApp;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  app = await startTestApp({ work: false });
  await manyPostings(app, COUNT);
}, 240_000);
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await app?.stop();
});

/** A process of its own that works off the queue, on the same storage, and answers nobody. */
function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [EXEMPLAR, 'work'], {
    stdio: 'ignore',
    env: {
      ...{ PATH: process.env.PATH, DATABASE_POOL: '4', WORKER_CONCURRENCY: '2', LOG_LEVEL: 'silent' },
      ...{ DATABASE_URL: app.database.url, DATABASE_OWNER_URL: app.database.ownerUrl },
      DATA_DIR: app.config.dataFolder,
      ...queueSettings(app.database.url),
    },
  });
  workers.push(worker);
  return worker;
}

async function until<T>(find: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 1_500; tries += 1) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It does not come to that');
}

test('a worker that is killed in the middle leaves no file, and the next one makes a whole one', async () => {
  const key = await app.as('auditor');
  const asked = await app.request('post', '/v1/exports', key).send({ list: LIST, format: 'ndjson' });
  const { id, receipt } = asked.body;
  const first = startWorker();
  const progress = await until(async () => {
    const { body } = await app.request('get', `/v1/receipts/${receipt}`, key);
    return body.progress?.done > 0 && body.progress;
  });
  expect(progress).toMatchObject({ total: COUNT, words: 'rows' });
  expect(progress.done).toBeLessThan(COUNT);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const early = await app.request('get', `/v1/exports/${id}/content`, key);
  expect([early.status, early.body.blockers[0].code]).toEqual([409, 'export-under-way']);
  startWorker();
  const made = await until(async () => {
    const { body } = await app.request('get', `/v1/exports/${id}`, key);
    return body.state === 'ready' && body;
  });
  const { text } = await app.request('get', `/v1/exports/${id}/content`, key).buffer(true);
  expect(made).toMatchObject({
    rows: COUNT,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  });
  expect(text.trimEnd().split('\n')).toHaveLength(COUNT);
}, 240_000);
