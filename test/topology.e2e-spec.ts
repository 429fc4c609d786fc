import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import pg from 'pg';
import supertest from 'supertest';
import { startTopology, type Topology } from '../scripts/topology.js';
import { SCHEDULE } from '../src/queue/schedule.js';
import type { Method, TestApp } from './support/app.js';
import { CookieJar } from './support/cookie-jar.js';
import { until } from './support/queue-application.js';
import { ON_REDIS } from './support/queue-backend.js';
import { assessed, completed, eventually, read, reportId, SLUG, save, step } from './support/returns.js';
import { type ObjectServer, startObjectServer } from './support/s3.js';

/** Two processes that answer and three that work, of the built program, on one database. */

const LIMIT = 600;
const TRUST = 'RW4';
let objects: ObjectServer;
let topology: Topology;
let database: pg.Pool;
/** The two, as whoever asks sees them. */
let one: TestApp;
let two: TestApp;

beforeAll(async () => {
  objects = await startObjectServer();
  topology = await startTopology({
    played: false,
    ...(ON_REDIS ? { redis: true } : {}),
    settings: {
      ...{ EVIDENCE_S3_BUCKET: 'files', EVIDENCE_S3_ENDPOINT: objects.endpoint },
      ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      RATE_LIMIT_PER_MINUTE: String(LIMIT),
    },
  });
  database = new pg.Pool({
    connectionString: topology.database.superuserUrl,
    options: '-c search_path=exemplar',
  });
  // The database ends while its connections are idle.
  database.on('error', () => undefined);
  [one, two] = topology.apis.map(({ address }) => seenAt(address)) as [TestApp, TestApp];
});
afterAll(async () => {
  await database?.end();
  await topology?.stop();
  objects?.stop();
});

/** What the steps of a return need of an application: somewhere to send requests to. */
function seenAt(address: string): TestApp {
  const request = (method: Method, path: string, key?: string) => {
    const asked = supertest(address)[method](path);
    if (key !== undefined) asked.set('Authorization', `Bearer ${key}`);
    return method === 'post' ? asked.set('Idempotency-Key', crypto.randomUUID()) : asked;
  };
  return { request } as TestApp;
}

const keyOf = async (who: string): Promise<string> =>
  (await readFile(join(topology.dataFolder, 'keys', who), 'utf8')).trim();

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await database.query<Row & pg.QueryResultRow>(sql, values)).rows;

/** Takes a return as far as its submission, each step at another process. @returns its id */
async function submit(trust: string, period: string, at: [TestApp, TestApp] = [one, two]): Promise<string> {
  const [lead, director] = await Promise.all(
    [`trust-lead-${trust}`, `trust-finance-director-${trust}`].map(keyOf),
  );
  const [here, there] = at;
  const id = await eventually(() => reportId(there, lead as string, trust, period).catch(() => undefined));
  const opened = await read(there, lead as string, id);
  await save(here, lead as string, id, await completed(there, lead as string, opened, 30));
  expect((await step(there, director as string, id, 'certification')).status).toBe(200);
  expect((await step(here, lead as string, id, 'submission')).status).toBe(202);
  return id;
}

test('a return that is submitted at one is assessed by a worker, and its receipt is read at the other', async () => {
  const lead = await keyOf(`trust-lead-${TRUST}`);
  const id = await submit(TRUST, '2017/18 Q1');
  const report = await assessed(two, lead, id);
  expect(report).toMatchObject({ state: 'submitted', current: { assessment: 'finished' } });
  const { body } = await two.request('get', `/v1/receipts/${report.current.receipt}`, lead).expect(200);
  expect(body).toMatchObject({ job: 'assess-return', state: 'done' });
});

test('who signs in at one is signed in at the other, and signed out of both', async () => {
  const jar = new CookieJar(topology.apis[0]?.address as string);
  const { url, response } = await jar.follow('/sign-in?returnTo=/tasks');
  const { document } = parseHTML(await response.text());
  const person = document.querySelector('button[name=person]')?.getAttribute('value') as string;
  const send = (path: string, fields: Record<string, string>) =>
    jar.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const chosen = await send(url.pathname, { person });
  await jar.follow(chosen.headers.get('location') as string);
  const cookie = `__Host-exemplar=${jar.get('__Host-exemplar')}`;
  const tasks = (app: TestApp) => app.request('get', '/tasks').set('Cookie', cookie).redirects(0);
  const [here, there] = [await tasks(one), await tasks(two)];
  expect([here.status, there.status]).toEqual([200, 200]);
  const token = parseHTML(here.text).document.querySelector('input[name=_csrf]')?.getAttribute('value');
  await send('/sign-out', { _csrf: token as string });
  const out = await until(
    () => tasks(two),
    ({ status }) => status === 303,
    1_000,
  );
  expect(out.headers.location).toContain('/sign-in');
});

