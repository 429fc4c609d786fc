import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../scripts/free-port.js';
import {
  cleanUp,
  isAlive,
  postmasterOf,
  type Running,
  run,
  serve,
  start,
  startUnheard,
  temporaryFolder,
} from './support/commands.js';
import { createTestDatabase } from './support/database.js';
import { installedCommand } from './support/installed.js';
import { until } from './support/queue-application.js';

import.meta.jest.setTimeout(120_000);

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const gone = (pid: number) =>
  until(
    async () => isAlive(pid),
    (alive) => !alive,
  );

let folder: string;
let data: string;
let running: Running;

async function manager(): Promise<string> {
  return (await readFile(join(data, 'keys/programme-manager'), 'utf8')).trim();
}

async function get(path: string, key?: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {};
  const answer = await fetch(`${running.address()}${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder, 'data');
  running = await serve({}, folder);
});
afterAll(cleanUp);

test('the first start makes the data in the folder that it is started in, and says where to look', async () => {
  expect(await get('/health/ready')).toEqual({ status: 200, body: { status: 'up' } });
  const said = running.output();
  for (const words of [
    `${running.address()}/docs`,
    data,
    'cat data/keys/programme-manager',
    'the progress of 7 trusts',
    'illustrative',
  ])
    expect(said).toContain(words);
});

test('the progress of the seven trusts is there to be asked for, and says that it is illustrative', async () => {
  const path = '/v1/programmes/mental-health-exemplars/progress';
  const { status, body } = await get(path, await manager());
  expect(status).toBe(200);
  expect(body.trusts).toHaveLength(7);
  expect(body.figures).toMatchObject([{ selfReported: { trustsTotal: 7, illustrative: true } }, {}, {}, {}]);
});

test('demonstration keys work, each is one person, and only their owner can read them', async () => {
  const files = await readdir(join(data, 'keys'));
  expect(files).toHaveLength(5 + 2 + 2 * 7);
  for (const file of files) expect(await modeOf(join(data, 'keys', file))).toBe('600');
  expect((await get('/v1/me', await manager())).body).toMatchObject({
    role: 'programme-manager',
    trust: null,
  });
  const lead = (await readFile(join(data, 'keys/trust-lead-RW4'), 'utf8')).trim();
  expect((await get('/v1/me', lead)).body).toMatchObject({ role: 'trust-lead', trust: 'RW4' });
});

test('the illustrative money follows within seconds: it is claimed, paid and reconciled, and the ledger agrees', async () => {
  const path = '/v1/programmes/mental-health-exemplars/money';
  const key = await manager();
  const { body } = await until(
    () => get(path, key),
    (answer) => (answer.body.ledger as { reconciles: boolean | null }).reconciles !== null,
    60_000,
  );
  expect(body).toMatchObject({
    ledger: { reconciles: true, differences: 0 },
    control: { grantPence: 3_500_000_000, grantDifferencePence: 0, matchDifferencePence: 0 },
    totals: {
      grant: { awardedPence: 3_500_000_000, drawnPence: 1_330_000_000, paidPence: 1_060_000_000 },
      match: { agreedPence: 3_500_000_000, acceptedPence: 1_294_000_000 },
    },
  });
  const { body: gates } = await get('/v1/programmes/mental-health-exemplars/gates?trust=RXT', key);
  expect(gates.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        number: 2,
        open: false,
        blockers: [expect.objectContaining({ code: 'match-below-ratio' })],
      }),
    ]),
  );
  expect(running.output()).not.toContain('was not played to its end');
});

test('a data folder in use is a clear message', async () => {
  const { code, stderr } = await run(['serve'], { DATA_DIR: data });
  expect(stderr).toContain(`in use by another Exemplar (process ${running.pid})`);
  expect(code).toBe(1);
  const port = new URL(running.address()).port;
  const again = await run(['serve'], { DATA_DIR: data, PORT: port });
  expect(again.stderr).toContain('in use by another Exemplar');
});

test('a taken port is a clear message, and nothing is started or left behind', async () => {
  const other = await temporaryFolder();
  const port = new URL(running.address()).port;
  const { code, stderr } = await run(['serve'], { PORT: port }, other);
  expect(stderr).toBe(`Port ${port} is taken by another program. Stop it, or choose another with PORT=…\n`);
  expect(code).toBe(1);
  expect(await readdir(other)).toEqual([]);
});

test('settings that are wrong are all named, before anything is started', async () => {
  const other = await temporaryFolder();
  const { code, stderr } = await run(['serve'], { PORT: 'x', LOG_LEVEL: 'loud', MIGRATE: 'no' }, other);
  for (const name of ['PORT is "x"', 'LOG_LEVEL is "loud"', 'MIGRATE is "no"'])
    expect(stderr).toContain(name);
  expect(code).toBe(1);
  expect(await readdir(other)).toEqual([]);
});

test('after kill -9 its database ends, the next start recovers, and what was committed is there', async () => {
  const key = await manager();
  const made = await run(['key', 'create', '--name', 'Who stays', '--role', 'auditor'], { DATA_DIR: data });
  const postmaster = await postmasterOf(data);
  running.signal('SIGKILL');
  await running.ended;
  await gone(postmaster);
  expect(await readdir(data)).toContain('postgres.json');

  running = await serve({}, folder);
  expect((await get('/v1/me', key)).status).toBe(200);
  expect((await get('/v1/me', made.stdout.trim())).body).toMatchObject({
    name: 'Who stays',
    role: 'auditor',
  });
  expect(await manager()).toBe(key);
});

test('a worker of its own joins the server on the same folder, and ends with it', async () => {
  const worker = start(['work'], { DATA_DIR: data });
  await worker.says('Working off the queue');
  const postmaster = await postmasterOf(data);
  expect(await modeOf(join(data, 'postgres.json'))).toBe('600');

  running.signal('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  expect(isAlive(postmaster)).toBe(false);
  expect((await readdir(data)).sort()).toEqual(['checkpoint-key.pem', 'evidence', 'keys', 'postgres']);
  expect((await worker.ended).code).toBe(0);
});

test('a signal in the midst of the start ends it cleanly', async () => {
  const starting = start(['serve'], { DATA_DIR: data });
  await until(
    () => readdir(data),
    (files) => files.includes('postgres.json'),
    20_000,
  );
  const postmaster = await postmasterOf(data);
  starting.signal('SIGINT');
  expect((await starting.ended).code).toBe(0);
  expect(isAlive(postmaster)).toBe(false);
});

test('where nobody reads what it says any more it goes on, and ends when it is asked to', async () => {
  const unheard = await startUnheard({
    DATA_DIR: await temporaryFolder(),
    PORT: String(await freePort()),
    DEMONSTRATION: 'false',
  });
  await until(
    () => unheard.answers('/health/ready'),
    (status) => status === 200,
    120_000,
  );
  unheard.signal('SIGTERM');
  expect(await unheard.code).toBe(0);
});

test('installed without its sources, with a database of its own, it starts no embedded server', async () => {
  const elsewhere = await temporaryFolder();
  const database = await createTestDatabase();
  const env = {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DEMONSTRATION: 'false',
  };
  const own = await serve(env, elsewhere, await installedCommand());
  expect(await (await fetch(`${own.address()}/health/ready`)).json()).toEqual({ status: 'up' });
  expect(await database.sql('select from programme')).toEqual([]);
  own.signal('SIGTERM');
  expect((await own.ended).code).toBe(0);
  expect(await readdir(elsewhere, { recursive: true })).toEqual(['data', 'data/checkpoint-key.pem']);
  await database.drop();
});
