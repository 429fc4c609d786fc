import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HandOverAgain } from '../src/queue/hand-over-again.js';
import { JobService } from '../src/queue/job.service.js';
import { MessageQueue } from '../src/queue/message-queue.js';
import { MessageWork } from '../src/queue/message-work.js';
import { ReceiptStream } from '../src/queue/receipt-stream.js';
import { Relay } from '../src/queue/relay.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import {
  ADD_ORGANISATION,
  addOrganisation,
  gate,
  type QueueApplication,
  type QueueApplicationOptions,
  startQueueApplication,
  until,
} from './support/queue-application.js';
import { type QueueBackend, queueBackendOf, queueSettings } from './support/queue-backend.js';

const CHILD = fileURLToPath(new URL('support/queue-child.js', import.meta.url));

let database: TestDatabase;
let backend: QueueBackend;
let started: QueueApplication[];
let children: ChildProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  backend = queueBackendOf(database);
  started = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const { app } of started) await app.close();
  await backend.close();
  await database.drop();
});

async function start(options: QueueApplicationOptions = {}): Promise<QueueApplication> {
  const application = await startQueueApplication(database.url, options);
  started.push(application);
  return application;
}

async function startChild(waitMs: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, database.url, String(waitMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...queueSettings(database.url) },
  });
  children.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

/** The queue of a process that does not work off it, once it answers. */
async function opened({ app }: QueueApplication): Promise<MessageQueue> {
  const queue = app.get(MessageQueue, { strict: false });
  await queue.open();
  await until(
    async () => queue.isAway,
    (away) => !away,
  );
  return queue;
}

/** How often each organisation was made, by code. */
async function effects(): Promise<Record<string, number>> {
  const rows = await database.sql<{ code: string; times: number }>(
    `select ods_code as code, count(*)::int as times from organisation group by 1`,
  );
  return Object.fromEntries(rows.map(({ code, times }) => [code, times]));
}

const cutConnections = () =>
  Promise.all([
    backend.cut(),
    database.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name like any ('{exemplar%,bullmq%}')`,
    ),
  ]);

const count = async (from: string): Promise<number> =>
  (await database.sql<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n ?? 0;

test('a message that is delivered twice at once has its effect once', async () => {
  const queue = await start({ work: false });
  const work = queue.app.get(MessageWork, { strict: false });
  const [working, end] = [gate(), gate()];
  let runs = 0;
  queue.scripted.script = async (tx, payload, report) => {
    runs += 1;
    working.open();
    await end.opened;
    return addOrganisation(tx, payload, report);
  };
  const id = await queue.add({ ods: 'TWICE' });
  const first = work.process(id);
  await working.opened;
  expect(await work.process(id)).toBe('busy');
  // It was no attempt: a message has only so many.
  expect(await database.sql('select attempts from outbox_message where id = $1', [id])).toEqual([
    { attempts: 1 },
  ]);
  end.open();
  expect(await first).toBe('done');
  expect(await work.process(id)).toBe('done-before');
  expect(runs).toBe(1);
  expect(await effects()).toEqual({ TWICE: 1 });
});

test('an effect whose message cannot be marked as done is undone with it', async () => {
  const queue = await start();
  await database.sql(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'not to be finished'; end $$`);
  await database.sql(`create trigger refuse before update on outbox_message for each row
    when (new.finished_at is not null) execute function refuse()`);
  const id = await queue.add({ ods: 'TOGETHER' });
  expect(await queue.reaches(id, 'failed')).toMatchObject({ error: 'not to be finished' });
  expect(await effects()).toEqual({});
  await database.sql('drop trigger refuse on outbox_message');
  await queue.app.get(JobService).replay(queue.actor, id);
  await queue.reaches(id, 'done');
  expect(await effects()).toEqual({ TOGETHER: 1 });
});

test('many deliveries of a message at once, by the queue, have one effect', async () => {
  const queue = await start();
  const work = queue.app.get(MessageWork, { strict: false });
  const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => queue.add({ ods: `M${i}` })));
  const again = ids.flatMap((messageId) =>
    [50, 51, 52].map((handings) => ({ messageId, handings, definition: ADD_ORGANISATION })),
  );
  await queue.app.get(MessageQueue, { strict: false }).add(again);
  await Promise.all(ids.map((id) => work.process(id)));
  for (const id of ids) await queue.reaches(id, 'done');
  await until(
    async () => (await backend.jobs()) - (await backend.jobs('completed')),
    (open) => open === 0,
  );
  expect(await backend.jobs()).toBeGreaterThanOrEqual(30);
  expect(Object.values(await effects())).toEqual(Array(10).fill(1));
  expect(await count(`log_entry where table_name = 'organisation'`)).toBe(10);
});

test('relays side by side hand each message over once', async () => {
  const relays = await Promise.all([start({ work: false }), start({ work: false }), start({ work: false })]);
  const writer = relays[0];
  for (const relay of relays) await opened(relay);
  await Promise.all(Array.from({ length: 40 }, (_, i) => writer.add({ ods: `R${i}` })));
  const handed = await Promise.all(
    relays.flatMap(({ app }) => [1, 2, 3].map(() => app.get(Relay, { strict: false }).handOver())),
  );
  expect(handed.reduce((sum, n) => sum + n)).toBe(40);
  expect(await backend.jobs()).toBe(40);
});

