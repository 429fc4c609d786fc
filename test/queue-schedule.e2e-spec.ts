import { UnitOfWork } from '../src/database/unit-of-work.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import {
  type QueueApplication,
  type QueueApplicationOptions,
  startQueueApplication,
  until,
} from './support/queue-application.js';
import { queueBackendOf } from './support/queue-backend.js';

let database: TestDatabase;
let started: QueueApplication[];

beforeEach(async () => {
  database = await createTestDatabase();
  started = [];
});
afterEach(async () => {
  for (const { app } of started) await app.close();
  await database.drop();
});

async function start(options: QueueApplicationOptions = {}): Promise<QueueApplication> {
  const application = await startQueueApplication(database.url, options);
  started.push(application);
  return application;
}

const count = async (from: string): Promise<number> =>
  (await database.sql<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n ?? 0;

test('each time of the schedule is one message, however many processes keep it', async () => {
  const schedule = [
    { job: 'add-organisation', cron: '* * * * * *', timeZone: 'Europe/London', what: 'a test' },
  ];
  const processes = await Promise.all([start({ schedule }), start({ schedule })]);
  for (const { scripted } of processes) scripted.script = async () => undefined;
  const messages = await until(
    () => database.sql<{ request_id: string; actor_id: string }>('select * from outbox_message order by id'),
    (rows) => rows.length >= 4,
  );
  const times = messages.map((message) => message.request_id);
  expect(new Set(times).size).toBe(times.length);
  expect(times[0]).toMatch(/^add-organisation@.*:\d\d\.000Z$/);
  expect(messages[0]).toMatchObject({ actor_id: 'system:schedule' });
});

test('a daily time that nobody was there for is made up for once', async () => {
  const hourAgo = new Date(Date.now() - 3_600_000);
  const cron = `${hourAgo.getUTCMinutes()} ${hourAgo.getUTCHours()} * * *`;
  const schedule = [{ job: 'add-organisation', cron, timeZone: 'UTC', what: 'a test' }];
  for (let starts = 1; starts <= 2; starts += 1) {
    const worker = await start({ schedule });
    worker.scripted.script = async () => undefined;
    await until(
      () => count('outbox_message where finished_at is not null'),
      (done) => done === 1,
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await count('outbox_message')).toBe(1);
});

test('what has served its time is cleared, and what failed stays', async () => {
  const schedule = [{ job: 'clear-finished', cron: '0 0 1 1 *', timeZone: 'UTC', what: 'a test' }];
  const queue = await start({ schedule });
  const [old, recent] = [await queue.add({ ods: 'OLD' }), await queue.add({ ods: 'RECENT' })];
  for (const id of [old, recent]) await queue.reaches(id, 'done');
  queue.scripted.script = async () => {
    throw new Error('poison');
  };
  const failed = await queue.add({ ods: 'FAILED' });
  await queue.reaches(failed, 'failed');
  await database.sql(
    `update outbox_message set finished_at = finished_at - interval '31 days' where id = $1`,
    [old],
  );
  await database.sql(`update outbox_message set failed_at = failed_at - interval '31 days' where id = $1`, [
    failed,
  ]);
  const backend = queueBackendOf(database);
  await backend.age();
  await backend.close();
  await database.sql(`insert into idempotency_key (caller, key, fingerprint, created_at)
    values ('a', 'old', '', now() - interval '31 days'), ('a', 'new', '', now())`);
  const [clear] = await queue.app.get(UnitOfWork).run({ actor: queue.actor, action: 'test' }, (tx) =>
    tx.query<{ id: string }>(
      `insert into outbox_message (job, payload, actor_id, request_id) values ('clear-finished', '{}', 'a', 'b')
       returning id`,
    ),
  );
  const done = await queue.reaches(clear?.id as string, 'done');
  expect(done.result).toMatchObject({ messages: 1, keys: 1, jobs: 3 });
  expect(await queue.receipt(old)).toBeUndefined();
  expect(await queue.receipt(recent)).toMatchObject({ state: 'done' });
  expect(await queue.receipt(failed)).toMatchObject({ state: 'failed' });
  expect(await database.sql('select key from idempotency_key')).toEqual([{ key: 'new' }]);
});
