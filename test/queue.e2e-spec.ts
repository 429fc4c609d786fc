import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { systemActor } from '../src/core/actor.js';
import { blocked } from '../src/core/problems.js';
import { ReadScope } from '../src/database/read-scope.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { JobService } from '../src/queue/job.service.js';
import { unfinishedMessages } from '../src/queue/jobs.queries.js';
import { Outbox } from '../src/queue/outbox.js';
import { ReceiptStream } from '../src/queue/receipt-stream.js';
import { receipt } from '../src/queue/receipts.queries.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import {
  ADD_ORGANISATION,
  addOrganisation,
  gate,
  type QueueApplication,
  startQueueApplication,
  until,
} from './support/queue-application.js';

jest.setTimeout(20_000);

let database: TestDatabase;
let queue: QueueApplication;
let codes = 0;
const code = (): string => {
  codes += 1;
  return `Q${String(codes).padStart(6, '0')}`;
};
const made = async (ods: string): Promise<number> =>
  (await database.sql('select from organisation where ods_code = $1', [ods])).length;
const administrator = {
  ...systemActor('test', 'request-2'),
  role: 'administrator',
  id: 'somebody',
} as const;

beforeAll(async () => {
  database = await createTestDatabase();
  queue = await startQueueApplication(database.url);
});
afterEach(() => {
  queue.scripted.script = addOrganisation;
});
afterAll(async () => {
  await queue.app.close();
  await database.drop();
});

test('a message of a committed unit of work has its effect once, in the name of its job and request', async () => {
  const ods = code();
  const id = await queue.add({ ods });
  const done = await queue.reaches(id, 'done');
  expect(done).toMatchObject({ job: 'add-organisation', result: { ods }, error: null, trustId: null });
  expect(done.finishedAt?.getTime()).toBeGreaterThanOrEqual(done.startedAt?.getTime() ?? Number.NaN);
  expect(await made(ods)).toBe(1);
  const [entry] = await database.sql(`select * from log_entry where new_image ->> 'ods_code' = $1`, [ods]);
  expect(entry).toMatchObject({
    actor_id: 'system:add-organisation',
    action: 'add-organisation',
    request_id: 'request-1',
  });
});