test('a file that a worker made is downloaded from either, and is the same', async () => {
  const key = await keyOf('auditor');
  const list = `/v1/programmes/${SLUG}/progress-reports`;
  const asked = await one.request('post', '/v1/exports', key).send({ list, format: 'csv' }).expect(202);
  const path = `/v1/exports/${asked.body.id}`;
  await eventually(async () =>
    (await two.request('get', path, key)).body.state === 'ready' ? true : undefined,
  );
  const [here, there] = await Promise.all(
    [one, two].map((app) => app.request('get', `${path}/content`, key).buffer(true).expect(200)),
  );
  expect(here?.text.split('\n').length).toBeGreaterThan(7);
  expect(there?.text).toBe(here?.text);
  expect([...objects.objects.keys()]).toContain(`/files/exports/${asked.body.id}`);
});

test('the same request at both at once is done once, and both answer the same', async () => {
  const admin = await keyOf('administrator');
  const body = { name: 'Once', role: 'auditor', label: 'once', days: 1 };
  const once = (app: TestApp) =>
    app.request('post', '/v1/api-keys', admin).set('Idempotency-Key', 'the-same-at-both').send(body);
  const answers = await Promise.all([one, two, one, two].map(once));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  expect(await rows(`select from person where name = 'Once'`)).toHaveLength(1);
});

test('a key that is revoked at one is refused at the other within a second', async () => {
  const admin = await keyOf('administrator');
  const body = { name: 'Revoked', role: 'auditor', label: 'revoked', days: 1 };
  const { body: made } = await one.request('post', '/v1/api-keys', admin).send(body).expect(201);
  const me = () => two.request('get', '/v1/me', made.secret);
  await me().expect(200);
  await one
    .request('post', `/v1/api-keys/${made.id}/revocation`, admin)
    .set('If-Match', `"${made.revision}"`)
    .expect(200);
  const revokedAt = Date.now();
  await until(me, ({ status }) => status === 401, 3_000);
  expect(Date.now() - revokedAt).toBeLessThan(1_000);
});

test('a caller has one limit at all of them where there is a Redis, and one at each where there is none', async () => {
  const key = await keyOf('assessor');
  const asked = await Promise.all(
    Array.from({ length: LIMIT - 50 }, () => one.request('get', '/v1/me', key)),
  );
  expect(asked.every(({ status }) => status === 200)).toBe(true);
  const more = await Promise.all(Array.from({ length: 100 }, () => two.request('get', '/v1/me', key)));
  const refused = more.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(topology.redis ? 50 : 0);
});

test('each time of the schedule is one message of five processes, and has its effect once', async () => {
  const jobs = SCHEDULE.flatMap((entry) => ('cron' in entry ? [entry.job] : []));
  const posted = await until(
    () =>
      rows<{ job: string; at: string; attempts: number; done: boolean }>(
        `select job, request_id as at, attempts, finished_at is not null as done from outbox_message
         where actor_id = 'system:schedule'`,
      ),
    (all) => jobs.every((job) => all.some((each) => each.job === job && each.done)),
    60_000,
  );
  expect(new Set(posted.map(({ job }) => job))).toEqual(new Set(jobs));
  expect(new Set(posted.map(({ at }) => at)).size).toBe(posted.length);
  expect(posted.map(({ attempts }) => attempts)).toEqual(posted.map(() => 1));
  const [drafts] = await rows<{ reports: number; opened: number }>(
    `select (select count(*)::int from progress_report) as reports, (select count(*)::int from log_entry
       where table_name = 'progress_report' and operation = 'insert') as opened`,
  );
  expect(drafts?.opened).toBeGreaterThan(0);
  expect(drafts?.opened).toBe(drafts?.reports);
});

test('of three notaries one signs at a time: checkpoints grow, and each is of the same log', async () => {
  const auditor = await keyOf('auditor');
  // So many entries that another checkpoint is due.
  await rows(`insert into organisation (ods_code, name, provenance)
    select 'N' || i, 'Number ' || i, '{}' from generate_series(1, 1000) i`);
  const signed = await until(
    () =>
      rows<{ size: number; key: string }>(
        'select size::int, key_id as key from checkpoint order by signed_at',
      ),
    (all) => all.length > 1,
    90_000,
  );
  const sizes = signed.map(({ size }) => size);
  expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
  expect(new Set(signed.map(({ key }) => key)).size).toBe(1);
  const [first, last] = [sizes[0], sizes.at(-1)];
  const proof = `/v1/audit/consistency-proofs?from=${first}&to=${last}`;
  expect((await two.request('get', proof, auditor)).status).toBe(200);
});

test('when one that answers and one that works are killed, the others go on', async () => {
  process.kill(topology.apis[0]?.pid as number, 'SIGKILL');
  process.kill(topology.workers[0]?.pid as number, 'SIGKILL');
  const id = await submit('RXT', '2017/18 Q1', [two, two]);
  const report = await assessed(two, await keyOf('trust-lead-RXT'), id);
  expect(report).toMatchObject({ state: 'submitted', current: { assessment: 'finished' } });
});

test('all end by themselves when they are asked to, and say nothing of a fault', async () => {
  const [, api] = topology.apis;
  const [, ...workers] = topology.workers;
  await topology.stop();
  const left = [api, ...workers];
  expect(await Promise.all(left.map((each) => each?.ended))).toEqual([0, 0, 0]);
  for (const each of left) expect(each?.output()).not.toMatch(/"level":(50|60)/);
});
