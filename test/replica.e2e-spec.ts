import { randomUUID } from 'node:crypto';
import { systemActor } from '../src/core/actor.js';
import { ReadScope } from '../src/database/read-scope.js';
import { Replica } from '../src/database/replica.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { startTestApp, type TestApp } from './support/app.js';
import { until } from './support/queue-application.js';
import { type Replicated, startReplicated } from './support/replica.js';
import { SLUG } from './support/returns.js';

/** A real replica of a real primary, and an application that reads from it. */

let replicated: Replicated;
let app: TestApp;
let admin: string;

beforeAll(async () => {
  replicated = await startReplicated();
  app = await startTestApp({
    database: replicated.database,
    env: { DATABASE_URL: replicated.database.url, DATABASE_READ_URL: replicated.readUrl },
  });
  admin = await app.as('administrator');
});
afterAll(async () => {
  await app?.stop();
  await replicated?.stop();
});
afterEach(async () => {
  await replicated.onReplica('select pg_wal_replay_resume()');
  await until(standing, ({ state }) => state === 'answers');
  // After a replica was late the primary answers alone for a second.
  await until(whoAnswers, (who) => who === 'replica');
});

const everybody = { trustId: null };
const scope = () => app.app.get(ReadScope, { strict: false });

interface Standing {
  state: string;
  lagBytes: number | null;
}
const standing = async (): Promise<Standing> => {
  const { status, body } = await app.request('get', '/health/ready');
  expect([status, body.status]).toEqual([200, 'up']);
  return body.replica;
};

/** Which server answers a reading. */
const whoAnswers = (): Promise<string> =>
  scope().run(everybody, async (sql) => {
    const [row] = await sql.query<{ replica: boolean }>('select pg_is_in_recovery() as replica');
    return row?.replica ? 'replica' : 'primary';
  });

let written = 0;
async function write(): Promise<string> {
  written += 1;
  const code = `Z${written}`;
  const order = { actor: systemActor('test', randomUUID()), action: 'organisation.add' };
  await app.app
    .get(UnitOfWork, { strict: false })
    .run(order, (tx) =>
      tx.query(`insert into organisation (ods_code, name, provenance) values ($1, 'New', '{}')`, [code]),
    );
  return code;
}

/** Whether a reading finds it, and who answered. */
const found = (code: string) =>
  scope().run(everybody, async (sql) => {
    const [row] = await sql.query<{ found: boolean; replica: boolean }>(
      `select exists (select from organisation where ods_code = $1) as found, pg_is_in_recovery() as replica`,
      [code],
    );
    return row as { found: boolean; replica: boolean };
  });

test('readings are answered by the replica, and each sees what was written just before', async () => {
  const answers: Array<{ found: boolean; replica: boolean }> = [];
  for (let round = 0; round < 100; round += 1) answers.push(await found(await write()));
  expect(answers.filter((answer) => !answer.found)).toEqual([]);
  expect(answers.filter(({ replica }) => replica).length).toBeGreaterThan(50);
});

test('many at once see what each wrote, and share the question of how far the primary is', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, async () => found(await write())));
  expect(answers.every((answer) => answer.found)).toBe(true);
});

test('a replica that stands still is never read from: the primary answers, and health says how far it is behind', async () => {
  await replicated.onReplica('select pg_wal_replay_pause()');
  const { body: made } = await app
    .request('post', '/v1/api-keys', admin)
    .send({ name: 'Amina', role: 'auditor', label: 'new', days: 1 })
    .expect(201);
  await app.request('get', '/v1/me', made.secret).expect(200);
  const read = await app.request('get', `/v1/api-keys/${made.id}`, admin).expect(200);
  expect(await found(await write())).toEqual({ found: true, replica: false });
  const [old] = await replicated.onReplica(`select count(*)::int as n from api_key where id = '${made.id}'`);
  expect(old).toEqual({ n: 0 });
  expect(await standing()).toEqual({ state: 'behind', lagBytes: expect.any(Number) });
  expect((await standing()).lagBytes).toBeGreaterThan(0);
  // What was read can be changed under its revision, and is not what it was.
  await app
    .request('post', `/v1/api-keys/${made.id}/revocation`, admin)
    .set('If-Match', read.headers.etag as string)
    .expect(200);
  const refused = await until(
    () => app.request('get', '/v1/me', made.secret),
    ({ status }) => status === 401,
    1_000,
  );
  expect(refused.status).toBe(401);
});

test('readings do not wait again and again for a replica that stands still', async () => {
  await write();
  await replicated.onReplica('select pg_wal_replay_pause()');
  await write();
  await whoAnswers();
  const began = performance.now();
  for (let round = 0; round < 20; round += 1) await whoAnswers();
  expect(performance.now() - began).toBeLessThan(500);
});

test('the past is kept by the primary and answered by the replica', async () => {
  const code = await write();
  const past = await scope().pastAt(null);
  await write();
  const path = `/v1/organisations?asAt=${encodeURIComponent(past.at)}&limit=200`;
  const { body } = await app.request('get', path, admin).expect(200);
  const codes = body.items.map(({ odsCode }: { odsCode: string }) => odsCode);
  expect(codes).toContain(code);
  expect(codes).not.toContain(`Z${written}`);
});

test('a list that is downloaded is read from the replica', async () => {
  const held = await scope().hold(everybody);
  const [row] = await held.sql.query('select pg_is_in_recovery() as replica');
  held.close();
  expect(row).toEqual({ replica: true });
  const code = await write();
  const { text } = await app.request('get', '/v1/organisations?format=csv', admin).expect(200);
  expect(text).toContain(`${code},`);
});

test('a replica that is lost is done without at once, and answers again when it is back', async () => {
  const ask = () => app.request('get', `/v1/programmes/${SLUG}`, admin);
  await ask().expect(200);
  const asked = (async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 60; round += 1) statuses.push((await ask()).status);
    return statuses;
  })();
  await replicated.loseReplica();
  expect(new Set(await asked)).toEqual(new Set([200]));
  expect(await standing()).toEqual({ state: 'away', lagBytes: null });
  expect(await found(await write())).toEqual({ found: true, replica: false });
  await replicated.bringReplicaBack();
  await until(whoAnswers, (who) => who === 'replica', 10_000);
});

test('a primary by the name of a replica is not taken for one', async () => {
  const other = await startTestApp({
    database: replicated.database,
    env: { DATABASE_URL: replicated.database.url, DATABASE_READ_URL: replicated.database.url },
    definitions: [],
  });
  const replica = other.app.get(Replica, { strict: false });
  expect(await replica.client('short')).toBeUndefined();
  expect(await replica.standing()).toMatchObject({ state: 'no-replica' });
  await other.stop();
});