test('a unit of work that rolls back hands nothing over', async () => {
  const ods = code();
  await expect(
    queue.app.get(UnitOfWork).run({ actor: queue.actor, action: 'test.add' }, async (tx) => {
      await queue.app.get(Outbox).add(tx, ADD_ORGANISATION, { ods });
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  await queue.reaches(await queue.add({ ods: code() }), 'done');
  expect(await made(ods)).toBe(0);
  expect(await database.sql(`select from outbox_message where payload ->> 'ods' = $1`, [ods])).toEqual([]);
});

test('a handler that fails twice is tried again, and its failed attempts leave nothing', async () => {
  const ods = code();
  let attempts = 0;
  queue.scripted.script = async (tx, payload, report) => {
    attempts += 1;
    const result = await addOrganisation(tx, payload, report);
    if (attempts < 3) throw new Error(`fault ${attempts}`);
    return result;
  };
  const done = await queue.reaches(await queue.add({ ods }), 'done');
  expect(done.error).toBeNull();
  expect(attempts).toBe(3);
  expect(await made(ods)).toBe(1);
});

test('a poisonous message fails in sight, without secrets, and works by replay once mended', async () => {
  const ods = code();
  queue.scripted.script = async () => {
    throw new Error('cannot reach postgres://who:secret@somewhere/db');
  };
  const id = await queue.add({ ods });
  const failed = await queue.reaches(id, 'failed');
  expect(failed.error).toBe('cannot reach postgres://somewhere/db');
  const listed = await queue.app
    .get(ReadScope)
    .run(administrator, (sql) => unfinishedMessages(sql, { state: 'failed', limit: 10 }));
  expect(listed).toEqual([expect.objectContaining({ id, attempts: 3, requestId: 'request-1' })]);

  queue.scripted.script = addOrganisation;
  const jobs = queue.app.get(JobService);
  await jobs.replay(administrator, id);
  expect(await queue.reaches(id, 'done')).toMatchObject({ error: null, result: { ods } });
  expect(await made(ods)).toBe(1);
  await expect(jobs.replay(administrator, id)).rejects.toMatchObject({
    status: 409,
    details: { blockers: [{ code: 'already-done' }] },
  });
  await expect(jobs.replay(administrator, randomUUID())).rejects.toMatchObject({ status: 404 });
  await expect(jobs.replay({ ...administrator, role: 'auditor' }, id)).rejects.toMatchObject({ status: 403 });
});

test('what a handler refuses is not tried again; a broken constraint is', async () => {
  let attempts = 0;
  queue.scripted.script = async () => {
    attempts += 1;
    throw blocked('Not now.', [{ code: 'why', message: 'Because.' }]);
  };
  expect(await queue.reaches(await queue.add({ ods: code() }), 'failed')).toMatchObject({
    error: 'Not now. Because.',
  });
  expect(attempts).toBe(1);

  const ods = code();
  await database.sql(
    `insert into organisation (ods_code, name, provenance) values ($1, 'In the way', '{}')`,
    [ods],
  );
  attempts = 0;
  queue.scripted.script = async (tx, payload, report) => {
    attempts += 1;
    return addOrganisation(tx, attempts < 2 ? payload : { ods: code() }, report);
  };
  await queue.reaches(await queue.add({ ods }), 'done');
  expect(attempts).toBe(2);
});

test('a receipt goes from waiting to working, with progress, to done, and wakes who follows it', async () => {
  const [begun, end] = [gate(), gate()];
  queue.scripted.script = async (tx, payload, report) => {
    await begun.opened;
    const result = await addOrganisation(tx, payload, report);
    await report(3, 7, 'trusts');
    await end.opened;
    return result;
  };
  const { id, waiting } = await queue.app
    .get(UnitOfWork)
    .run({ actor: queue.actor, action: 'test.add' }, async (tx) => {
      const added = await queue.app.get(Outbox).add(tx, ADD_ORGANISATION, { ods: code() });
      return { id: added, waiting: await receipt(tx, added) };
    });
  expect(waiting).toMatchObject({ state: 'waiting', startedAt: null, finishedAt: null, progress: null });
  const states: string[] = [];
  const signal = AbortSignal.timeout(8_000);
  for await (const _ of queue.app.get(ReceiptStream).follow(id, signal)) {
    const now = await queue.receipt(id);
    const seen = now.progress ? `${now.state} ${now.progress.done}/${now.progress.total}` : now.state;
    if (states.at(-1) !== seen) states.push(seen);
    if (now.state === 'working') (now.progress ? end : begun).open();
    if (now.state === 'done') break;
  }
  expect(states.filter((state) => state !== 'waiting')).toEqual(['working', 'working 3/7', 'done 3/7']);
});

test('following ends with its signal, and does not wake for another receipt', async () => {
  const controller = new AbortController();
  const id = await queue.add({ ods: code() });
  await queue.reaches(id, 'done');
  const wakeups = queue.app.get(ReceiptStream).follow(id, controller.signal);
  expect(await wakeups.next()).toMatchObject({ done: false });
  const next = wakeups.next();
  await queue.reaches(await queue.add({ ods: code() }), 'done');
  controller.abort();
  expect(await next).toMatchObject({ done: true });
});

test('a trust sees the receipts of its own messages only', async () => {
  const trustId = randomUUID();
  const own = await queue.add({ ods: code() }, { trustId });
  const others = await queue.add({ ods: code() });
  const seen = (reader: { trustId: string | null }, id: string) =>
    queue.app.get(ReadScope).run(reader, (sql) => receipt(sql, id));
  expect(await seen({ trustId }, own)).toMatchObject({ id: own, trustId });
  expect(await seen({ trustId }, others)).toBeUndefined();
  expect(await seen({ trustId: randomUUID() }, own)).toBeUndefined();
  expect(await seen({ trustId: null }, own)).toMatchObject({ id: own });
});

test('relays that find nothing leave no entry in the log', async () => {
  await until(
    () => database.sql('select from outbox_message where finished_at is null and failed_at is null'),
    (open) => open.length === 0,
  );
  const count = async () => (await database.sql('select count(*)::int as entries from log_entry'))[0];
  const before = await count();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await count()).toEqual(before);
});
