import type { Tx } from '../src/database/tx.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { Outbox } from '../src/queue/outbox.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import {
  ADD_ORGANISATION,
  addOrganisation,
  gate,
  type QueueApplication,
  startQueueApplication,
} from './support/queue-application.js';

let database: TestDatabase;
let queue: QueueApplication;
let codes = 0;
const code = (): string => {
  codes += 1;
  return `Q${String(codes).padStart(6, '0')}`;
};

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

describe('messages with a coalesce key', () => {
  const KEY = { coalesceKey: 'a' };

  test('a message that is at work does not take up a later one', async () => {
    const [working, end] = [gate(), gate()];
    queue.scripted.script = async (tx, payload, report) => {
      working.open();
      await end.opened;
      return addOrganisation(tx, payload, report);
    };
    const first = await queue.add({ ods: code() }, KEY);
    await working.opened;
    const second = await queue.add({ ods: code() }, KEY);
    end.open();
    expect(second).not.toBe(first);
    await queue.reaches(first, 'done');
    await queue.reaches(second, 'done');
  });

  test('of any number of concurrent changes, each is seen by the run of its message', async () => {
    const counter = code();
    const REVISION = 'select revision from organisation where ods_code = $1';
    const revisionOf = async (tx: Tx) => (await tx.query<{ revision: number }>(REVISION, [counter]))[0] ?? {};
    await database.sql(`insert into organisation (ods_code, name, provenance) values ($1, 'Counter', '{}')`, [
      counter,
    ]);
    queue.scripted.script = revisionOf;
    const change = async (i: number): Promise<{ id: string; revision: number }> => {
      await new Promise((resolve) => setTimeout(resolve, i * 4));
      return queue.app.get(UnitOfWork).run({ actor: queue.actor, action: 'test.change' }, async (tx) => {
        // The message first and the change after: a run that started in between would miss the change.
        const id = await queue.app.get(Outbox).add(tx, ADD_ORGANISATION, { ods: counter }, KEY);
        await new Promise((resolve) => setTimeout(resolve, i % 7));
        await tx.query('update organisation set revision = revision + 1 where ods_code = $1', [counter]);
        return { id, ...((await revisionOf(tx)) as { revision: number }) };
      });
    };
    const runs = new Set<string>();
    const waves = 5;
    for (let wave = 0; wave < waves; wave += 1)
      for (const { id, revision } of await Promise.all(Array.from({ length: 12 }, (_, i) => change(i)))) {
        const { result } = await queue.reaches(id, 'done');
        expect((result as { revision: number }).revision).toBeGreaterThanOrEqual(revision);
        runs.add(id);
      }
    expect(runs.size).toBeGreaterThanOrEqual(waves);
  });

  test('that have not started are one, with the newest payload and one run that sees every change', async () => {
    const own = await createTestDatabase();
    const writer = await startQueueApplication(own.url, { work: false });
    const first = await writer.add({ ods: 'FIRST' }, KEY);
    const second = await writer.add({ ods: 'SECOND' }, KEY);
    const other = await writer.add({ ods: 'OTHER' }, { coalesceKey: 'b' });
    expect(second).toBe(first);
    expect(other).not.toBe(first);

    let worker: QueueApplication | undefined;
    const third = await writer.app
      .get(UnitOfWork)
      .run({ actor: writer.actor, action: 'test.change' }, async (tx) => {
        const id = await writer.app.get(Outbox).add(tx, ADD_ORGANISATION, { ods: 'THIRD' }, KEY);
        worker = await startQueueApplication(own.url);
        await worker.reaches(other, 'done');
        expect(await worker.receipt(id)).toMatchObject({ state: 'waiting' });
        return id;
      });
    expect(third).toBe(first);
    expect(await worker?.reaches(first, 'done')).toMatchObject({ result: { ods: 'THIRD' } });
    expect(await own.sql('select ods_code from organisation order by 1')).toEqual([
      { ods_code: 'OTHER' },
      { ods_code: 'THIRD' },
    ]);
    await worker?.app.close();
    await writer.app.close();
    await own.drop();
  });
});