test('a relay that dies before its commit only delivers again', async () => {
  const writer = await start({ work: false });
  const queue = await opened(writer);
  const id = await writer.add({ ods: 'ORPHAN' });
  await queue.add([{ messageId: id, handings: 1, definition: ADD_ORGANISATION }]);
  expect(await writer.app.get(Relay, { strict: false }).handOver()).toBe(1);
  const worker = await start();
  await worker.reaches(id, 'done');
  expect(await count('outbox_message where handed_at is null')).toBe(0);
  expect(await effects()).toEqual({ ORPHAN: 1 });
});

test('an emptied queue loses nothing', async () => {
  const writer = await start({ work: false });
  await opened(writer);
  const ids = await Promise.all(Array.from({ length: 25 }, (_, i) => writer.add({ ods: `E${i}` })));
  expect(await writer.app.get(Relay, { strict: false }).handOver()).toBe(25);
  await backend.empty();

  const worker = await start({
    missingAfterSeconds: 1,
    schedule: [{ job: 'hand-over-again', everySeconds: 1, what: 'the sweep' }],
  });
  for (const id of ids) await worker.reaches(id, 'done');
  const made = await effects();
  expect(Object.keys(made)).toHaveLength(25);
  expect(new Set(Object.values(made))).toEqual(new Set([1]));
});

test('what the queue gave up on is handed over again; what it holds, and what failed, is left alone', async () => {
  const worker = await start({ missingAfterSeconds: 0 });
  const again = worker.app.get(HandOverAgain, { strict: false });
  let runs = 0;
  worker.scripted.script = async () => {
    runs += 1;
    return { runs };
  };
  const id = await worker.add({ ods: 'GIVEN-UP' });
  await worker.reaches(id, 'done');
  await until(
    () => backend.jobs('completed'),
    (done) => done === 1,
  );
  await database.sql('update outbox_message set finished_at = null, result = null where id = $1', [id]);
  expect(await again.run()).toBe(1);
  expect((await worker.reaches(id, 'done')).result).toEqual({ runs: 2 });

  const [working, end] = [gate(), gate()];
  worker.scripted.script = async () => {
    working.open();
    await end.opened;
    throw new Error('in the end');
  };
  const held = await worker.add({ ods: 'HELD' });
  await working.opened;
  expect(await again.run()).toBe(0);
  end.open();
  await worker.reaches(held, 'failed');
  expect(await again.run()).toBe(0);
});

test('a worker that is killed in mid-work leaves nothing, and another takes over', async () => {
  const writer = await start({ work: false });
  const id = await writer.add({ ods: 'KILLED' });
  const child = await startChild(600_000);
  await until(
    () => writer.receipt(id),
    (now) => now.progress !== null,
  );
  expect(await effects()).toEqual({});
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await writer.receipt(id)).toMatchObject({ state: 'working', progress: { words: 'written' } });

  const worker = await start();
  const done = await worker.reaches(id, 'done', 30_000);
  expect(done.result).toEqual({ ods: 'KILLED' });
  expect(await effects()).toEqual({ KILLED: 1 });
  expect(await count(`log_entry where table_name = 'organisation'`)).toBe(1);
});

test('a message whose workers are lost again and again fails in the end', async () => {
  const worker = await start({ work: false });
  const work = worker.app.get(MessageWork, { strict: false });
  const id = await worker.add({ ods: 'LETHAL' });
  await database.sql('update outbox_message set attempts = 3, started_at = now() where id = $1', [id]);
  await expect(work.process(id)).rejects.toMatchObject({ last: true });
  expect(await worker.receipt(id)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/worker was lost/),
  });
});

test('a worker that is asked to stop finishes its job, and its process ends by itself', async () => {
  const writer = await start({ work: false });
  const id = await writer.add({ ods: 'STOPPED' });
  const child = await startChild(1_500);
  await until(
    () => writer.receipt(id),
    (now) => now.progress !== null,
  );
  child.kill('SIGTERM');
  const [status] = await once(child, 'exit');
  expect(status).toBe(0);
  expect(await writer.receipt(id)).toMatchObject({ state: 'done', result: { by: 'child' } });
  expect(await effects()).toEqual({ STOPPED: 1 });
});

test('when every connection is cut, the queue goes on, and who follows a receipt is woken', async () => {
  const queue = await start();
  await queue.reaches(await queue.add({ ods: 'BEFORE' }), 'done');
  const [working, end] = [gate(), gate()];
  let runs = 0;
  queue.scripted.script = async (tx, payload, report) => {
    runs += 1;
    const result = await addOrganisation(tx, payload, report);
    working.open();
    if (runs === 1) await end.opened;
    return result;
  };
  const cut = await queue.add({ ods: 'CUT' });
  const wakeups = queue.app.get(ReceiptStream).follow(cut, AbortSignal.timeout(50_000));
  await working.opened;
  await cutConnections();
  end.open();
  const after = await until(
    () => queue.add({ ods: 'AFTER' }).catch(() => undefined),
    (id) => id !== undefined,
  );
  await queue.reaches(after as string, 'done', 30_000);
  for await (const _ of wakeups) if ((await queue.receipt(cut)).state === 'done') break;
  expect(await queue.receipt(cut)).toMatchObject({ state: 'done' });
  expect(await effects()).toEqual({ BEFORE: 1, CUT: 1, AFTER: 1 });
});

test('a worker whose connections are cut while it starts, whatever they are at, lives on and works', async () => {
  const writer = await start({ work: false });
  const child = await startChild(0);
  for (let cut = 0; cut < 200; cut += 1) await cutConnections();
  const id = await until(
    () => writer.add({ ods: 'AFTER' }).catch(() => undefined),
    (added) => added !== undefined,
  );
  await writer.reaches(id as string, 'done', 30_000);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
